import assert from 'node:assert/strict';
import { test } from 'node:test';
import { controllersNamespace } from '../../../../client/status/controllers-namespace';
import { faultsOf } from '../../../../client/status/relations/root-cause';
import { StatusStore } from '../../../../client/status/store/status-store';
import { everything, readFilter } from '../../../../client/status/tree/filter';
import { kubernetesFault } from '../../../../client/status/tree/kubernetes-check';
import { LoadedTree } from '../../../../client/status/tree/loaded-tree';
import { pathTo } from '../../../../client/status/tree/path-to';
import { statusBarText } from '../../../../client/status/tree/status-bar';
import { TreeModel, viewSections, type TreeMode, type TreeOptions } from '../../../../client/status/tree/tree-model';
import { FakeClock } from '../../../support/fake-clock';
import { feed, fullObject, idOf, scopeOf, type ShortObject } from '../../../support/live-objects';

const ready = ['Ready True ReconciliationSucceeded x'];

let clock = new FakeClock();

function storeOf(...objects: readonly ShortObject[]): StatusStore {
  clock = new FakeClock();
  const store = new StatusStore(clock);
  feed(store, objects.map(fullObject));
  return store;
}

const treeOf = (store: StatusStore, mode: TreeMode, more: Partial<TreeOptions> = {}): LoadedTree =>
  new LoadedTree(
    new TreeModel(store, { sections: viewSections.objects, mode, filter: everything, favorites: new Set(), ...more }),
  );

const nameOf = (id: string): string => id.split('/').slice(2).join('/');

const named = (tree: LoadedTree, path: string | undefined): string | undefined => path && tree.node(path)?.label;

test('the way to a row is found in every arrangement, in pages and in circles', () => {
  const many = Array.from({ length: 20 }, (_, at): ShortObject => ({
    is: `Kustomization f/k${String(at).padStart(2, '0')}`,
  }));
  const store = storeOf(
    ...many,
    { is: 'Kustomization g/top', conditions: ready },
    { is: 'Kustomization g/middle', spec: { dependsOn: [{ name: 'top' }] } },
    { is: 'Kustomization g/low', spec: { dependsOn: [{ name: 'middle' }] } },
    { is: 'Kustomization h/x', spec: { dependsOn: [{ name: 'y' }] } },
    { is: 'Kustomization h/y', spec: { dependsOn: [{ name: 'x' }] } },
    { is: 'GitRepository f/main' },
  );
  for (const mode of ['kind', 'namespace', 'dependency'] as const) {
    for (const size of [500, 5]) {
      const tree = treeOf(store, mode, { rowsOfPage: size });
      const find = (is: string): string | undefined => {
        return named(
          tree,
          pathTo(store, (above) => tree.children(above), mode, idOf(is)),
        );
      };
      assert.equal(find('Kustomization f/k17'), 'k17', `${mode} ${size}`);
      assert.equal(find('Kustomization g/low'), 'low', `${mode} ${size}`);
      assert.equal(find('Kustomization h/y'), 'y', `${mode} ${size}`);
      assert.equal(find('GitRepository f/main'), undefined, 'another view shows it');
      assert.equal(find('Kustomization f/none'), undefined);
    }
  }
  const filtered = treeOf(store, 'kind', { filter: { ...everything, text: 'g/' } });
  assert.equal(
    pathTo(store, (above) => filtered.children(above), 'kind', idOf('Kustomization f/k17')),
    undefined,
  );
});

test('a filter finds what no page was opened for', () => {
  const many = Array.from({ length: 1200 }, (_, at): ShortObject => ({
    is: `Kustomization f/k${String(at).padStart(4, '0')}`,
  }));
  const store = storeOf(...many);
  const open = treeOf(store, 'kind');
  const rows = (tree: LoadedTree): readonly string[] =>
    tree.children(tree.children(tree.children(undefined)[0]?.path)[0]?.path).map(({ label }) => label);
  assert.deepEqual(rows(open), ['k0000 … k0499', 'k0500 … k0999', 'k1000 … k1199']);
  assert.deepEqual(rows(treeOf(store, 'kind', { filter: { ...everything, text: 'k1111' } })), ['k1111']);
});

