import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveId, parseLiveId } from '../../../../client/status/live/live-id';
import { childrenOf } from '../../../../client/status/relations/children';
import { appliersOf, dependentsOf, parentsOf } from '../../../../client/status/relations/parents';
import { faultsOf, rootCauseOf } from '../../../../client/status/relations/root-cause';
import { standingOf } from '../../../../client/status/relations/standing';
import { type StatusChange } from '../../../../client/status/store/change-batch';
import { StatusStore } from '../../../../client/status/store/status-store';
import { FakeClock } from '../../../support/fake-clock';
import { feed, fullObject, idOf, scopeOf } from '../../../support/live-objects';

function listening(store: StatusStore): StatusChange[] {
  const heard: StatusChange[] = [];
  store.onChange((change) => heard.push(change));
  return heard;
}

const release = (name: string, reason = 'InstallFailed', status = 'False') =>
  fullObject({ is: `HelmRelease apps/${name}`, conditions: [`Ready ${status} ${reason} x`] });

test('changes are told in one piece, at once after a pause and at most once in 208 ms', () => {
  const clock = new FakeClock();
  const store = new StatusStore(clock);
  const heard = listening(store);
  const scope = scopeOf('HelmRelease');
  store.put(scope, release('a'));
  store.put(scope, release('b'));
  assert.equal(heard.length, 0);
  clock.advance(0);
  assert.deepEqual([...(heard[0]?.objects ?? [])].sort(), [idOf('HelmRelease apps/a'), idOf('HelmRelease apps/b')]);
  assert.deepEqual([...(heard[0]?.contexts ?? [])], ['bench']);
  for (let at = 0; at < 1000; at += 10) {
    store.put(scope, release('a', `Reason${at}`));
    clock.advance(10);
  }
  assert.equal(heard.map(() => 'event').length, 5);
});

test('a clock that is set back delays nothing for long', () => {
  const clock = new FakeClock();
  const store = new StatusStore(clock);
  const heard = listening(store);
  store.put(scopeOf('HelmRelease'), release('a'));
  clock.advance(0);
  clock.jump(-3_600_000);
  store.put(scopeOf('HelmRelease'), release('b'));
  clock.advance(220);
  assert.equal(heard.length, 2);
});

test('what says nothing new is no change, be it listed again', () => {
  const clock = new FakeClock();
  const store = new StatusStore(clock);
  feed(store, [release('a')]);
  clock.advance(220);
  const heard = listening(store);
  const list = store.beginList(scopeOf('HelmRelease'));
  list.put({ ...release('a'), metadata: { name: 'a', namespace: 'apps', generation: 1, resourceVersion: '99' } });
  list.end();
  clock.advance(220);
  assert.deepEqual(heard, []);
});

test('a list that is complete removes what it does not hold; one that broke off removes nothing', () => {
  const store = new StatusStore(new FakeClock());
  feed(store, [release('a'), release('b')]);
  const scope = scopeOf('HelmRelease');
  const broken = store.beginList(scope);
  broken.put(release('a'));
  broken.abandon();
  assert.ok(store.get(idOf('HelmRelease apps/b')));
  const old = store.beginList(scope);
  const list = store.beginList(scope);
  list.put(release('a'));
  list.end();
  assert.equal(store.get(idOf('HelmRelease apps/b')), undefined);
  old.put(release('c'));
  old.end();
  assert.equal(store.get(idOf('HelmRelease apps/c')), undefined);
  assert.ok(store.get(idOf('HelmRelease apps/a')));
});

