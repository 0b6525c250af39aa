import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageLimits, readGraphHostMessage, readGraphPageMessage, versioned } from '../../../webview/protocol';

const graph = {
  type: 'graph',
  clusters: [{ id: 'c', title: 'clusters/home' }],
  cluster: 'c',
  nodes: [
    {
      id: 'a',
      kind: 'Kustomization',
      namespace: 'flux-system',
      name: 'apps',
      applies: 3,
      missing: true,
      note: 'A hole.',
    },
  ],
  edges: [{ from: 'a', to: 'a', relation: 'dependsOn' }],
} as const;
const states = { type: 'states', cluster: 'c', states: [{ id: 'a', phase: 'behind', text: 'main@sha1:0' }] } as const;

test('what one end sends is what the other reads', () => {
  for (const message of [graph, states, { type: 'notice', text: 'Starting.' }] as const) {
    assert.deepEqual(readGraphHostMessage(versioned(message)), { message });
  }
  for (const message of [
    { type: 'ready' },
    { type: 'ready', cluster: 'c' },
    { type: 'show', cluster: 'c' },
    { type: 'open', cluster: 'c', id: 'a' },
    { type: 'save', format: 'svg', text: '<svg/>' },
    { type: 'fault', text: 'A message was dropped.' },
  ] as const) {
    assert.deepEqual(readGraphPageMessage(versioned(message)), { message });
  }
});

test('what is not known is left out', () => {
  const reading = readGraphHostMessage({ version: 1, type: 'notice', text: 'x', html: '<b>', __proto__: { more: 1 } });
  assert.deepEqual(reading, { message: { type: 'notice', text: 'x' } });
});

const secret = 'MARKER-OF-CONTENT';
const hostile: readonly unknown[] = [
  undefined,
  null,
  secret,
  7,
  [],
  [{ version: 1 }],
  {},
  { version: 1 },
  { version: 2, type: 'notice', text: secret },
  { version: '1', type: 'notice', text: secret },
  { version: 1, type: secret },
  { version: 1, type: 'constructor' },
  { version: 1, type: 'notice', text: { toString: () => secret } },
  { version: 1, type: 'notice', text: 'x'.repeat(pageLimits.text + 1) },
  { version: 1, ...graph, nodes: { length: 1 } },
  { version: 1, ...graph, nodes: [null] },
  { version: 1, ...graph, nodes: [{ ...graph.nodes[0], name: 1 }] },
  { version: 1, ...graph, nodes: [{ ...graph.nodes[0], applies: -1 }] },
  { version: 1, ...graph, nodes: [{ ...graph.nodes[0], applies: Number.NaN }] },
  { version: 1, ...graph, nodes: Array.from({ length: pageLimits.nodes + 1 }, () => graph.nodes[0]) },
  { version: 1, ...graph, edges: [{ from: 'a', to: 'a', relation: secret }] },
  { version: 1, ...graph, edges: new Array(pageLimits.edges + 1) },
  { version: 1, ...graph, nodes: new Array(3) },
  { version: 1, ...graph, edges: new Array(3) },
  { version: 1, ...graph, nodes: [{ ...graph.nodes[0], missing: false }] },
  { version: 1, ...graph, clusters: undefined },
  { version: 1, ...states, states: [{ id: 'a', phase: '__proto__', text: '' }] },
  { version: 1, ...states, states: [{ id: 'a', phase: 'green', text: secret }] },
];

test('anything else is dropped with a sentence that repeats nothing of it', () => {
  for (const value of hostile) {
    const reading = readGraphHostMessage(value);
    assert.ok('fault' in reading);
    assert.match(reading.fault, /^A message .*was dropped\.$/);
    assert.doesNotMatch(reading.fault, new RegExp(secret));
  }
});

test('the page may ask for little, and that in bounds', () => {
  for (const value of [
    ...hostile.filter((value) => (value as { type?: unknown } | null)?.type !== 'notice'),
    { version: 1, type: 'open', cluster: 'c' },
    { version: 1, type: 'open', cluster: 'c', id: 'x'.repeat(pageLimits.id + 1) },
    { version: 1, type: 'save', format: 'exe', text: '' },
    { version: 1, type: 'save', format: 'svg', text: 'x'.repeat(pageLimits.saved + 1) },
    { version: 1, type: 'ready', cluster: 3 },
    { version: 1, type: 'command', command: 'workbench.action.terminal.new' },
  ]) {
    assert.ok('fault' in readGraphPageMessage(value));
  }
});