test('a filter by state follows what happens', () => {
  const store = storeOf(
    { is: 'Kustomization f/well', conditions: ready, spec: { wait: true }, inventory: ['f/ConfigMap/x'] },
    { is: 'Kustomization f/asleep', conditions: ready, spec: { suspend: true } },
    { is: 'HelmRelease a/broken', conditions: ['Ready False InstallFailed x'] },
    { is: 'HelmRelease a/stuck', conditions: ['Stalled True RetriesExceeded x'] },
  );
  const favorites = new Set([idOf('Kustomization f/well')]);
  const opened = (typed: string): { readonly tree: LoadedTree; readonly rows: () => string } => {
    const tree = treeOf(store, 'namespace', { filter: readFilter(typed), favorites });
    const below = (path: string | undefined): readonly string[] =>
      tree.children(path).flatMap((node) => (node.kind === 'object' ? [node.label] : below(node.path)));
    return { tree, rows: () => [...new Set(below(tree.children(undefined)[0]?.path))].sort().join(' ') };
  };
  for (const [typed, expected] of [
    ['is:failing', 'broken stuck'],
    ['IS:Failed', 'broken'],
    ['is:suspended is:ready', 'asleep well'],
    ['is:failing kustomization', ''],
    ['release is:stalled', 'stuck'],
    ['is:favorite', 'well'],
    ['is:nothing', ''],
    ['  ', 'asleep broken stuck well'],
  ] as const) {
    assert.equal(opened(typed).rows(), expected, typed);
  }
  const { tree, rows } = opened('is:failing');
  rows();
  store.onChange((change) => void tree.update(change));
  store.put(scopeOf('HelmRelease'), fullObject({ is: 'HelmRelease a/broken', conditions: ready }));
  clock.advance(220);
  assert.equal(rows(), 'stuck');
});

test('controllers stand under what flux check says of them', () => {
  const store = storeOf({
    is: 'Deployment flux-system/source-controller',
    metadata: { labels: { 'app.kubernetes.io/part-of': 'flux', 'app.kubernetes.io/version': 'v2.9.2' } },
    spec: { replicas: 1, template: { spec: { containers: [{ image: 'r/source-controller:v1.9.2', args: ['--a'] }] } } },
    status: { replicas: 1, availableReplicas: 1, readyReplicas: 1, updatedReplicas: 1 },
    conditions: ['Available True MinimumReplicasAvailable x'],
  });
  const tree = treeOf(store, 'kind', { sections: viewSections.controllers, checks: true });
  const rows = tree
    .children(tree.children(undefined)[0]?.path)
    .map(({ label, description }) => `${label} | ${description}`);
  assert.deepEqual(rows.slice(0, 4), [
    'Flux check | 3 problems',
    'kustomize-controller is not installed. | ',
    'helm-controller is not installed. | ',
    'notification-controller is not installed. | ',
  ]);
  assert.match(rows[4] ?? '', /^source-controller \| flux-system · ready/);
  const controller = tree.children(tree.children(undefined)[0]?.path).at(-1)?.path;
  assert.deepEqual(
    tree.children(controller).map(({ label }) => label),
    ['r/source-controller:v1.9.2', '--a'],
  );
});

