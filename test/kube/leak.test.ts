import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../unit/host/temporary-folder';
import { ApiClient } from '../../client/kube/api/client';
import { readKubeconfig } from '../../client/kube/kubeconfig/read';
import { targetOf } from '../../client/kube/kubeconfig/target';
import { follow, newProgress } from '../../client/kube/watch/follow';
import { createRecovery } from '../../client/kube/watch/recovery';
import { createTurns } from '../../client/kube/watch/turns';
import { type KnownContexts } from '../../client/kube/kube';
import { status } from './support/answers';
import { createAuthority } from './support/certificates';
import { turn, until } from './support/manual-clock';
import { kubeconfigFor, kubeconfigPath, kubeWorld, kustomization, openScene, type Scene } from './support/scene';

const marker = 'PLANTED';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Everything that could be written somewhere: log, states, what is known of contexts, what is stored. */
async function everythingSaid(
  scene: Pick<Scene, 'logged' | 'sink' | 'contexts' | 'stored' | 'questions'>,
  more: unknown[],
): Promise<string> {
  const known: KnownContexts = await scene.contexts.known();
  const { logged, sink, stored, questions } = scene;
  return JSON.stringify([logged, [...sink.states], known, [...stored], questions, more]);
}

function assertClean(said: string): void {
  for (const form of [marker, base64(marker).slice(0, -2), Buffer.from(marker).toString('hex')]) {
    assert.ok(!said.includes(form), said.slice(Math.max(0, said.indexOf(form) - 200), said.indexOf(form) + 50));
  }
}

const users: readonly (readonly [name: string, user: string])[] = [
  ['a token', `token: ${marker}-token`],
  ['a password', `username: u, password: ${marker}-password`],
  [
    'a certificate and key',
    `client-certificate-data: ${base64(marker)}, client-key-data: ${base64(marker)}, token: ${marker}`,
  ],
  [
    'an OIDC token',
    `auth-provider: {name: oidc, config: {id-token: ${marker}, refresh-token: ${marker}, client-secret: ${marker}, idp-issuer-url: 'http://127.0.0.1:1'}}`,
  ],
];

for (const [name, user] of users) {
  test(`${name} is in nothing that is said, also when the server repeats it`, async (context) => {
    const scene = await openScene(context, { user });
    scene.server.put(kustomization('app'));
    scene.contexts.look();
    const states: unknown[] = [await scene.contexts.connect('test')];
    await turn(50);
    const echo =
      (code: number) =>
      ({ headers, path }: Scene['server']['seen'][number]) => {
        const secret = (headers.authorization ?? '').replace(/^\w+ /, '');
        return path.includes('kustomizations') || code === 401
          ? status(code, 'X', `no ${secret} for ${path}`)
          : undefined;
      };
    const id = { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization', namespace: 'a', name: 'b' };
    for (const code of [400, 403, 409, 422, 429, 500, 401]) {
      scene.server.intercept = echo(code);
      states.push(await scene.contexts.requests('test')?.get(id));
      scene.proxy.cut();
      await scene.clock.advance(2_000);
      await turn(20);
    }
    states.push(scene.contexts.state('test'));
    scene.files.write(kubeconfigPath, `${kubeconfigFor(scene.proxy.url, user)}broken: [${marker}`);
    await scene.clock.advance(1_000);
    assertClean(await everythingSaid(scene, states));
  });
}

test('what a login plug-in prints, or is given, is in nothing that is said', async (context) => {
  const folder = temporaryFolder(context);
  const path = join(folder, 'login');
  for (const script of [
    `console.log(JSON.stringify({ kind: 'ExecCredential', apiVersion: 'client.authentication.k8s.io/v1', status: { token: '${marker}' } }))`,
    `console.error('${marker}'); console.log('${marker}'); process.exit(1)`,
    `console.log('${marker}')`,
  ]) {
    writeFileSync(path, `#!${process.execPath}\n${script}\n`);
    chmodSync(path, 0o755);
    const user = `exec: {apiVersion: client.authentication.k8s.io/v1, command: '${path}', interactiveMode: Never, env: [{name: SECRET, value: ${marker}}]}`;
    const scene = await openScene(context, { user });
    scene.server.intercept = ({ headers }) => status(403, 'X', `no ${headers.authorization ?? ''}`);
    const state = await scene.contexts.connect('test');
    assert.equal(state.name, 'failed');
    assertClean(await everythingSaid(scene, [state]));
  }
});

test('values of Secrets are in nothing that is handed on', async (context) => {
  const scene = await openScene(context);
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's', namespace: 'a' },
    data: { key: base64(marker) },
  };
  scene.server.put(secret);
  await scene.contexts.connect('test');
  const requests = scene.contexts.requests('test');
  const id = { group: '', kind: 'Secret', namespace: 'a', name: 's' };
  const outcomes = [
    await requests?.get(id),
    await requests?.get(id, 'v1'),
    await requests?.dryRun(secret, id, 'flux'),
    await requests?.delete(id, { propagation: 'Background', uid: 'other' }),
  ];
  assertClean(await everythingSaid(scene, outcomes));
});