test('namespaces are watched apart, and give way to a list of all', () => {
  const store = new StatusStore(new FakeClock());
  const apps = scopeOf('HelmRelease', 'bench', 'apps');
  const team = scopeOf('HelmRelease', 'bench', 'team');
  store.put(apps, release('a'));
  store.put(team, fullObject({ is: 'HelmRelease team/x', conditions: ['Ready True InstallSucceeded x'] }));
  // An object that is not of the namespace is none of this watch.
  store.put(team, release('stray'));
  assert.equal(store.get(idOf('HelmRelease apps/stray')), undefined);
  const list = store.beginList(apps);
  list.end();
  assert.equal(store.get(idOf('HelmRelease apps/a')), undefined);
  assert.ok(store.get(idOf('HelmRelease team/x')));
  store.setState(apps, { name: 'forbidden', message: 'no' });
  store.setState(team, { name: 'live' });
  assert.equal(
    store.stateOf('bench', { group: apps.group, kind: 'HelmRelease', namespace: 'team', name: 'x' })?.name,
    'live',
  );
  const all = store.beginList(scopeOf('HelmRelease'));
  const kept = fullObject({ is: 'HelmRelease team/kept', spec: { dependsOn: [{ name: 'x' }] } });
  store.put(team, kept);
  all.put(release('b'));
  all.put(kept);
  all.end();
  assert.equal(store.get(idOf('HelmRelease team/x')), undefined);
  assert.ok(store.get(idOf('HelmRelease team/kept')));
  assert.equal(dependentsOf(store, 'bench', parseLiveId(idOf('HelmRelease team/x'))?.key ?? '').length, 1);
  const left = [...(store.find('bench')?.all() ?? [])].map(({ id }) => id.name);
  assert.deepEqual(left.sort(), ['b', 'kept']);
});

test('what may not be seen any more is not shown as it was', () => {
  const store = new StatusStore(new FakeClock());
  feed(store, [release('a')]);
  store.setState(scopeOf('HelmRelease'), { name: 'forbidden', message: 'no' });
  assert.equal(store.get(idOf('HelmRelease apps/a')), undefined);
});

test('without a connection the last known stands, and says since when', () => {
  const clock = new FakeClock();
  const store = new StatusStore(clock);
  feed(store, [release('a', 'InstallSucceeded', 'True')]);
  clock.advance(220);
  const heard = listening(store);
  store.setState(scopeOf('HelmRelease'), { name: 'disconnected', since: 42, message: 'lost' });
  clock.advance(220);
  assert.ok(heard[0]?.objects.has(idOf('HelmRelease apps/a')));
  const status = store.get(idOf('HelmRelease apps/a'));
  assert.equal(status && standingOf(store, 'bench', status).staleSince, 42);
});

test('what was last heard is old until a new connection has listed it', () => {
  const store = new StatusStore(new FakeClock());
  feed(store, [release('a', 'InstallSucceeded', 'True')]);
  const scope = scopeOf('HelmRelease');
  const since = (): number | undefined => {
    const status = store.get(idOf('HelmRelease apps/a'));
    return status && standingOf(store, 'bench', status).staleSince;
  };
  for (const before of [
    { name: 'paused', since: 5 },
    { name: 'disconnected', since: 5, message: 'lost' },
  ] as const) {
    store.setState(scope, before);
    store.setState(scope, { name: 'loading' });
    assert.equal(since(), 5, before.name);
    const list = store.beginList(scope);
    list.put(release('a', 'InstallSucceeded', 'True'));
    list.end();
    store.setState(scope, { name: 'live' });
    assert.equal(since(), undefined);
  }
});

test('a context that is forgotten leaves nothing, also not by a list that still arrives', () => {
  const store = new StatusStore(new FakeClock());
  feed(store, [release('a')]);
  const list = store.beginList(scopeOf('HelmRelease'));
  store.forget('bench');
  list.put(release('b'));
  list.end();
  assert.deepEqual(store.contexts(), []);
  assert.equal(store.get(idOf('HelmRelease apps/a')), undefined);
});

test('time alone makes an object behind, and that is told', () => {
  const clock = new FakeClock();
  const store = new StatusStore(clock);
  const status = { history: [{ lastReconciled: '2026-01-01T00:00:00Z' }] };
  feed(store, [fullObject({ is: 'Kustomization f/a', spec: { interval: '1m', wait: true }, status })]);
  clock.advance(220);
  const heard = listening(store);
  clock.advance(180_000);
  assert.deepEqual(heard, []);
  clock.advance(120_000);
  assert.deepEqual(
    heard.map(({ objects }) => [...objects]),
    [[idOf('Kustomization f/a')]],
  );
});