test('the operator and Flagger stand among the controllers, and flux check says nothing of them', () => {
  const image = (text: string, more: object = {}): object => ({
    replicas: 1,
    template: { spec: { containers: [{ image: text, ...more }] } },
  });
  const running = (is: string, spec: object, labels = {}): ShortObject => ({
    ...{ is, spec: spec as never, metadata: { labels }, conditions: ['Available True MinimumReplicasAvailable x'] },
    status: { availableReplicas: 1, updatedReplicas: 1 },
  });
  const flux = { 'app.kubernetes.io/part-of': 'flux', 'app.kubernetes.io/version': 'v2.9.2' };
  const store = storeOf(
    ...['source', 'kustomize', 'helm', 'notification'].map((name) =>
      running(`Deployment flux-system/${name}-controller`, image(`r/${name}:v1.9.2`), flux),
    ),
  );
  const parts = ['flux-operator', 'flagger'].map((part) => ({ ...scopeOf('Deployment'), part }));
  const [operator, flagger] = parts;
  assert.ok(operator && flagger);
  const put = (scope: typeof operator, object: ShortObject): void => {
    const list = store.beginList(scope);
    list.put(fullObject(object));
    list.end();
    store.setState(scope, { name: 'live' });
  };
  put(operator, {
    ...running('Deployment operators/flux-operator', image('r/flux-operator:v0.58.1', { args: ['--log-level=info'] })),
    metadata: { labels: { 'app.kubernetes.io/version': 'v0.58.1' } },
  });
  const command = ['./flagger', '-log-level=info', '-mesh-provider=istio'];
  put(flagger, {
    ...running('Deployment istio-system/flagger', image('r/flagger:1.44.0', { command })),
    conditions: ['Available False MinimumReplicasUnavailable none', 'Progressing True NewReplicaSetAvailable x'],
    status: { updatedReplicas: 1 },
  });
  const tree = treeOf(store, 'kind', { sections: viewSections.controllers, checks: true });
  const rows = (): string[] =>
    tree.children(tree.children(undefined)[0]?.path).map(({ label, description }) => `${label} | ${description}`);
  assert.equal(rows()[0], 'Flux check | passed');
  assert.ok(rows().includes('flagger | istio-system · failed · MinimumReplicasUnavailable'), rows().join('\n'));
  assert.ok(rows().some((row) => row.startsWith('flux-operator | operators · ready')));
  assert.equal(rows().length, 7);
  const detail = (name: string): string[] => {
    const path = tree.children(tree.children(undefined)[0]?.path).find(({ label }) => label === name)?.path;
    return tree.children(path).map(({ label }) => label);
  };
  assert.deepEqual(detail('flux-operator'), ['r/flux-operator:v0.58.1', '--log-level=info']);
  assert.deepEqual(detail('flagger'), ['r/flagger:1.44.0', '-log-level=info', '-mesh-provider=istio']);
  // Each watch has a state of its own, and a list of one takes nothing from another.
  store.setState(flagger, { name: 'disconnected', since: 0, message: 'lost' });
  const stateOf = (namespace: string, name: string): string | undefined =>
    store.stateOf('bench', { group: 'apps', kind: 'Deployment', namespace, name })?.name;
  assert.equal(stateOf('istio-system', 'flagger'), 'disconnected');
  assert.equal(stateOf('flux-system', 'source-controller'), 'live');
  assert.equal(controllersNamespace(store, 'bench', 'flagger.app'), 'istio-system');
  assert.equal(controllersNamespace(store, 'bench', 'fluxcd.controlplane.io'), 'operators');
  assert.equal(controllersNamespace(store, 'bench', 'helm.toolkit.fluxcd.io'), 'flux-system');
  store.beginList(flagger).end();
  assert.equal([...(store.find('bench')?.ofKind('apps', 'Deployment') ?? [])].length, 5);
  // Labels move a Deployment from one watch to another, in whatever order that is heard.
  const moved = fullObject(running('Deployment operators/flux-operator', image('r/flux-operator:v0.58.1'), flux));
  store.put(scopeOf('Deployment'), moved);
  store.remove(operator, moved);
  assert.equal(stateOf('operators', 'flux-operator'), 'live');
  assert.notEqual(store.get(idOf('Deployment operators/flux-operator')), undefined);
});

