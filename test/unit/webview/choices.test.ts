import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noChoices, noFilter, readChoices, type Choices } from '../../../webview/graph/choices';
import { edge } from './graphs';
import { begin, fit, pivot, reveal, zoom } from '../../../webview/graph/viewport';

test('choices outlive a reload', () => {
  const choices: Choices = {
    cluster: 'c',
    shows: 'list',
    text: 'apps',
    hiddenKinds: ['HelmRelease'],
    hiddenRelations: ['applies'],
    focus: 'a',
    current: 'b',
    viewport: { x: -3, y: 4.5, scale: 0.5 },
  };
  assert.deepEqual(readChoices(JSON.parse(JSON.stringify(choices))), choices);
});

test('what was kept by another version or by nobody counts as not chosen', () => {
  for (const kept of [undefined, null, 'x', 3, [], {}, { viewport: { x: 1, y: 2, scale: 0 } }, { hiddenKinds: 'x' }]) {
    assert.deepEqual(readChoices(kept), noChoices);
  }
  const odd = { shows: 'html', hiddenRelations: ['applies', 'x', 1], hiddenKinds: [1, 'A'], viewport: { x: '1' } };
  assert.deepEqual(readChoices(odd), { ...noChoices, hiddenRelations: ['applies'], hiddenKinds: ['A'] });
});

test('clearing the filter shows everything and leaves the rest as it was chosen', () => {
  const cleared = { ...noChoices, shows: 'list' as const, current: 'b', ...noFilter };
  assert.deepEqual(readChoices(JSON.parse(JSON.stringify(cleared))), { ...noChoices, shows: 'list', current: 'b' });
});

const window = { width: 800, height: 600 };

test('zooming keeps the point under the pointer and ends at limits', () => {
  const before = { x: 10, y: 20, scale: 1 };
  const after = zoom(before, 2, { x: 100, y: 100 });
  assert.deepEqual(after, { x: -80, y: -60, scale: 2 });
  assert.deepEqual(zoom(after, 0.5, { x: 100, y: 100 }), before);
  assert.equal(zoom(before, 1e9, { x: 0, y: 0 }).scale, 3);
  assert.equal(zoom(before, 1e-9, { x: 0, y: 0 }).scale, 0.05);
});

test('who zooms at a box keeps it in view, while it was', () => {
  const box = { x: 4000, y: 2000, width: 200, height: 40 };
  let seen = { x: 0, y: 0, scale: 0.1 };
  assert.deepEqual(pivot(seen, box, window), { x: 410, y: 202 });
  for (let presses = 0; presses < 12; presses += 1) seen = zoom(seen, 1.25, pivot(seen, box, window));
  assert.ok(seen.scale > 1);
  const at = pivot(seen, box, window);
  assert.ok(Math.abs(at.x - 410) < 0.01 && Math.abs(at.y - 202) < 0.01);
  assert.deepEqual(pivot({ x: -9000, y: 0, scale: 1 }, box, window), { x: 400, y: 300 });
  assert.deepEqual(pivot(seen, undefined, window), { x: 400, y: 300 });
});

test('a drawing begins whole or, when that could not be read, at its leftmost box', () => {
  assert.deepEqual(fit({ width: 400, height: 300 }, window), { x: 200, y: 150, scale: 1 });
  assert.equal(fit({ width: 1600, height: 300 }, window).scale, 0.5);
  const boxes = new Map([
    ['b', { x: 300, y: 0, width: 100, height: 40 }],
    ['a', { x: 24, y: 5000, width: 100, height: 40 }],
  ]);
  const begun = begin({ width: 2000, height: 9000, boxes, routes: [] }, window);
  const isSeen = ({ x, y }: { x: number; y: number }, { scale, ...from }: typeof begun): boolean =>
    x * scale + from.x >= 0 && x * scale + from.x < 800 && y * scale + from.y >= 0 && y * scale + from.y < 600;
  assert.ok(isSeen({ x: 24, y: 5000 }, begun));

  // Where several stand leftmost, most begins at the one with the most edges.
  boxes.set('root', { x: 20, y: 8000, width: 108, height: 40 });
  boxes.set('alone', { x: 30, y: 10, width: 90, height: 40 });
  const routes = ['root => b', 'root => x', 'a => b', 'b => x', 'b => y', 'b => z'].map((text) => ({
    edge: edge(text),
    points: [],
  }));
  const second = begin({ width: 2000, height: 9000, boxes, routes }, window);
  assert.ok(isSeen({ x: 20, y: 8000 }, second));
  assert.ok(!isSeen({ x: 24, y: 5000 }, second));
});

test('a box is brought into the window, and only then does anything move', () => {
  const box = { x: 1000, y: 10, width: 100, height: 40 };
  assert.deepEqual(reveal({ x: 0, y: 20, scale: 1 }, box, window), { x: -316, y: 20, scale: 1 });
  assert.deepEqual(reveal({ x: -500, y: 20, scale: 1 }, box, window), { x: -500, y: 20, scale: 1 });
});
