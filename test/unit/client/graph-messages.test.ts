import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coalesced } from '../../../client/views/coalesced';
import { pageHtml } from '../../../client/views/page-html';
import { graphMessage, offeredClusters, statesMessage } from '../../../client/views/graph-messages';
import { type LiveStates } from '../../../client/views/live-states';
import { type ClusterGraph, type ClusterInfo } from '../../../server/protocol/repository';
import { describeGraph } from '../../../server/lsp/describe-repository';
import { pageLimits, readGraphHostMessage, versioned } from '../../../webview/protocol';
import { smallRepository, snapshotOf } from '../cli/repository';

const info = (path: string): ClusterInfo => ({ path }) as ClusterInfo;
const offered = offeredClusters(new Map([['file:///r', [info('clusters/home')]]]));
const [shown] = offered;
assert.ok(shown);

test('a cluster is named by its path, and by its folder too where there are several', () => {
  assert.deepEqual(shown, {
    id: 'file:///r|clusters/home',
    title: 'clusters/home',
    root: 'file:///r',
    path: 'clusters/home',
  });
  const several = offeredClusters(
    new Map([
      ['file:///w/one/', [info('a')]],
      ['file:///w/two', [info('a')]],
      ['file:///w/x', []],
    ]),
  );
  assert.deepEqual(
    several.map(({ title }) => title),
    ['a (one)', 'a (two)'],
  );
});

test('the graph of a repository becomes one that the page takes', () => {
  const [graph] = describeGraph(snapshotOf(smallRepository)).clusters;
  assert.ok(graph);
  const message = graphMessage(graph, offered, shown);
  assert.deepEqual(readGraphHostMessage(versioned(message)), { message });
  assert.ok(message.type === 'graph');
  const nameOf = (id: string): string => message.nodes.find((node) => node.id === id)?.name ?? id;
  const edges = message.edges.map(({ from, to, relation }) => `${nameOf(from)} ${relation} ${nameOf(to)}`).sort();
  assert.deepEqual(edges, [
    'apps dependsOn absent',
    'apps dependsOn infra',
    'apps source flux-system',
    'flux-system applies apps',
    'flux-system applies flux-system',
    'flux-system applies infra',
    'flux-system source flux-system',
    'infra source flux-system',
  ]);
});

test('what an object names and nothing declares is a node of its own, unless it may stand elsewhere', () => {
  const [graph] = describeGraph(snapshotOf(smallRepository)).clusters;
  assert.ok(graph);
  assert.deepEqual(
    graph.nodes.filter(({ missing }) => missing),
    [
      {
        address: 'clusters/home||kustomize.toolkit.fluxcd.io/Kustomization/flux-system/absent',
        kind: 'Kustomization',
        namespace: 'flux-system',
        name: 'absent',
        missing: true,
      },
    ],
  );
  const message = graphMessage(graph, offered, shown);
  assert.deepEqual(readGraphHostMessage(versioned(message)), { message });
  assert.ok(message.type === 'graph');
  const gone = message.nodes.find(({ name }) => name === 'absent');
  assert.ok(gone?.missing);
  assert.deepEqual(
    message.edges.filter(({ to }) => to === gone.id).map(({ relation }) => relation),
    ['dependsOn'],
  );
});

test('what no file declares leads on to what made it', () => {
  const generator = `apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata:
  name: parts
  namespace: flux-system
spec:
  sources:
    - alias: repo
      kind: GitRepository
      name: flux-system
  artifacts:
    - name: apps
      copy:
        - from: "@repo/apps/**"
          to: "@artifact/"
`;
  const [graph] = describeGraph(snapshotOf({ ...smallRepository, 'clusters/home/parts.yaml': generator })).clusters;
  assert.ok(graph);
  const message = graphMessage(graph, offered, shown);
  assert.ok(message.type === 'graph');
  const named = new Map(message.nodes.map(({ id, kind, name }) => [id, `${kind} ${name}`]));
  const sources = message.edges
    .filter(({ relation }) => relation === 'source')
    .map(({ from, to }) => `${named.get(from) ?? ''} from ${named.get(to) ?? ''}`);
  assert.ok(sources.includes('ExternalArtifact apps from ArtifactGenerator parts'), sources.join('\n'));
  assert.ok(sources.includes('ArtifactGenerator parts from GitRepository flux-system'), sources.join('\n'));
});