test('a source that changes is told for all that take it, however far', () => {
  const clock = new FakeClock();
  const store = new StatusStore(clock);
  feed(store, [
    fullObject({ is: 'HelmRepository f/charts', conditions: ['Ready True Succeeded x'] }),
    fullObject({ is: 'HelmChart f/f-web', spec: { sourceRef: { kind: 'HelmRepository', name: 'charts' } } }),
    fullObject({
      is: 'HelmRelease f/web',
      spec: { chart: { spec: { sourceRef: { kind: 'HelmRepository', name: 'charts' } } } },
    }),
    fullObject({ is: 'HelmRelease f/other' }),
  ]);
  clock.advance(220);
  const heard = listening(store);
  store.put(
    scopeOf('HelmRepository'),
    fullObject({ is: 'HelmRepository f/charts', conditions: ['Ready False Failed 404'] }),
  );
  clock.advance(220);
  const told = [...(heard[0]?.objects ?? [])].sort();
  assert.deepEqual(
    told,
    ['HelmRelease f/web', 'HelmChart f/f-web', 'HelmRepository f/charts'].map((is) => idOf(is)).sort(),
  );
});

test('one failure that blocks many is the first of the faults', () => {
  const waiting = (name: string, on: string) =>
    fullObject({
      is: `Kustomization f/${name}`,
      conditions: ['Ready False DependencyNotReady x'],
      spec: { dependsOn: [{ name: on }] },
    });
  const store = new StatusStore(new FakeClock());
  feed(store, [
    waiting('a', 'root'),
    waiting('b', 'a'),
    waiting('c', 'a'),
    fullObject({ is: 'Kustomization f/root', conditions: ['Ready False BuildFailed x'] }),
    fullObject({ is: 'Kustomization f/alone', conditions: ['Ready False BuildFailed x'] }),
  ]);
  const names = faultsOf(store, 'bench').map(({ root, blocked }) => [root, blocked.length]);
  assert.deepEqual(names, [
    [idOf('Kustomization f/root'), 3],
    [idOf('Kustomization f/alone'), 0],
  ]);
  assert.deepEqual(rootCauseOf(store, idOf('Kustomization f/c'))?.path, [
    idOf('Kustomization f/a'),
    idOf('Kustomization f/root'),
  ]);
});

