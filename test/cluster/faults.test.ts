import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parse } from 'yaml';
import { type WatchScope } from '../../client/status/object-sink';
import { FaultProxy } from '../kube/support/fault-proxy';
import { Bench, benchIsMissing, eventually } from './support/bench';
import { FileClient } from './support/file-client';
import { heapInUse } from './support/heap';

const missing = benchIsMissing();
if (missing !== undefined)
  console.log(`SKIPPED: faults before the real API server. ${missing}. Nothing below was proved.`);
const skip = missing === undefined ? false : missing;

const flux = 'toolkit.fluxcd.io';
const sources = (context: string): WatchScope => ({
  ...{ context, group: `source.${flux}`, version: 'v1', kind: 'GitRepository', plural: 'gitrepositories' },
});
const kustomizations = (context: string): WatchScope => ({
  ...{ context, group: `kustomize.${flux}`, version: 'v1', kind: 'Kustomization', plural: 'kustomizations' },
});
const pause = (milliseconds: number): Promise<void> => new Promise((next) => setTimeout(next, milliseconds));
const gone = JSON.stringify({
  type: 'ERROR',
  object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' },
});

describe('after each fault the store equals a fresh list of the real API server within five seconds', { skip }, () => {
  let bench: Bench;
  let proxy: FaultProxy;
  let client: FileClient;
  let folder: string;
  let heapBefore = 0;

  before(async () => {
    bench = Bench.start();
    folder = join(bench.state, 'client');
    mkdirSync(folder);
    const { clusters, users } = parse(bench.kubeconfig) as {
      clusters: { cluster: { server: string; 'certificate-authority-data': string } }[];
      users: { name: string; user: { token?: string } }[];
    };
    const [cluster] = clusters;
    assert.ok(cluster);
    proxy = new FaultProxy(
      () => cluster.cluster.server,
      Buffer.from(cluster.cluster['certificate-authority-data'], 'base64').toString(),
    );
    await proxy.start();
    bench.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'faults' } });
    client = await connected('viewer', users.find(({ name }) => name === 'viewer')?.user.token ?? '');
    const isSeeded = async (): Promise<boolean> => (await bench.list('kustomizations')).length > 10;
    await eventually('the seed', isSeeded, 60);
    await equal('before any fault');
    heapBefore = heapInUse();
  });
  after(async () => {
    await client.end();
    await proxy.stop();
    bench.stop();
  });

  const kubeconfig = (name: string, token: string): string =>
    JSON.stringify({
      contexts: [{ name, context: { cluster: 'c', user: 'u' } }],
      clusters: [{ name: 'c', cluster: { server: proxy.url } }],
      users: [{ name: 'u', user: { token } }],
    });

  async function connected(name: string, token: string): Promise<FileClient> {
    const path = join(folder, name);
    writeFileSync(path, kubeconfig(name, token));
    const made = new FileClient(path);
    assert.deepEqual(await made.contexts.connect(name), { name: 'connected' });
    return made;
  }

  const equal = (what: string): Promise<number> =>
    client.equalsFreshList(what, bench, sources('viewer'), kustomizations('viewer'));

  let made = 0;
  /** One object is made, one changed and one deleted. */
  async function change(): Promise<void> {
    made++;
    const source = (name: string): object => ({
      apiVersion: `source.${flux}/v1`,
      kind: 'GitRepository',
      metadata: { name, namespace: 'faults' },
      spec: { interval: '10m', suspend: true, url: `http://127.0.0.1:1/${made}` },
    });
    bench.apply(source(`made-${made}`));
    bench.apply(source('changed'));
    if (made > 1) await bench.kubectl('delete', 'gitrepository', `made-${made - 1}`, '-n', 'faults');
  }

  const sourceNames = (): string[] =>
    [...(client.witness.store.find('viewer')?.ofKind(`source.${flux}`, 'GitRepository') ?? [])].map(
      ({ id }) => id.name,
    );

  test('without a fault: a change is seen within a second', async (context) => {
    await change();
    const took = await eventually('the change', () => sourceNames().includes(`made-${made}`), 1);
    context.diagnostic(`seen ${Math.round(took)} ms after kubectl was done`);
    await equal('a change');
  });

  const refuse =
    (status: number, headers: Record<string, string> = {}) =>
    (): void => {
      proxy.answer = () => ({ status, headers, body: '{}' });
      proxy.cut();
    };
  const serve = (): void => void (proxy.answer = () => undefined);
  const nothing = (): void => undefined;
  const faults: readonly (readonly [name: string, begin: () => void, end: () => void])[] = [
    ['every connection is cut', () => proxy.cut(), nothing],
    ['the way is down', () => proxy.down(), () => proxy.up()],
    ['410 in mid-stream', () => proxy.inject(`${gone}\n`), nothing],
    ['429', refuse(429), serve],
    ['429 with Retry-After', refuse(429, { 'retry-after': '1' }), serve],
    ['500', refuse(500), serve],
    ['a slow connection', () => (proxy.slow = 64), () => (proxy.slow = 0)],
  ];
  for (const [name, begin, end] of faults) {
    test(name, async (context) => {
      begin();
      await change();
      await pause(3_000);
      end();
      context.diagnostic(`equal after ${Math.round(await equal(name))} ms`);
      assert.equal(client.contexts.state('viewer').name, 'connected');
    });
  }

  test('the controllers are started anew: what they do after that is seen', async (context) => {
    const names = ['source-controller', 'kustomize-controller', 'helm-controller'];
    const commands = await Promise.all(names.map((name) => bench.end(name, 'SIGTERM')));
    const token = `restart-${Date.now()}`;
    const annotation = `reconcile.fluxcd.io/requestedAt=${token}`;
    await bench.kubectl('annotate', '--overwrite', 'kustomization', 'ready', '-n', 'flux-system', annotation);
    await equal('without controllers');
    const ready = (): { requested: string; handled: string } | undefined => {
      const all = client.witness.store.find('viewer')?.ofKind(`kustomize.${flux}`, 'Kustomization') ?? [];
      return [...all].find(({ id }) => id.name === 'ready');
    };
    assert.equal(ready()?.requested, token);
    assert.notEqual(ready()?.handled, token);
    for (const [at, name] of names.entries()) {
      const command = commands[at];
      assert.ok(command);
      bench.begin(name, command);
    }
    const isHandled = async (): Promise<boolean> =>
      JSON.stringify(await bench.get('kustomization', 'flux-system', 'ready')).includes(
        `"lastHandledReconcileAt":"${token}"`,
      );
    await eventually('the controllers', isHandled, 60);
    await eventually('the store', () => ready()?.handled === token, 1);
    context.diagnostic(`equal after ${Math.round(await equal('the controllers'))} ms`);
  });

  test('a login that ends is told and not tried again; another one in the kubeconfig is enough', async (context) => {
    // A token is worth nothing without its account.
    const tokenOf = async (name: string): Promise<string> => {
      bench.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'faults' } });
      bench.apply({
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRoleBinding',
        metadata: { name },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
        subjects: [{ kind: 'ServiceAccount', name, namespace: 'faults' }],
      });
      await eventually(name, () => bench.kubectl('get', 'serviceaccount', name, '-n', 'faults').then(Boolean), 5);
      await pause(1_000);
      return (await bench.kubectl('create', 'token', name, '-n', 'faults')).trim();
    };
    const [first, second] = [await tokenOf('first'), await tokenOf('second')];
    const guest = await connected('guest', first);
    const isEqual = (what: string): Promise<number> => guest.equalsFreshList(what, bench, sources('guest'));
    await isEqual('the first login');
    await bench.kubectl('delete', 'serviceaccount', 'first', '-n', 'faults');
    // For ten seconds the server still remembers the token as good.
    await pause(12_000);
    const ofGuest: string[] = [];
    proxy.answer = ({ headers, url = '' }) => {
      if (headers.authorization === `Bearer ${first}`) ofGuest.push(url);
      return undefined;
    };
    proxy.cut();
    await eventually('the end of the login', () => guest.contexts.state('guest').name === 'failed', 5);
    const state = guest.contexts.state('guest');
    assert.ok(state.name === 'failed');
    assert.equal(state.failure.message, 'guest did not accept the login. Log in again, then connect.');
    // What was on its way arrives.
    await pause(1_000);
    const asked = ofGuest.length;
    await change();
    await pause(5_000);
    assert.equal(ofGuest.length, asked, 'no request without a click');
    guest.rewrite(kubeconfig('guest', second));
    context.diagnostic(`equal after ${Math.round(await isEqual('the second login'))} ms`);
    serve();
    await guest.end();
    await equal('the other client');
  });

  test('nothing of all that is left in memory', (context) => {
    const more = heapInUse() - heapBefore;
    context.diagnostic(`${Math.round(more / 1024)} KiB more`);
    assert.ok(more < 8 * 1024 * 1024);
  });
});