test('flux check looks at the Kubernetes first', () => {
  const controllers = ['source', 'kustomize', 'helm', 'notification'].map((name): ShortObject => ({
    is: `Deployment flux-system/${name}-controller`,
    metadata: { labels: { 'app.kubernetes.io/part-of': 'flux', 'app.kubernetes.io/version': 'v2.7.5' } },
    spec: { replicas: 1 },
    status: { availableReplicas: 1, updatedReplicas: 1 },
    conditions: ['Available True MinimumReplicasAvailable x'],
  }));
  const store = storeOf(...controllers);
  const tree = treeOf(store, 'kind', { sections: viewSections.controllers, checks: true });
  const said = (): readonly string[] =>
    tree
      .children(tree.children(undefined)[0]?.path)
      .filter(({ kind }) => kind === 'message')
      .map(({ label, description }) => `${label} | ${description}`);
  assert.deepEqual(said(), ['Flux check | passed']);
  const told = (version: string): readonly string[] => {
    const end = store.onChange((change) => void tree.update(change));
    store.setServerVersion('bench', version);
    clock.advance(220);
    end();
    return said();
  };
  assert.deepEqual(told('v1.32.0'), ['Flux check | passed · Kubernetes v1.32.0']);
  assert.deepEqual(told('v1.31.9+k3s1'), [
    'Flux check | 1 problem · Kubernetes v1.31.9+k3s1',
    'Kubernetes v1.31.9+k3s1 is too old for Flux 2.7, which wants 1.32 or newer. | ',
  ]);
});

test('what Kubernetes each release of Flux wants', () => {
  for (const [kubernetes, flux, fault] of [
    ['v1.24.0', 'v2.0.1', false],
    ['v1.23.17', 'v2.0.1', true],
    ['v1.32.9', 'v2.9.4', true],
    ['v1.33.0', 'v2.9.4', false],
    ['v1.32.0', 'v2.10.1', true],
    ['v1.33.0', 'v2.10.1', false],
    ['v1.20.0', 'v0.41.2', false],
    ['1.9', 'v2.9.0', true],
    ['', 'v2.9.0', false],
    ['v1.20.0', 'main', false],
  ] as const) {
    assert.equal(kubernetesFault(kubernetes, flux) !== undefined, fault, `${kubernetes} ${flux}`);
  }
});

test('the first cause of many failures stands on top, with what hangs on it', () => {
  const failing = ['Ready False BuildFailed x'];
  const waiting = ['Ready False DependencyNotReady x'];
  const base = { is: 'Kustomization f/base', conditions: failing };
  const store = storeOf(
    base,
    { is: 'Kustomization f/middle', conditions: waiting, spec: { dependsOn: [{ name: 'base' }] } },
    { is: 'Kustomization f/top', conditions: waiting, spec: { dependsOn: [{ name: 'middle' }] } },
    { is: 'Kustomization f/alone', conditions: waiting, spec: { dependsOn: [{ name: 'nothing' }] } },
    { is: 'HelmRelease a/own', conditions: ['Ready False InstallFailed x'] },
    { is: 'Kustomization f/well', conditions: ready },
  );
  const tree = treeOf(store, 'kind', { faults: true });
  const context = tree.children(undefined)[0]?.path;
  const said = (path: string | undefined): readonly string[] =>
    tree.children(path).map(({ label, description }) => `${label} | ${description}`);
  assert.equal(said(context)[0], 'Root Causes | 3 · blocks 3');
  const group = tree.children(context)[0]?.path;
  assert.deepEqual(said(group), [
    'base | Kustomization · f · failed · BuildFailed · blocks 2',
    'Kustomization f/nothing does not exist | blocks 1',
    'own | HelmRelease · a · failed · InstallFailed',
  ]);
  const [first, missing] = tree.children(group);
  assert.deepEqual(said(first?.path), [
    'middle | Kustomization · f · waiting · because of Kustomization f/base',
    'top | Kustomization · f · waiting · because of Kustomization f/base',
  ]);
  assert.deepEqual(said(missing?.path), [
    'alone | Kustomization · f · waiting · Kustomization f/nothing does not exist',
  ]);
  // What is mended goes from the list, and a group of none with it.
  let changed: readonly string[] = [];
  const follow = (is: ShortObject): void => {
    const end = store.onChange((change) => (changed = tree.update(change).rows));
    store.put(scopeOf(is.is.split(' ')[0] ?? ''), fullObject(is));
    clock.advance(220);
    end();
  };
  follow({ ...base, conditions: ready });
  assert.ok(changed.length > 0);
  assert.ok(!said(group).some((row) => row.startsWith('base')));
  assert.equal(said(context)[0], `Root Causes | ${tree.children(group).length} · blocks 2`);
  for (const name of ['middle', 'top', 'alone']) follow({ is: `Kustomization f/${name}`, conditions: ready });
  follow({ is: 'HelmRelease a/own', conditions: ready });
  assert.ok(!said(context).some((row) => row.startsWith('Root Causes')));
  assert.equal(
    treeOf(storeOf(base), 'kind').children(context)[0]?.label,
    'Kustomizations',
    'only where it is asked for',
  );
});