test('a watch of Secrets holds metadata only, also when the server sends more', async (context) => {
  const scene = await openScene(context);
  const copy = { 'kubectl.kubernetes.io/last-applied-configuration': base64(marker) };
  const secret = (name: string) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: 'a', annotations: copy },
    data: { key: base64(marker) },
  });
  scene.server.put(secret('listed'));
  const kubeconfig = readKubeconfig(kubeconfigFor(scene.proxy.url), '/f', 'linux');
  const client = new ApiClient(targetOf({ paths: [], kubeconfig }, 'test'), scene.ports, () => undefined);
  const scope = { context: 'test', group: '', version: 'v1', kind: 'Secret', plural: 'secrets' };
  const end = new AbortController();
  const nothing = (): undefined => undefined;
  const gate = { failure: undefined, isYoung: false, lost: nothing, doubt: nothing, open: () => Promise.resolve() };
  const { sink, ports } = scene;
  const surroundings = { sink, client, ports, gate, recovery: createRecovery(ports), lists: createTurns(1) };
  const over = follow({ scope, metadataOnly: true }, newProgress(), surroundings, end.signal);
  await until(() => scene.proxy.openWatches === 1);
  scene.server.put(secret('watched'));
  scene.proxy.inject(
    `${JSON.stringify({ type: 'ADDED', object: { ...secret('whole'), metadata: { name: 'whole', resourceVersion: '999' } } })}\n`,
  );
  await until(() => scene.sink.held('Secret').length === 3);
  end.abort();
  await assert.rejects(over);
  client.close();
  const asked = scene.server.seen.filter(({ path }) => path.endsWith('/secrets'));
  assert.ok(
    asked.length === 2 &&
      asked.every(({ headers }) => headers.accept?.includes('application/json;as=PartialObjectMetadata')),
  );
  assert.ok(
    asked.every(({ headers }) => headers.accept?.split(',').every((one) => one.includes('as='))),
    'no fall-back',
  );
  assertClean(JSON.stringify([...(scene.sink.objects.get('test|/Secret|*')?.values() ?? [])]));
});

test('a URL with a user in it, and keys that do not fit, are not repeated', async (context) => {
  const authority = createAuthority();
  const data = `client-certificate-data: ${base64(authority.certificate)}, client-key-data: ${base64(marker)}`;
  const world = kubeWorld(
    kubeconfigFor(`https://u:${marker}@127.0.0.1:1`, data, `proxy-url: 'http://u:${marker}@127.0.0.1:1'`),
  );
  context.after(() => world.contexts.dispose());
  const state = await world.contexts.connect('test');
  await until(() => state.name === 'failed');
  assertClean(await everythingSaid(world, [state]));
});
