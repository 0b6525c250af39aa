import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bindings } from '../../../../client/status/binding/bindings';
import { StatusStore } from '../../../../client/status/store/status-store';
import { targetAt } from '../../../../client/views/live/targets';
import { FakeClock } from '../../../support/fake-clock';
import { FakeVscode, withVscode } from '../../../support/fake-vscode';
import { feed, fullObject, scopeOf } from '../../../support/live-objects';

const vscode = new FakeVscode();
const loaded = withVscode(vscode, () => import('../../../../client/commands/object-action/choose-target'));
const kustomization = 'kustomize.toolkit.fluxcd.io/Kustomization/f';
const release = 'helm.toolkit.fluxcd.io/HelmRelease/web/web';
const server = 'https://hub:6443';

/** A hub that applies a release to a spoke, and has one of the same name itself. */
async function choose(
  address: string,
  { spoke, bound = true, isLoading = false }: { spoke?: string; bound?: boolean; isLoading?: boolean } = {},
) {
  const { chooseTarget } = await loaded;
  vscode.notices.length = 0;
  const kept = new Map<string, string>();
  const memory = {
    get: (key: string) => kept.get(key),
    set: (key: string, value: string | undefined) => Promise.resolve(void kept.set(key, value ?? '')),
  };
  const bindings = new Bindings(memory, (context) => ({ context, server, caHash: 'ca' }));
  if (bound) {
    const what = { kind: 'cluster', root: 'file:///r', path: 'clusters/home' } as const;
    await bindings.confirm(what, { context: 'hub', server, caHash: 'ca' }, 0);
  }
  const store = new StatusStore(new FakeClock(), { contextOf: () => spoke });
  feed(
    store,
    [
      fullObject({ is: 'Kustomization f/away', spec: { kubeConfig: { secretRef: { name: 'spoke' } } } }),
      fullObject({ is: 'Kustomization f/here', inventory: ['web/HelmRelease/web'] }),
      fullObject({ is: 'HelmRelease web/web' }),
    ],
    'hub',
  );
  if (isLoading) store.setState(scopeOf('Kustomization', 'hub'), { name: 'loading' });
  const live = {
    clusters: { store, isTrusted: true, known: () => Promise.resolve({}), requests: () => ({}) },
    bindings,
    target: (path: string) => targetAt(store, path),
    targets: () => [],
  };
  const status = { state: { kind: 'running' }, clusters: new Map([['file:///r', []]]) };
  const context = { live: () => Promise.resolve(live), server: { status: () => status } };
  const chosen = await chooseTarget(
    context as never,
    { root: 'file:///r', address },
    { verb: 'Suspend', capability: 'suspend' },
  );
  return { context: chosen?.target.context, notices: [...vscode.notices] };
}

test('a command on a line acts on the context that the user bound, and on nothing without', async () => {
  const address = `clusters/home|${kustomization}/here|${release}`;
  assert.deepEqual(await choose(address), { context: 'hub', notices: [] });
  const unbound = await choose(address, { bound: false });
  assert.equal(unbound.context, undefined);
  assert.match(unbound.notices.join(), /No context is bound to cluster clusters\/home/);
});

test('a command on a line never acts on the namesake of what is applied to another cluster', async () => {
  const address = `clusters/home|${kustomization}/away|${release}`;
  const unbound = await choose(address);
  assert.equal(unbound.context, undefined);
  assert.deepEqual(unbound.notices, [
    "HelmRelease web/web lives in another cluster. Bind the Kustomization's cluster to a context first.",
  ]);
  assert.deepEqual(await choose(address, { spoke: 'spoke' }), { context: 'spoke', notices: [] });
});

test('before who applies it was listed nobody can tell, and nothing is done', async () => {
  const address = `clusters/home|${kustomization}/later|${release}`;
  const early = await choose(address, { isLoading: true });
  assert.equal(early.context, undefined);
  assert.match(early.notices.join(), /^Kustomization f\/later of hub, which applies it, is not known yet/);
  assert.equal((await choose(address)).context, 'hub');
});
