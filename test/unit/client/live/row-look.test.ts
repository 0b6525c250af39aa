import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failedText, rowContext, rowIcon, rowLabel } from '../../../../client/views/live/row-look';
import { type StandingState } from '../../../../client/status/relations/standing';
import { treeNode } from '../../../../client/status/tree/tree-node';

const states: readonly StandingState[] = [
  'ready',
  'reconciling',
  'failed',
  'stalled',
  'waiting',
  'suspended',
  'deleting',
  'static',
  'unknown',
  'behind',
  'empty',
  'unchecked',
];

test('every state has a shape of its own, so that none is told by color alone', () => {
  const icons = states.map((state) => rowIcon({ kind: 'object', state, isStale: false }).icon);
  assert.equal(new Set(icons).size, states.length, icons.join());
});

test('only a ready object that is heard of now is green', () => {
  const green = 'testing.iconPassed';
  for (const state of states) {
    assert.equal(rowIcon({ kind: 'object', state, isStale: false }).color === green, state === 'ready', state);
    assert.notEqual(rowIcon({ kind: 'object', state, isStale: true }).color, green, state);
  }
});

test('who hears a row hears what is seen', () => {
  const row = treeNode({ path: 'x', kind: 'object', label: 'apps', description: 'flux-system · failed · BuildFailed' });
  assert.equal(rowLabel(row), 'apps, flux-system, failed, BuildFailed');
  assert.equal(rowLabel({ ...row, description: 'ready · not connected' }), 'apps, ready, not connected');
  const context = treeNode({
    path: 'x',
    kind: 'context',
    label: 'staging',
    description: 'disconnected',
    isStale: true,
  });
  assert.equal(rowLabel(context), 'staging, disconnected');
  assert.equal(rowLabel(treeNode({ path: 'x', kind: 'context', label: 'staging' })), 'staging');
});

test('menus find what can be done, and reconciling alone is not reconciling with source', () => {
  const words = rowContext({ kind: 'object', capabilities: ['favorite', 'suspend', 'reconcileWithSource'] });
  assert.match(words, /^object\b.*\bsuspend\b/);
  assert.match(words, /^object\b.*\breconcileWithSource\b/);
  assert.doesNotMatch(words, /^object\b.*\breconcile\b/);
  assert.doesNotMatch(words, /\bresume\b/);
  assert.equal(rowContext({ kind: 'context', capabilities: [] }), 'context');
});

test('a connection that failed is not called paused', () => {
  const failure = { name: 'expired', message: 'The login to staging has expired.' } as const;
  assert.deepEqual(failedText({ name: 'failed', failure }), { word: 'connection failed', message: failure.message });
  assert.equal(failedText({ name: 'paused', since: 0 }), undefined);
});