test('the same object in hub and spoke is two objects', () => {
  const binding: { spoke?: string } = {};
  const clock = new FakeClock();
  const store = new StatusStore(clock, { contextOf: (context) => (context === 'hub' ? binding.spoke : undefined) });
  const apps = fullObject({
    is: 'Kustomization f/apps',
    conditions: ['Ready False BuildFailed x'],
    spec: { kubeConfig: { secretRef: { name: 'spoke' } } },
    inventory: ['apps/HelmRelease/web', 'apps/ConfigMap/web'],
  });
  const labels = { 'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'f' };
  const web = (reason: string, status: string) =>
    fullObject({ is: 'HelmRelease apps/web', conditions: [`Ready ${status} ${reason} x`], metadata: { labels } });
  feed(store, [apps, web('InstallSucceeded', 'True')], 'hub');
  feed(store, [web('InstallFailed', 'False')], 'spoke');
  clock.advance(220);
  const hub = store.get(idOf('Kustomization f/apps', 'hub'));
  assert.ok(hub);
  const children = () => childrenOf(store, 'hub', hub)?.map(({ context, status }) => [context, status?.phase]);
  const parents = (context: string) => {
    const status = store.get(idOf('HelmRelease apps/web', context));
    return status === undefined ? undefined : parentsOf(store, context, status);
  };
  // Nobody said which cluster it is: the namesake of the hub has nothing to do with it.
  assert.deepEqual(children(), [
    [undefined, undefined],
    [undefined, undefined],
  ]);
  assert.deepEqual([parents('hub'), parents('spoke')], [[], []]);
  const own = store.get(idOf('HelmRelease apps/web', 'hub'));
  assert.equal(own && standingOf(store, 'hub', own).state, 'ready');
  const configMap = { group: '', kind: 'ConfigMap', namespace: 'apps', name: 'web' };
  assert.deepEqual(appliersOf(store, 'hub', configMap), []);

  const heard = listening(store);
  binding.spoke = 'spoke';
  store.targetsChanged();
  clock.advance(220);
  assert.ok(heard[0]?.objects.has(idOf('HelmRelease apps/web', 'spoke')));
  assert.deepEqual(children(), [
    ['spoke', 'failed'],
    ['spoke', undefined],
  ]);
  assert.deepEqual([parents('hub'), parents('spoke')], [[], [liveId('hub', hub.key)]]);
  assert.deepEqual(appliersOf(store, 'spoke', configMap), [liveId('hub', hub.key)]);
  assert.deepEqual(appliersOf(store, 'hub', configMap), []);
});

test('nothing of an object but what is derived is kept', () => {
  const store = new StatusStore(new FakeClock());
  const marker = 'marker-that-must-not-stay';
  const object = fullObject({
    is: 'HelmRelease apps/web',
    metadata: { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': marker }, managedFields: [marker] },
    spec: { values: { password: marker }, valuesFrom: [{ kind: 'Secret', name: marker }], postRenderers: [marker] },
    status: { lastAttemptedConfigDigest: marker },
  });
  feed(store, [object]);
  assert.ok(!JSON.stringify(store.get(idOf('HelmRelease apps/web'))).includes(marker));
});

test('objects of any shape are read without a throw', () => {
  const store = new StatusStore(new FakeClock());
  const scope = scopeOf('Kustomization');
  const odd = [null, 7, 'text', [], [null], {}, { conditions: 'no' }, { name: 7 }];
  for (const value of odd) {
    store.put(scope, { metadata: value, spec: value, status: value });
    store.put(scope, {
      metadata: { name: 'x', namespace: 'f', generation: value, labels: value, annotations: value },
      spec: {
        dependsOn: value,
        sourceRef: value,
        suspend: value,
        interval: value,
        kubeConfig: value,
        healthChecks: value,
      },
      status: { conditions: value, inventory: value, history: value, lastAppliedRevision: value },
    });
    store.put(scope, {
      metadata: { name: 'x', namespace: 'f' },
      spec: { dependsOn: [value], healthChecks: [value] },
      status: { conditions: [value], inventory: { entries: [value, { id: value }] }, history: [value] },
    });
  }
  assert.equal([...(store.find('bench')?.all() ?? [])].length, 1);
});

test('a kind that is lost and found again is told whole; one that was loading is not', () => {
  const clock = new FakeClock();
  const store = new StatusStore(clock);
  const scope = scopeOf('HelmRelease');
  store.put(scope, release('a'));
  clock.advance(1_000);
  const heard = listening(store);
  const told = (): number => heard.splice(0).reduce((sum, { objects }) => sum + objects.size, 0);
  store.setState(scope, { name: 'live' });
  clock.advance(1_000);
  assert.equal(told(), 0);
  store.setState(scope, { name: 'disconnected', since: 1, message: 'gone' });
  clock.advance(1_000);
  assert.equal(told(), 1);
  store.setState(scope, { name: 'live' });
  clock.advance(1_000);
  assert.equal(told(), 1);
});

test('one who listens and throws silences nobody', () => {
  const clock = new FakeClock();
  const store = new StatusStore(clock);
  let isBroken = true;
  store.onChange(() => {
    if (isBroken) throw new Error('planted');
  });
  store.put(scopeOf('HelmRelease'), release('a'));
  assert.throws(() => clock.advance(0), /planted/);
  isBroken = false;
  const heard = listening(store);
  store.put(scopeOf('HelmRelease'), release('b'));
  clock.advance(220);
  assert.equal(heard.length, 1);
});
