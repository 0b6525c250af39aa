import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bindings } from '../../../../client/status/binding/bindings';
import { boundClusters } from '../../../../client/status/binding/bound-clusters';
import { type MachineStorage } from '../../../../client/status/binding/machine-storage';
import { freezePlan } from '../../../../client/status/freeze/freeze-plan';
import { freezeSummary, freezeText } from '../../../../client/status/freeze/freeze-text';
import { fieldsOfTexts } from '../../../../client/status/freeze/rendered-texts';
import { undoOf, undoSteps } from '../../../../client/status/freeze/undo';
import { dropUndo, keepUndo, undoLists } from '../../../../client/status/freeze/undo-storage';
import { commitOf, revertCommands, wayBackText, type WayBack } from '../../../../client/status/freeze/way-back-text';
import { reconcileChain } from '../../../../client/status/reconcile-chain';
import { StatusStore } from '../../../../client/status/store/status-store';
import { parseLiveId, type LiveId } from '../../../../client/status/live/live-id';
import { parseResourceKey } from '../../../../server/model/resource-id';
import { FakeClock } from '../../../support/fake-clock';
import { feed, fullObject, idOf, scopeOf, type ShortObject } from '../../../support/live-objects';

function storeOf(objects: readonly ShortObject[]): StatusStore {
  const store = new StatusStore(new FakeClock());
  feed(store, objects.map(fullObject));
  return store;
}

function memory(): MachineStorage & { keys(): readonly string[]; readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    get: (key) => kept.get(key),
    set: (key, value) => {
      if (value === undefined) kept.delete(key);
      else kept.set(key, value);
      return Promise.resolve();
    },
    keys: () => [...kept.keys()],
  };
}

const names = (ids: readonly LiveId[]): string[] => ids.map((id) => id.split('/').slice(1).join('/'));