test('what is only behind hangs on the failure that holds it back, too', () => {
  const applied = { conditions: ready, spec: { sourceRef: { kind: 'GitRepository', name: 'main' } } };
  const store = storeOf(
    { is: 'HelmRelease a/own', conditions: ['Ready False InstallFailed x'] },
    { is: 'GitRepository f/main', conditions: ['Ready False GitOperationFailed x'] },
    { is: 'GitRepository f/well', conditions: ready },
    { is: 'Kustomization f/a', ...applied },
    { is: 'Kustomization f/b', ...applied },
    { is: 'Kustomization f/off', ...applied, spec: { ...applied.spec, suspend: true } },
    { is: 'Kustomization f/broken', conditions: ['Ready False BuildFailed x'], inventory: ['f/Receiver/hook'] },
    { is: 'Receiver f/hook', conditions: ready },
  );
  const faults = faultsOf(store, 'bench').map(({ root, blocked }) => [nameOf(root), ...blocked.map(nameOf)].join(' '));
  assert.deepEqual(faults, ['f/main f/a f/b', 'f/broken f/hook', 'a/own']);
  const tree = treeOf(store, 'kind', { faults: true });
  const context = tree.children(undefined)[0]?.path;
  assert.equal(tree.children(context)[0]?.description, '3 · blocks 3');
});

test('where more fails than anybody looks at, the count says so', () => {
  const many = Array.from({ length: 301 }, (_, at) => ({
    is: `Kustomization f/k${at}`,
    conditions: ['Ready False DependencyNotReady x'],
    spec: { dependsOn: [{ name: 'nothing' }] },
  }));
  const tree = treeOf(storeOf(...many), 'kind', { faults: true });
  assert.equal(tree.children(tree.children(undefined)[0]?.path)[0]?.description, '1 · blocks 300 · and more');
});

test('the status bar counts what fails, and is well only where all is heard of', () => {
  const store = new StatusStore(new FakeClock());
  assert.equal(statusBarText(store), undefined);
  feed(store, [fullObject({ is: 'HelmRelease a/b', conditions: ready })]);
  assert.deepEqual(statusBarText(store), {
    ...{ icon: 'pass', text: 'none failing', isError: false },
    lines: ['bench: no object is failing'],
  });
  store.put(scopeOf('HelmRelease'), fullObject({ is: 'HelmRelease a/b', conditions: ['Ready False InstallFailed x'] }));
  assert.deepEqual(statusBarText(store), {
    icon: 'error',
    text: '1 failing',
    isError: true,
    lines: ['bench: 1 failing'],
  });
  store.setState(scopeOf('HelmRelease'), { name: 'disconnected', since: 1, message: 'lost' });
  assert.equal(statusBarText(store)?.icon, 'debug-disconnect');
});

test('the status bar does not call well what it may not see, or has not seen yet', () => {
  const store = storeOf({ is: 'Kustomization a/b', conditions: ready });
  store.setState(scopeOf('HelmRelease'), { name: 'loading' });
  assert.deepEqual([statusBarText(store)?.icon, statusBarText(store)?.text], ['sync', 'loading']);
  store.setState(scopeOf('HelmRelease'), { name: 'forbidden', message: 'no' });
  assert.deepEqual(statusBarText(store), {
    ...{ icon: 'lock', text: 'none failing that may be listed', isError: false },
    lines: ['bench: no object is failing, one kind may not be listed'],
  });
  store.setState(scopeOf('HelmRelease'), { name: 'absent' });
  assert.equal(statusBarText(store)?.icon, 'pass');
});
