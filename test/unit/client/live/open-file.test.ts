import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bindings } from '../../../../client/status/binding/bindings';
import { liveId } from '../../../../client/status/live/live-id';
import { StatusStore } from '../../../../client/status/store/status-store';
import { childPath } from '../../../../client/status/tree/node-path';
import { FakeClock } from '../../../support/fake-clock';
import { FakeVscode, withVscode } from '../../../support/fake-vscode';
import { feed, fullObject } from '../../../support/live-objects';

const vscode = new FakeVscode();
const loaded = withVscode(vscode, () => import('../../../../client/commands/open-file'));
const kustomization = 'kustomize.toolkit.fluxcd.io/Kustomization/f';
const release = 'helm.toolkit.fluxcd.io/HelmRelease/web/web';
const server = 'https://hub:6443';

// `here` and `away` both render the release in the hub's folder, `edge` is a folder that declares it, too.
const addresses = [
  `clusters/hub|${kustomization}/here|${release}`,
  `clusters/hub|${kustomization}/away|${release}`,
  `clusters/edge|${kustomization}/here|${release}`,
  `clusters/hub|${kustomization}/root|${kustomization}/away`,
];

async function open(row: string, bound: readonly (readonly [folder: string, context: string])[], spoke?: string) {
  const { openFile } = await loaded;
  vscode.lists.length = 0;
  vscode.opened.length = 0;
  const kept = new Map<string, string>();
  const memory = {
    get: (key: string) => kept.get(key),
    set: (key: string, value: string | undefined) => Promise.resolve(void kept.set(key, value ?? '')),
    keys: () => [...kept.keys()],
  };
  const bindings = new Bindings(memory, (context) => ({ context, server, caHash: 'ca' }));
  for (const [path, context] of bound) {
    await bindings.confirm({ kind: 'cluster', root: 'file:///r', path }, { context, server, caHash: 'ca' }, 0);
  }
  const store = new StatusStore(new FakeClock(), { contextOf: () => spoke });
  const away = { is: 'Kustomization f/away', spec: { kubeConfig: { secretRef: { name: 'spoke' } } } };
  feed(store, [fullObject(away), fullObject({ is: 'Kustomization f/here' })], 'hub');
  const clusters = ['hub', 'edge'].map((name) => ({
    cluster: `clusters/${name}`,
    nodes: addresses.flatMap((address) => (address.startsWith(`clusters/${name}|`) ? [{ address }] : [])),
  }));
  const ask = (_: unknown, { address }: { address?: string }): Promise<unknown> => {
    if (address === undefined) return Promise.resolve({ available: true, generation: 1, clusters });
    if (!addresses.includes(address)) return Promise.resolve({ available: false, generation: 1 });
    const [folder = '', owner = ''] = address.split('|');
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
    const uri = `file:///r/${folder}/${owner.split('/').at(-1) ?? ''}.yaml`;
    return Promise.resolve({ available: true, generation: 1, places: [{ uri, range }] });
  };
  const live = { clusters: { store }, bindings, memory };
  const status = () => ({ state: { kind: 'running' }, clusters: new Map([['file:///r', []]]) });
  await openFile.run({ server: { ask, status }, live: () => Promise.resolve(live) } as never, row);
  return { opened: [...vscode.opened], lists: vscode.lists.map((list) => [...list]) };
}

const context = (name: string): string => childPath(undefined, 'context', name);
const rowOf = (name: string, key: string): string => childPath(context(name), 'object', liveId(name, key));
const hub = [['clusters/hub', 'hub']] as const;

test('a row opens the line of its own cluster, not that of another, nor of what goes to another', async () => {
  const own = await open(rowOf('hub', release), hub, 'spoke');
  assert.deepEqual(own, { opened: ['file:///r/clusters/hub/here.yaml'], lists: [] });
  const remote = await open(rowOf('spoke', release), hub, 'spoke');
  assert.deepEqual(remote, { opened: ['file:///r/clusters/hub/away.yaml'], lists: [] });
});

test('a line of another cluster is opened only when the user says so', async () => {
  const { opened, lists } = await open(rowOf('edge', release), [...hub, ['clusters/other', 'edge']]);
  assert.deepEqual(opened, []);
  assert.equal(lists[0]?.[0], 'edge is another cluster, of which no file declares it.');
});

test('what is only listed is what its applier renders, bound or not', async () => {
  const listed = childPath(rowOf('hub', `${kustomization}/away`), 'listed', release);
  assert.deepEqual(await open(listed, hub), { opened: ['file:///r/clusters/hub/away.yaml'], lists: [] });
});
