import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CommitGraph } from '../../../../client/status/commit-graph';
import { awaitCommit } from '../../../../client/status/commit-watch';
import { StatusStore } from '../../../../client/status/store/status-store';
import { commitGraph, reachOfCommit } from '../../../../client/views/live/repository-history';
import { type HistoryQuestion } from '../../../../server/protocol/history';
import { FakeClock } from '../../../support/fake-clock';
import { feed, fullObject, idOf, scopeOf } from '../../../support/live-objects';

const [first, second] = ['1'.repeat(40), '2'.repeat(40)];
const graph: CommitGraph = {
  isAncestor: (commit, of) => Promise.resolve(commit === of || (commit === first && of === second)),
  branchTip: () => Promise.resolve(second),
  tagCommit: () => Promise.resolve(undefined),
  tags: () => Promise.resolve([]),
};
const question = { commit: second, context: 'bench', appliers: [idOf('Kustomization f/apps')], objects: [] };
const turn = (): Promise<void> => new Promise(setImmediate);

const apps = (applied: string, condition = 'Ready True ReconciliationSucceeded x') =>
  fullObject({
    is: 'Kustomization f/apps',
    conditions: [condition],
    spec: { wait: true, sourceRef: { kind: 'GitRepository', name: 'main' } },
    status: { lastAppliedRevision: `main@sha1:${applied}`, lastAttemptedRevision: `main@sha1:${second}` },
    inventory: ['web/ConfigMap/a'],
  });
const source = (fetched: string) =>
  fullObject({
    is: 'GitRepository f/main',
    conditions: ['Ready True Succeeded x'],
    spec: { ref: { branch: 'main' } },
    status: { artifact: { revision: `main@sha1:${fetched}` } },
  });

interface Watched {
  readonly store: StatusStore;
  readonly clock: FakeClock;
  readonly said: string[];
  readonly controller: AbortController;
  readonly end: ReturnType<typeof awaitCommit>;
}

async function watch(asking: CommitGraph = graph): Promise<Watched> {
  const clock = new FakeClock();
  const store = new StatusStore(clock);
  feed(store, [apps(first), source(first)]);
  clock.advance(220);
  const said: string[] = [];
  const controller = new AbortController();
  const end = awaitCommit(store, asking, question, ({ state }) => said.push(state), {
    signal: controller.signal,
    clock,
  });
  for (let at = 0; at < 5; at++) await turn();
  return { store, clock, said, controller, end };
}

const happens = async ({ clock }: Watched): Promise<void> => {
  clock.advance(220);
  for (let at = 0; at < 5; at++) await turn();
};

test('a commit is followed until it is live, and each step is told once', async () => {
  const watched = await watch();
  watched.store.put(scopeOf('GitRepository'), source(second));
  await happens(watched);
  watched.store.put(scopeOf('GitRepository'), source(second));
  await happens(watched);
  watched.store.put(scopeOf('Kustomization'), apps(second));
  await happens(watched);
  assert.deepEqual(watched.said, ['not-fetched', 'fetched', 'live']);
  assert.equal((await watched.end)?.state, 'live');
  // Nobody listens any more.
  watched.store.put(scopeOf('Kustomization'), apps(first));
  await happens(watched);
  assert.equal(watched.said.length, 3);
});

test('the first object that fails ends the waiting', async () => {
  const watched = await watch();
  watched.store.put(scopeOf('GitRepository'), source(second));
  watched.store.put(scopeOf('Kustomization'), apps(first, 'Ready False BuildFailed no'));
  await happens(watched);
  const status = await watched.end;
  assert.equal(status?.state, 'failed');
  assert.equal(status.object, idOf('Kustomization f/apps'));
});

test('waiting can be cancelled', async () => {
  const watched = await watch();
  watched.controller.abort();
  assert.equal(await watched.end, undefined);
  watched.store.put(scopeOf('Kustomization'), apps(second));
  await happens(watched);
  assert.deepEqual(watched.said, ['not-fetched']);
});

const silent = { ...graph, branchTip: () => new Promise<undefined>(() => undefined) };
const broken = { ...graph, isAncestor: () => Promise.reject(new Error('the connection is closed')) };