test('the console says what is suspended, and what does not hold by what Git renders', () => {
  const store = storeOf([
    {
      is: 'Kustomization flux-system/flux-system',
      inventory: ['flux-system/Kustomization/apps'],
      spec: { suspend: true },
    },
    { is: 'Kustomization flux-system/apps', inventory: ['web/HelmRelease/held', 'web/HelmRelease/reset'] },
    { is: 'HelmRelease web/held' },
    { is: 'HelmRelease web/reset' },
  ]);
  const release = (name: string, suspend: string): string =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: ${name}, namespace: web}\nspec: {interval: 1m${suspend}}\n`;
  const text = `${release('held', '')}---\n${release('reset', ', suspend: false')}`;
  const rendered = fieldsOfTexts('bench', new Map([[idOf('Kustomization flux-system/apps'), text]]));
  const plan = freezePlan(store, 'bench', rendered);
  assert.equal(
    freezeText(plan),
    [
      'Freeze bench: 3 objects in all namespaces',
      '',
      'Suspended, in this order:',
      '  Kustomization flux-system/apps',
      '  HelmRelease web/held',
      '  HelmRelease web/reset',
      '',
      'Not holding:',
      '  Kustomization flux-system/apps sets spec.suspend to false for HelmRelease web/reset. It resumes it as soon as it is resumed.',
      '',
      'Suspended before, left as they are:',
      '  Kustomization flux-system/flux-system',
      '',
    ].join('\n'),
  );
  assert.deepEqual(freezeSummary(plan), [
    'Suspended are 1 Kustomization, 2 HelmReleases.',
    '1 object was suspended before and stays so.',
    '1 object does not stay suspended once who applies it is resumed.',
    'What runs goes on running; nothing of Git reaches it until it is resumed.',
  ]);
});

test('a freeze says of which kinds not everything is known', () => {
  const store = storeOf([{ is: 'Kustomization flux-system/apps' }]);
  const nothing = fieldsOfTexts('bench', new Map());
  assert.deepEqual(freezePlan(store, 'bench', nothing).unknown, []);
  store.setState(scopeOf('HelmRelease'), { name: 'forbidden', message: 'no' });
  const { unknown } = freezePlan(store, 'bench', nothing);
  assert.deepEqual(unknown, ['Not all objects of kind HelmRelease are known (forbidden): those that are not go on.']);
  assert.ok(freezeText(freezePlan(store, 'bench', nothing)).includes(unknown[0] ?? '?'));
  assert.equal(freezePlan(store, 'other', nothing).unknown.length, 3);
});

test('what takes actions back is kept on this machine, newest first, and read with care', async () => {
  const storage = memory();
  const list = (name: string) => undoOf([{ id: idOf(`Kustomization a/${name}`), action: 'suspend' }], 5, 'me', name);
  await keepUndo(storage, 'bench', list('one'));
  await keepUndo(storage, 'bench', list('two'));
  assert.deepEqual(
    undoLists(storage, 'bench').map(({ reason }) => reason),
    ['two', 'one'],
  );
  assert.deepEqual(undoLists(storage, 'bench')[0]?.steps, [{ id: idOf('Kustomization a/two'), action: 'resume' }]);
  assert.deepEqual(undoLists(storage, 'other'), []);
  await dropUndo(storage, 'bench', list('two'));
  await dropUndo(storage, 'bench', list('one'));
  assert.equal(storage.kept.size, 0);
  for (const broken of [
    '{',
    '[1, {}]',
    '[{"at":1,"by":"","reason":"","steps":[{"id":"no","action":"resume"}]}]',
    '7',
  ]) {
    await storage.set('undo/bench', broken);
    assert.deepEqual(undoLists(storage, 'bench'), []);
  }
  for (let index = 0; index < 30; index++) await keepUndo(storage, 'bench', list(`n${index}`));
  assert.equal(undoLists(storage, 'bench').length, 20);
});

test('what was done on another server under the same context is not taken back there', async () => {
  const storage = memory();
  const done = [{ id: idOf('Kustomization a/x'), action: 'suspend' }] as const;
  await keepUndo(storage, 'bench', undoOf(done, 5, 'me', 'old'));
  await keepUndo(storage, 'bench', undoOf(done, 6, 'me', 'here', 'https://one:6443'));
  await keepUndo(storage, 'bench', undoOf(done, 7, 'me', 'elsewhere', 'https://two:6443'));
  const reasons = (server?: string) => undoLists(storage, 'bench', server).map(({ reason }) => reason);
  assert.deepEqual(reasons('https://ONE:6443/'), ['here', 'old']);
  assert.deepEqual(reasons(), ['elsewhere', 'here', 'old']);
  await dropUndo(storage, 'bench', undoOf(done, 6, 'me', 'here', 'https://one:6443'));
  assert.deepEqual(reasons(), ['elsewhere', 'old']);
});

test('an undo leaves out what is gone for certain, never what no watch has told of yet', () => {
  const store = storeOf([
    { is: 'Kustomization a/apps', spec: { suspend: true, dependsOn: [{ name: 'infra' }] } },
    { is: 'Kustomization a/infra', spec: { suspend: true } },
  ]);
  const ids = ['Kustomization a/apps', 'Kustomization a/gone', 'Kustomization a/infra', 'HelmRelease a/web'];
  const list = undoOf(ids.map((is) => ({ id: idOf(is), action: 'suspend' }) as const).reverse(), 5, 'me', '');
  const steps = () => undoSteps(store, list).map(({ id, action }) => `${action} ${id.split('/').slice(2).join('/')}`);
  assert.deepEqual(steps(), ['resume a/infra', 'resume a/apps']);
  store.setState(scopeOf('HelmRelease'), { name: 'disconnected', since: 1, message: 'lost' });
  assert.deepEqual(steps(), ['resume a/infra', 'resume a/apps', 'resume a/web']);
  store.setState(scopeOf('Kustomization'), { name: 'forbidden', message: 'no' });
  assert.equal(steps().length, 4, 'what may not be listed any more is suspended still');
  assert.equal(undoSteps(new StatusStore(new FakeClock()), list).length, 4, 'nothing was listed yet');
});

test('the chain of an object goes from sources over those who apply to the object', () => {
  const store = storeOf([
    { is: 'GitRepository flux-system/flux-system' },
    {
      is: 'Kustomization flux-system/flux-system',
      spec: { sourceRef: { kind: 'GitRepository', name: 'flux-system' } },
      inventory: [
        'flux-system/Kustomization/flux-system',
        'flux-system/GitRepository/flux-system',
        'flux-system/Kustomization/apps',
      ],
    },
    {
      is: 'Kustomization flux-system/apps',
      spec: { sourceRef: { kind: 'GitRepository', name: 'flux-system' } },
      inventory: ['web/HelmRelease/app', 'web/HelmRepository/charts', 'web/HelmRelease/other'],
    },
    { is: 'HelmRepository web/charts', spec: { type: 'oci' } },
    {
      is: 'HelmRelease web/app',
      spec: { chart: { spec: { sourceRef: { kind: 'HelmRepository', name: 'charts' } } } },
    },
    { is: 'HelmChart web/web-app', spec: { sourceRef: { kind: 'HelmRepository', name: 'charts' } } },
    { is: 'HelmRelease web/other' },
  ]);
  const id = parseResourceKey(parseLiveId(idOf('HelmRelease web/app'))?.key ?? '');
  assert.ok(id);
  const { steps, passedOver } = reconcileChain(store, 'bench', [id]);
  assert.deepEqual(names(steps), [
    'GitRepository/flux-system/flux-system',
    'Kustomization/flux-system/flux-system',
    'Kustomization/flux-system/apps',
    'HelmChart/web/web-app',
    'HelmRelease/web/app',
  ]);
  assert.deepEqual(names(passedOver), ['HelmRepository/web/charts']);
});

test('a chain of several objects ends with what waits for them, in order', () => {
  const source = { sourceRef: { kind: 'GitRepository', name: 'own' } };
  const store = storeOf([
    { is: 'GitRepository f/own' },
    { is: 'Kustomization f/last', spec: { ...source, dependsOn: [{ name: 'next' }] } },
    { is: 'Kustomization f/next', spec: { ...source, dependsOn: [{ name: 'apps' }] } },
    { is: 'Kustomization f/held', spec: { ...source, suspend: true, dependsOn: [{ name: 'apps' }] } },
    { is: 'Kustomization f/apps', spec: { ...source, dependsOn: [{ name: 'base' }] }, inventory: ['w/HelmRelease/a'] },
    { is: 'Kustomization f/base', spec: source },
    { is: 'HelmRelease w/a' },
    { is: 'HelmRelease w/b', spec: { suspend: true } },
  ]);
  const ids = ['HelmRelease w/b', 'HelmRelease w/a', 'Kustomization f/apps'].flatMap((is) => {
    return parseResourceKey(parseLiveId(idOf(is))?.key ?? '') ?? [];
  });
  const { steps, passedOver } = reconcileChain(store, 'bench', ids, true);
  assert.deepEqual(
    names(steps).map((name) => name.split('/').at(-1)),
    ['own', 'apps', 'a', 'next', 'last'],
  );
  assert.deepEqual(names(passedOver), ['HelmRelease/w/b', 'Kustomization/f/held']);
});

test('a chain says who applies something of it from another context', () => {
  const store = new StatusStore(new FakeClock(), { contextOf: (context) => (context === 'hub' ? 'bench' : undefined) });
  const target = { prune: true, kubeConfig: { secretRef: { name: 'spoke' } } };
  const away = { is: 'Kustomization f/away', spec: target, inventory: ['w/HelmRelease/web'] };
  feed(store, [fullObject(away)], 'hub');
  feed(store, [fullObject({ is: 'HelmRelease w/web' })]);
  const id = parseResourceKey(parseLiveId(idOf('HelmRelease w/web'))?.key ?? '');
  assert.ok(id);
  const { steps, elsewhere } = reconcileChain(store, 'bench', [id]);
  assert.deepEqual(steps, [idOf('HelmRelease w/web')]);
  assert.deepEqual(elsewhere, [idOf('Kustomization f/away', 'hub')]);
});

test('commands of git are made of commits and branches alone', () => {
  const good = '1'.repeat(40);
  const way: WayBack = { cluster: 'prod', source: 'flux-system/own', good, bad: '2222222', branch: 'main' };
  assert.deepEqual(revertCommands(way), [
    'git fetch origin main',
    'git switch main',
    'git merge --ff-only FETCH_HEAD',
    `git revert --no-edit ${good}..2222222`,
    'git push origin main',
  ]);
  for (const hostile of [{ branch: '$(touch x)' }, { branch: '--upload-pack=x' }, { bad: '1; rm' }, { good: 'HEAD' }]) {
    assert.deepEqual(revertCommands({ ...way, ...hostile }), []);
    assert.match(wayBackText({ ...way, ...hostile }), /revert by hand/);
  }
  assert.equal(commitOf(`main@sha1:${good}`), good);
  assert.equal(commitOf(`sha1:${good}`), good);
  assert.equal(commitOf(`main/${good}`), good);
  assert.equal(commitOf('1.0.0@sha256:abc'), undefined);
  assert.equal(commitOf('main@sha1:$(x)'), undefined);
});

test('all that was bound is listed, other keys are not', async () => {
  const storage = memory();
  const bindings = new Bindings(storage, () => undefined);
  const identity = { context: 'staging', server: 'https://a', caHash: '' };
  const cluster = { kind: 'cluster', root: 'file:///r/a b', path: 'clusters/home' } as const;
  const target = { kind: 'target', context: 'hub', target: 'Secret/a/b/value' } as const;
  await bindings.confirm(cluster, identity, 1);
  await bindings.confirm(target, identity, 2);
  await storage.set('binding/cluster/%', 'x');
  await storage.set('binding/cluster/a/b', '{');
  await storage.set('undo/staging', '[]');
  assert.deepEqual(
    boundClusters(storage).map(({ what }) => what),
    [cluster, target],
  );
});
