import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StatusStore } from '../../../../client/status/store/status-store';
import { badgeOf } from '../../../../client/status/tree/badge';
import { fluxCheck } from '../../../../client/status/tree/flux-check';
import { TreeModel, viewSections } from '../../../../client/status/tree/tree-model';
import { welcomeState } from '../../../../client/status/tree/welcome';
import { FakeClock } from '../../../support/fake-clock';
import { fullObject, scopeOf, type ShortObject } from '../../../support/live-objects';
import { draw, options, storeOf } from '../../../support/drawn-tree';

const ready = ['Ready True ReconciliationSucceeded x'];

test('the badge counts what fails in contexts that are heard of, and is gone with them', () => {
  const store = storeOf(
    { is: 'HelmRelease a/x', conditions: ['Ready False InstallFailed x'] },
    { is: 'Kustomization a/y', conditions: ['Stalled True X x'] },
  );
  assert.deepEqual(badgeOf(store), { value: 2, tooltip: '2 Flux objects are failing' });
  store.setState(scopeOf('HelmRelease'), { name: 'paused', since: 1 });
  assert.equal(badgeOf(store)?.value, 1);
  store.setState(scopeOf('Kustomization'), { name: 'disconnected', since: 1, message: 'lost' });
  assert.equal(badgeOf(store), undefined);
});

test('without a connection rows say so, and the context since when', () => {
  const store = storeOf({
    is: 'Kustomization f/apps',
    conditions: ready,
    spec: { wait: true },
    inventory: ['w/Service/a'],
  });
  const drawn = (): string[] => draw(new TreeModel(store, options('kind'))).filter((line) => !line.includes('Service'));
  const at = Date.UTC(2026, 0, 1, 12);
  store.setState(scopeOf('Kustomization'), { name: 'disconnected', since: at, message: 'The server does not answer.' });
  assert.deepEqual(drawn(), [
    'bench  disconnected',
    '  The connection is lost: this is what was last heard.  since 2026-01-01T12:00:00Z · The server does not answer.',
    '  Kustomizations  1',
    '    apps  f · ready · not connected',
  ]);
  store.setState(scopeOf('Kustomization'), { name: 'paused', since: at });
  assert.equal(
    drawn()[1]?.trim(),
    'Not watched while no view is open: this is what was last heard.  since 2026-01-01T12:00:00Z',
  );
  assert.equal(drawn()[3]?.trim(), 'apps  f · ready · not connected');
});

test('a refused kind is one row with the words of the server', () => {
  const store = storeOf({ is: 'Kustomization f/apps', conditions: ready });
  store.setState(scopeOf('HelmRelease'), {
    name: 'forbidden',
    message: 'helmreleases is forbidden: User "x" cannot list',
  });
  assert.deepEqual(draw(new TreeModel(store, options('kind'))).slice(0, 2), [
    'bench',
    '  Helm Releases may not be listed  helmreleases is forbidden: User "x" cannot list',
  ]);
});

test('many refused kinds are one row that says what is watched instead', () => {
  const store = storeOf({ is: 'Kustomization f/apps', conditions: ready });
  for (const kind of ['HelmRelease', 'GitRepository', 'Bucket', 'Alert']) {
    store.setState(scopeOf(kind), { name: 'forbidden', message: 'no' });
  }
  for (const namespace of ['b', 'a']) store.setState(scopeOf('HelmRelease', 'bench', namespace), { name: 'live' });
  assert.deepEqual(draw(new TreeModel(store, options('kind'))).slice(0, 6), [
    'bench',
    '  4 kinds may not be listed  in all namespaces · watched in a, b',
    '    Helm Releases may not be listed  no',
    '    Git Repositories may not be listed  no',
    '    Buckets may not be listed  no',
    '    Alerts may not be listed  no',
  ]);
});

test('an empty kind beside refused ones does not mean that there is nothing', () => {
  const store = storeOf();
  for (const kind of ['Kustomization', 'HelmRelease']) {
    store.setState(scopeOf(kind), { name: 'forbidden', message: `${kind} is forbidden` });
  }
  assert.equal(welcomeState(store, { isTrusted: true, hasKubeconfig: true }), 'content');
  assert.deepEqual(draw(new TreeModel(store, options('kind'))), [
    'bench',
    '  Kustomizations may not be listed  Kustomization is forbidden',
    '  Helm Releases may not be listed  HelmRelease is forbidden',
  ]);
});

test('each way of having nothing to show has its own state', () => {
  const known = { isTrusted: true, hasKubeconfig: true };
  const store = new StatusStore(new FakeClock());
  const state = (): string => welcomeState(store, known);
  assert.equal(welcomeState(store, { isTrusted: false, hasKubeconfig: true }), 'untrusted');
  assert.equal(welcomeState(store, { isTrusted: true, hasKubeconfig: false }), 'no-kubeconfig');
  assert.equal(state(), 'not-connected');
  const kinds = ['Kustomization', 'HelmRelease', 'GitRepository', 'Canary'];
  const all = (set: Parameters<StatusStore['setState']>[1]): void => {
    for (const kind of kinds) store.setState(scopeOf(kind), set);
  };
  all({ name: 'loading' });
  assert.equal(state(), 'loading');
  all({ name: 'live' });
  assert.equal(state(), 'empty');
  all({ name: 'absent' });
  assert.equal(state(), 'no-flux');
  all({ name: 'forbidden', message: 'no' });
  assert.equal(state(), 'forbidden');
  all({ name: 'disconnected', since: 1, message: 'no route' });
  assert.equal(state(), 'unreachable');
  all({ name: 'live' });
  store.put(scopeOf('Kustomization'), fullObject({ is: 'Kustomization f/apps' }));
  assert.equal(state(), 'content');
  all({ name: 'disconnected', since: 1, message: 'no route' });
  assert.equal(state(), 'content');
});

test('flux check: controllers, releases that differ, what is missing', () => {
  const controller = (name: string, version: string, conditions: string[], available: number): ShortObject => ({
    is: `Deployment flux-system/${name}`,
    conditions,
    metadata: { labels: { 'app.kubernetes.io/part-of': 'flux', 'app.kubernetes.io/version': version } },
    spec: {
      replicas: 1,
      template: { spec: { containers: [{ image: `ghcr.io/fluxcd/${name}:v1.9.0`, args: ['--events-addr=x'] }] } },
    },
    status: { updatedReplicas: 1, availableReplicas: available },
  });
  const well = ['Available True MinimumReplicasAvailable x'];
  const store = storeOf(
    controller('source-controller', 'v2.9.2', well, 1),
    controller(
      'kustomize-controller',
      'v2.9.1',
      ['Available False MinimumReplicasUnavailable no pods', 'Progressing True NewReplicaSetAvailable x'],
      0,
    ),
  );
  store.setState(scopeOf('Bucket'), { name: 'absent' });
  assert.deepEqual(
    fluxCheck(store, 'bench').map(({ isOk, text }) => `${isOk ? 'ok' : 'no'} ${text}`),
    [
      'ok source-controller: ghcr.io/fluxcd/source-controller:v1.9.0',
      'no kustomize-controller is failed. no pods',
      'no helm-controller is not installed.',
      'no notification-controller is not installed.',
      'no Controllers of several releases run: v2.9.2, v2.9.1.',
      'no The cluster does not serve Bucket.',
    ],
  );
  const tree = draw(new TreeModel(store, options('kind', { sections: viewSections.controllers })));
  assert.ok(tree.includes('      --events-addr=x'), tree.join('\n'));
  assert.deepEqual(fluxCheck(store, 'nowhere'), []);
});