for (const [how, asking, pauses] of [
  ['never answers', silent, 5],
  ['rejects', broken, 2],
] as const) {
  test(`a server that ${how} is asked three times, and then nothing is waited for`, async () => {
    const watched = await watch(asking);
    for (let at = 0; at < pauses; at++) {
      watched.clock.advance(30_000);
      for (let turns = 0; turns < 5; turns++) await turn();
    }
    assert.equal((await watched.end)?.state, 'unknown');
    assert.deepEqual(watched.said, ['unknown'], 'told once');
  });
}

test('a server that comes back is heard again', async () => {
  let isThere = false;
  const watched = await watch({
    ...graph,
    isAncestor: (commit, of) => (isThere ? graph.isAncestor(commit, of) : Promise.reject(new Error('gone'))),
  });
  isThere = true;
  watched.store.put(scopeOf('GitRepository'), source(second));
  watched.store.put(scopeOf('Kustomization'), apps(second));
  await happens(watched);
  assert.deepEqual(watched.said, ['unknown', 'live']);
  assert.equal((await watched.end)?.state, 'live');
});

test('Git is asked by the server, and once for two commits that it knows', async () => {
  const asked: string[] = [];
  const answers: Readonly<Record<string, unknown>> = {
    'is-ancestor a b': true,
    'is-ancestor a c': null,
    'commit refs/tags/v1': 'd',
    'branch-tip main': 'e',
    tags: ['v1'],
    'changed-files b': ['file:///r/apps/a.yaml'],
  };
  const kustomization = 'kustomize.toolkit.fluxcd.io/Kustomization/f/apps';
  const server: Parameters<typeof commitGraph>[0] = {
    ask: (request, given) => {
      const { question: of, uris } = given as { question?: HistoryQuestion; uris?: readonly string[] };
      const key = of === undefined ? `reach ${String(uris)}` : Object.values(of).join(' ');
      asked.push(key);
      const said = answers[key] ?? null;
      const reach = {
        kustomizations: [`clusters/home||${kustomization}`, `clusters/away||${kustomization}`],
        objects: [
          'clusters/home|kustomize.toolkit.fluxcd.io/Kustomization/f/away|helm.toolkit.fluxcd.io/HelmRelease/w/w',
        ],
      };
      const answer = { generation: 1, available: true, ...(of === undefined ? reach : { said }) };
      return Promise.resolve(answer as unknown as Awaited<ReturnType<typeof server.ask<unknown, never>>>);
    },
  };
  const asking = commitGraph(server, 'file:///r');
  assert.equal(await asking.isAncestor('a', 'b'), true);
  assert.equal(await asking.isAncestor('a', 'b'), true);
  assert.equal(await asking.isAncestor('a', 'c'), undefined);
  assert.equal(await asking.isAncestor('a', 'c'), undefined);
  assert.deepEqual(asked, ['is-ancestor a b', 'is-ancestor a c', 'is-ancestor a c']);
  assert.equal(await asking.tagCommit('v1'), 'd');
  assert.equal(await asking.branchTip('main'), 'e');
  assert.deepEqual(await asking.tags(), ['v1']);
  const bound: { context?: string } = {};
  const store = new StatusStore(new FakeClock(), { contextOf: () => bound.context });
  const away = { is: 'Kustomization f/away', spec: { kubeConfig: { secretRef: { name: 'spoke' } } } };
  feed(store, [fullObject(away)]);
  const contexts = { contextOf: (_: string, cluster: string) => (cluster === 'clusters/home' ? 'bench' : undefined) };
  assert.deepEqual(await reachOfCommit(server, contexts, store, 'file:///r', 'b'), {
    questions: [{ commit: 'b', context: 'bench', appliers: [`bench|${kustomization}`], objects: [] }],
    unbound: ['clusters/away'],
  });
  assert.equal(await reachOfCommit(server, contexts, store, 'file:///r', 'c'), undefined);
  bound.context = 'spoke';
  const objects = (await reachOfCommit(server, contexts, store, 'file:///r', 'b'))?.questions.map((one) => one.objects);
  assert.deepEqual(objects, [['spoke|helm.toolkit.fluxcd.io/HelmRelease/w/w']], 'never the namesake in the hub');
});
