import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StatusStore } from '../../../../client/status/store/status-store';
import { ageText, tooltipOf } from '../../../../client/status/tree/tooltip';
import { escapeMarkdown, tooltipMarkdown } from '../../../../client/status/tree/tooltip-markdown';
import { FakeClock } from '../../../support/fake-clock';
import { feed, fullObject, idOf, scopeOf } from '../../../support/live-objects';

test('a tooltip says what is known, in plain texts', () => {
  const store = new StatusStore(new FakeClock());
  feed(store, [
    fullObject({
      is: 'Kustomization f/apps',
      metadata: { creationTimestamp: '2025-12-29T19:59:58Z' },
      conditions: ['Ready True ReconciliationSucceeded Applied'],
      spec: { interval: '10m', wait: true, sourceRef: { kind: 'GitRepository', name: 'main' } },
      status: {
        lastAppliedRevision: 'main@sha1:1111111111111111111111111111111111111111',
        history: [{ lastReconciled: '2025-12-31T23:55:00Z' }],
      },
      inventory: ['apps/ConfigMap/a'],
    }),
    fullObject({ is: 'GitRepository f/main', conditions: ['Ready False GitOperationFailed no'] }),
  ]);
  assert.deepEqual(tooltipOf(store, idOf('Kustomization f/apps')), {
    title: 'Kustomization f/apps',
    state: 'behind',
    notes: ['GitRepository f/main fails: GitOperationFailed.', 'The cause lies with GitRepository f/main.'],
    lines: [
      ['Context', 'bench'],
      ['Applied revision', 'main@sha1:1111111111111111111111111111111111111111'],
      ['Inventory', '1 object'],
      ['Interval', '10m'],
      ['Next run', '2026-01-01T00:05:00Z'],
      ['Created', '2025-12-29T19:59:58Z'],
    ],
    conditions: [['Ready', 'True', 'ReconciliationSucceeded', 'Applied']],
    age: '2d4h',
    events: undefined,
  });
  assert.equal(tooltipOf(store, idOf('Kustomization f/other')), undefined);
});

test('a source that may not be seen leaves open whether an object is behind it', () => {
  const store = new StatusStore(new FakeClock());
  feed(store, [
    fullObject({
      is: 'Kustomization f/apps',
      conditions: ['Ready True ReconciliationSucceeded Applied'],
      spec: { wait: true, sourceRef: { kind: 'GitRepository', name: 'main' } },
    }),
  ]);
  const notes = (): readonly string[] | undefined => tooltipOf(store, idOf('Kustomization f/apps'))?.notes;
  assert.deepEqual(notes(), [
    'GitRepository f/main does not exist.',
    'The cause lies with GitRepository f/main, which does not exist.',
  ]);
  store.setState(scopeOf('GitRepository'), { name: 'forbidden', message: 'no' });
  assert.deepEqual(notes(), [
    'GitRepository f/main is not seen with this login, so whether it is behind that is not known.',
  ]);
});

test('an age has its two largest units', () => {
  const ages = [-5, 0, 999, 61_000, 3_600_000, 90_061_000, 86_400_000 + 59_000].map(ageText);
  assert.deepEqual(ages, ['0s', '0s', '0s', '1m1s', '1h', '1d1h', '1d']);
});

const hostile = [
  '[click](command:workbench.action.terminal.new)',
  '![x](https://evil.example/pixel.png)',
  '<img src=x onerror=alert(1)>',
  '$(trash) $(sync~spin)',
  '`code` **bold** _it_ ~~no~~',
  '| a | b |\n| --- | --- |',
  'https://evil.example and <https://evil.example> and www.evil.example',
  '&#91;x&#93;(y)',
  '# heading\n- item\n1. item\n> quote',
  'a\u202etxt.exe',
] as const;

test('texts of the cluster do nothing in Markdown', () => {
  for (const text of hostile) {
    const escaped = escapeMarkdown(text);
    // What is left between entities is letters, digits, blanks and what no syntax begins with.
    assert.doesNotMatch(escaped.replaceAll(/&#\d+;/g, ''), /[\\`*_{}[\]()<>#+\-!|~&$:@\n\u202e]/, escaped);
    assert.doesNotMatch(escaped, /https?:|www\./);
  }
  const object = fullObject({
    is: 'Kustomization f/apps',
    status: { conditions: hostile.map((text) => ({ type: text, status: 'False', reason: text, message: text })) },
  });
  const store = new StatusStore(new FakeClock());
  feed(store, [object]);
  const tooltip = tooltipOf(store, idOf('Kustomization f/apps'), [
    { time: Number.POSITIVE_INFINITY, type: 'Warning', reason: hostile[0], message: hostile.join(' ') },
  ]);
  assert.ok(tooltip);
  const markdown = tooltipMarkdown(tooltip);
  for (const sign of ['](', '<img', '$(', '![', '`', 'https://']) assert.ok(!markdown.includes(sign), sign);
  // Each condition is one line.
  assert.equal(markdown.split('\n').filter((line) => line.includes('** False · ')).length, hostile.length);
});