test('what is missing and of no drawn relation is left out', () => {
  const missing = { address: 'm', kind: 'Secret', namespace: '', name: 'm', missing: true as const };
  const graph = {
    ...graphOf(1),
    nodes: [...graphOf(1).nodes, missing],
    edges: [{ from: '0', to: 'm', role: 'secretRef' }],
  };
  const message = graphMessage(graph, offered, shown);
  assert.ok(message.type === 'graph');
  assert.deepEqual(
    message.nodes.map(({ id }) => id),
    ['0'],
  );
});

const graphOf = (count: number, name = 'a'): ClusterGraph => ({
  cluster: 'clusters/home',
  order: [],
  sources: [],
  nodes: Array.from({ length: count }, (_, index) => ({
    address: `${index}`,
    kind: 'Kustomization',
    namespace: '',
    name,
  })),
  edges: [],
});

test('what is longer than the page takes is cut, and what is more is a sentence', () => {
  const long = graphMessage(graphOf(1, 'x'.repeat(pageLimits.text * 2)), offered, shown);
  assert.ok('message' in readGraphHostMessage(versioned(long)));
  const many = graphMessage(graphOf(pageLimits.nodes + 1), offered, shown);
  assert.ok(many.type === 'notice');
  assert.match(many.text, /^Cluster clusters\/home has 5001 objects/);
});

test('states are those of the objects that were sent', () => {
  const live: LiveStates = {
    of: (root, address) =>
      root === 'file:///r' && address === 'a' ? { phase: 'ready', text: 'y'.repeat(pageLimits.text + 1) } : undefined,
    onDidChange: () => assert.fail('nobody listens'),
  };
  const message = statesMessage({ id: 'c', root: 'file:///r' }, ['a', 'b'], live);
  assert.ok(message.type === 'states');
  assert.deepEqual(
    message.states.map(({ id, phase }) => [id, phase]),
    [['a', 'ready']],
  );
  assert.ok('message' in readGraphHostMessage(versioned(message)));
});

test('the page lets in its two files by nonce and nothing that stands inline', () => {
  const html = pageHtml({
    title: 'Dependency Graph',
    script: 'https://x/"a&b.js',
    style: 'https://x/s.css',
    nonce: 'abc',
  });
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  assert.equal(policy, "default-src 'none'; script-src 'nonce-abc'; style-src 'nonce-abc'");
  assert.match(html, /<script nonce="abc" src="https:\/\/x\/&quot;a&amp;b.js"><\/script>/);
  assert.doesNotMatch(html, /style=|<style|\son\w+=|unsafe/);
});

test('calls while a run waits or works are one more run', async () => {
  const pauses: (() => void)[] = [];
  const runs: number[] = [];
  const faults: unknown[] = [];
  const call = coalesced(
    () => {
      runs.push(runs.length);
      if (runs.length === 1) throw new Error('once');
    },
    () => new Promise((resolve) => pauses.push(resolve)),
    (error) => faults.push(error),
  );
  const turn = (): Promise<void> => new Promise(setImmediate);
  for (let index = 0; index < 5; index += 1) call();
  assert.equal(pauses.length, 1);
  assert.deepEqual(runs, []);
  pauses[0]?.();
  await turn();
  assert.deepEqual([runs.length, faults.length, pauses.length], [1, 1, 1]);
  call();
  call();
  assert.equal(pauses.length, 2);
  pauses[1]?.();
  call();
  await turn();
  await turn();
  assert.equal(runs.length, 2);
});
