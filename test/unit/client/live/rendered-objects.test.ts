import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LanguageServer } from '../../../../client/language/language-server';
import { renderedPlaces } from '../../../../client/views/live/rendered-objects';
import { type ClusterInfo } from '../../../../server/protocol/repository';

const root = 'kustomize.toolkit.fluxcd.io/Kustomization/flux-system/flux-system';
const apps = 'kustomize.toolkit.fluxcd.io/Kustomization/flux-system/apps';
const settings = '/ConfigMap/podinfo/settings';

/** A server whose two clusters both apply `apps` by their root. */
function server(): Pick<LanguageServer, 'ask' | 'status'> {
  const clusters = ['clusters/home', 'clusters/%7Cedge'].map((path) => ({
    cluster: decodeURIComponent(path),
    nodes: [{ address: `${path}||${root}` }, { address: `${path}|${root}|${apps}` }, { address: 'broken' }],
  }));
  const ask = (): Promise<unknown> => Promise.resolve({ available: true, generation: 1, clusters });
  const infos = new Map<string, readonly ClusterInfo[]>([['file:///r', []]]);
  return { status: () => ({ state: { kind: 'running' }, clusters: infos }), ask: ask as LanguageServer['ask'] };
}

test('an object of Flux is found under its own address, in each cluster', async () => {
  assert.deepEqual(await renderedPlaces(apps, [], server()), [
    { root: 'file:///r', cluster: 'clusters/home', owner: root, address: `clusters/home|${root}|${apps}` },
    { root: 'file:///r', cluster: 'clusters/|edge', owner: root, address: `clusters/%7Cedge|${root}|${apps}` },
  ]);
});

test('other objects are found by who applies them, and by nothing else', async () => {
  const found = await renderedPlaces(settings, [apps], server());
  assert.deepEqual(
    found.map(({ address }) => address),
    [`clusters/home|${apps}|${settings}`, `clusters/%7Cedge|${apps}|${settings}`],
  );
  assert.deepEqual(await renderedPlaces(settings, [], server()), []);
});

test('an entry point is applied by nobody, so it renders to nothing that could be compared', async () => {
  assert.deepEqual(await renderedPlaces(root, [], server()), []);
});
