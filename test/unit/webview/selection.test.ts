import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createModel } from '../../../webview/graph/model';
import { select, type Filter } from '../../../webview/graph/selection';
import { edge, node, showAll } from './graphs';

const model = createModel(
  [
    node('sync', 'Kustomization', 'flux-system'),
    node('git', 'GitRepository', 'flux-system'),
    node('infra'),
    node('apps'),
    node('podinfo', 'HelmRelease'),
  ],
  [
    'sync => git',
    'sync ~> git',
    'sync => infra',
    'sync => apps',
    'apps -> infra',
    'apps => podinfo',
    'apps -> gone',
  ].map(edge),
);
const shown = (filter: Partial<Filter>): { nodes: string[]; edges: number } => {
  const { nodes, edges } = select(model, { ...showAll, ...filter });
  return { nodes: nodes.map(({ id }) => id), edges: edges.length };
};

test('without a filter everything is shown, but no edge to what is not there', () => {
  assert.deepEqual(shown({}), { nodes: ['sync', 'git', 'infra', 'apps', 'podinfo'], edges: 6 });
});

test('words are looked for in kind, namespace and name', () => {
  assert.deepEqual(shown({ text: 'HELM' }).nodes, ['podinfo']);
  assert.deepEqual(shown({ text: 'flux-system/apps' }).nodes, ['apps']);
  assert.deepEqual(shown({ text: ' kustomization  infra ' }), { nodes: ['infra'], edges: 0 });
  assert.deepEqual(shown({ text: '(' }).nodes, []);
});

test('kinds and relations are hidden', () => {
  assert.deepEqual(shown({ hiddenKinds: new Set(['Kustomization']) }), { nodes: ['git', 'podinfo'], edges: 0 });
  assert.equal(shown({ hiddenRelations: new Set(['applies']) }).edges, 2);
});

test('a focus leaves a node and its neighbors by what is shown of the edges', () => {
  assert.deepEqual(shown({ focus: 'infra' }).nodes, ['sync', 'infra', 'apps']);
  assert.deepEqual(shown({ focus: 'infra', hiddenRelations: new Set(['applies']) }).nodes, ['infra', 'apps']);
  assert.equal(shown({ focus: 'gone' }).nodes.length, 5);
});
