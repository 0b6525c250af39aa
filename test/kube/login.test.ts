import assert from 'node:assert/strict';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Credentials } from '../../client/kube/auth/credentials';
import { createLogin } from '../../client/kube/auth/login';
import { loadKubeconfig } from '../../client/kube/kubeconfig/load';
import { targetOf } from '../../client/kube/kubeconfig/target';
import { Contexts } from '../../client/kube/kube';
import { temporaryFolder } from '../unit/host/temporary-folder';
import { createAuthority } from './support/certificates';
import { kubeconfigFor, kubeconfigPath, kubeWorld, openScene } from './support/scene';
import { turn, until } from './support/manual-clock';

/** A login plug-in: a Node program that says what the script prints. */
function plugin(folder: string, script: string): string {
  const path = join(folder, 'login');
  writeFileSync(path, `#!${process.execPath}\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

const execUser = (command: string, more = ''): string =>
  `exec: {apiVersion: client.authentication.k8s.io/v1, command: '${command}', args: [a b], interactiveMode: Never, env: [{name: WHO, value: me}]${more}}`;
const credential = (status: string): string =>
  `console.log(JSON.stringify({ kind: 'ExecCredential', apiVersion: 'client.authentication.k8s.io/v1', status: ${status} }));`;

describe('a login plug-in', () => {
  test('is told what kubectl tells, asked about once, and run once for all watches', async (context) => {
    const folder = temporaryFolder(context);
    const script = `
      const fs = require('node:fs');
      fs.appendFileSync('${folder}/runs', JSON.stringify([process.argv.slice(2), process.env.WHO, process.env.KUBERNETES_EXEC_INFO]) + '\\n');
      ${credential("{ token: 'from-plugin' }")}`;
    const user = execUser(plugin(folder, script), ', provideClusterInfo: true');
    const scene = await openScene(context, { user });
    scene.server.users.set('from-plugin', 'me');
    await scene.connect();
    assert.equal(scene.questions.length, 1);
    const [question] = scene.questions;
    assert.deepEqual([question?.args, question?.variables], [['a b'], ['WHO']]);
    const runs = readFileSync(join(folder, 'runs'), 'utf8').trim().split('\n');
    assert.equal(runs.length, 1);
    const [args, who, info] = JSON.parse(runs[0] ?? '') as [string[], string, string];
    assert.deepEqual([args, who], [['a b'], 'me']);
    assert.deepEqual(JSON.parse(info), {
      kind: 'ExecCredential',
      apiVersion: 'client.authentication.k8s.io/v1',
      spec: { cluster: { server: scene.proxy.url }, interactive: false },
    });
    // Connected again: the yes is remembered.
    await scene.contexts.disconnect('test');
    assert.equal((await scene.contexts.connect('test')).name, 'connected');
    assert.equal(scene.questions.length, 1);
  });

  test('that is not allowed does not run', async (context) => {
    const folder = temporaryFolder(context);
    const user = execUser(plugin(folder, `require('node:fs').writeFileSync('${folder}/ran', '');`));
    const scene = await openScene(context, { user, allow: false });
    const state = await scene.contexts.connect('test');
    assert.ok(state.name === 'failed');
    assert.equal(state.failure.name, 'plugin-refused');
    assert.throws(() => chmodSync(join(folder, 'ran'), 0o644));
  });

  test('a token that expires is asked for again, one that the server refuses too', async (context) => {
    const folder = temporaryFolder(context);
    const script = `
      const fs = require('node:fs');
      const count = fs.existsSync('${folder}/n') ? Number(fs.readFileSync('${folder}/n', 'utf8')) + 1 : 1;
      fs.writeFileSync('${folder}/n', String(count));
      ${credential("{ token: 'token-' + count, expirationTimestamp: count === 1 ? '2026-01-01T01:00:00Z' : undefined }")}`;
    const scene = await openScene(context, { user: execUser(plugin(folder, script)) });
    scene.server.users.set('token-1', 'me');
    await scene.connect();
    scene.server.users.delete('token-1');
    scene.server.users.set('token-2', 'me');
    scene.clock.sleep(3_600_000);
    await scene.clock.advance(30_000);
    scene.server.put({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'x', namespace: 'y' },
    });
    // Programs take real time.
    await scene.settles(60_000);
    // Revoked early: one more run helps.
    scene.server.users.delete('token-2');
    scene.server.users.set('token-3', 'me');
    scene.proxy.cut();
    scene.server.put({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'z', namespace: 'y' },
    });
    // Programs take real time.
    await scene.settles(60_000);
  });

  const broken: readonly (readonly [string, string, RegExp])[] = [
    [
      'fails',
      "console.error('token=planted'); process.exit(3);",
      /login ended with code 3; run it in a terminal to see why\.$/,
    ],
    ['prints nonsense', "console.log('planted');", /printed no credentials\.$/],
    [
      'prints another version',
      credential("{ token: 'planted' }").replace('v1', 'v1beta1'),
      /printed no credentials\.$/,
    ],
    [
      'prints without end',
      "setInterval(() => process.stdout.write('x'.repeat(1e6)), 1);",
      /could not be run \(too much output\)\.$/,
    ],
  ];
  for (const [name, script, pattern] of broken) {
    test(`that ${name} is a failed login, and is not run again without a click`, async (context) => {
      const folder = temporaryFolder(context);
      const scene = await openScene(context, { user: execUser(plugin(folder, script)) });
      const state = await scene.contexts.connect('test');
      assert.ok(state.name === 'failed');
      assert.equal(state.failure.name, 'login-failed');
      assert.match(state.failure.message, pattern);
      assert.doesNotMatch(state.failure.message, /planted/);
      await scene.clock.advance(3_600_000);
      await scene.contexts.connectRemembered();
      await turn(20);
      assert.equal(scene.contexts.state('test').name, 'failed');
    });
  }

  test('is not run while the server cannot be reached, since it would fail, too', async (context) => {
    const folder = temporaryFolder(context);
    const script = `
      const fs = require('node:fs');
      fs.appendFileSync('${folder}/runs', 'x');
      if (fs.existsSync('${folder}/offline')) process.exit(1);
      const token = 'token-' + fs.readFileSync('${folder}/runs').length;
      ${credential("{ token, expirationTimestamp: token === 'token-1' ? '2026-01-01T01:00:00Z' : undefined }")}`;
    const user = execUser(plugin(folder, script));
    const scene = await openScene(context, { user });
    for (const count of [1, 2, 3]) scene.server.users.set(`token-${count}`, 'me');
    await scene.connect();
    const runs = (): number => readFileSync(join(folder, 'runs'), 'utf8').length;
    assert.equal(runs(), 1);
    // No network for the night, and the token expires in it.
    writeFileSync(join(folder, 'offline'), '');
    scene.proxy.down();
    await scene.clock.advanceUntil(() => scene.contexts.state('test').name === 'lost', 5_000);
    scene.clock.sleep(8 * 3_600_000);
    for (let second = 0; second < 60; second++) {
      await scene.clock.advance(1_000);
      await turn(10);
    }
    assert.equal(scene.contexts.state('test').name, 'lost');
    assert.equal(runs(), 1);
    rmSync(join(folder, 'offline'));
    scene.server.put({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'x', namespace: 'y' },
    });
    scene.proxy.up();
    // Programs take real time.
    await scene.settles(60_000);
  });

  test('is not run by the next session before the server can be reached', async (context) => {
    const folder = temporaryFolder(context);
    const script = `
      if (require('node:fs').existsSync('${folder}/offline')) process.exit(1);
      ${credential("{ token: 'from-plugin' }")}`;
    const scene = await openScene(context, { user: execUser(plugin(folder, script)) });
    await scene.connect();
    scene.contexts.dispose();
    writeFileSync(join(folder, 'offline'), '');
    scene.proxy.down();
    const { contexts, clock } = Object.assign(scene, {
      contexts: new Contexts(scene.ports, scene.sink, () => undefined),
    });
    contexts.look();
    await contexts.connectRemembered();
    await clock.advanceUntil(() => contexts.state('test').name === 'lost', 5_000);
    for (let second = 0; second < 20; second++) {
      await clock.advance(1_000);
      await turn(10);
    }
    assert.equal(contexts.state('test').name, 'lost');
    rmSync(join(folder, 'offline'));
    scene.proxy.up();
    await clock.advanceUntil(() => contexts.state('test').name === 'connected', 60_000);
  });

  test('that is not there says so with its hint', async (context) => {
    const scene = await openScene(context, {
      user: execUser('no-such-login', ", installHint: 'Get it from the portal.'"),
    });
    const state = await scene.contexts.connect('test');
    assert.ok(state.name === 'failed');
    assert.match(state.failure.message, /no-such-login was not found on this machine\. Get it from the portal\.$/);
  });

  test('that hangs is ended after 60 seconds; one that is cancelled at once', async (context) => {
    const folder = temporaryFolder(context);
    const scene = await openScene(context, { user: execUser(plugin(folder, 'setInterval(() => {}, 1000);')) });
    const connecting = scene.contexts.connect('test');
    await until(() => scene.questions.length === 1);
    await turn(20);
    await scene.clock.advance(60_000);
    const state = await connecting;
    assert.ok(state.name === 'failed');
    assert.match(state.failure.message, /did not end within 60 seconds\.$/);
    const cancel = new AbortController();
    const second = scene.contexts.connect('test', cancel.signal);
    await turn(20);
    cancel.abort();
    assert.deepEqual(await second, { name: 'idle' });
  });
});

describe('which login counts', () => {
  const command = '/no/such/login';
  const exec = `exec: {apiVersion: client.authentication.k8s.io/v1, command: ${command}, interactiveMode: Always}`;
  const idToken = `${Buffer.from('{}').toString('base64url')}.e30.s`;
  const oidc = `auth-provider: {name: oidc, config: {id-token: ${idToken}, idp-issuer-url: 'https://idp', client-id: c}}`;
  const pair = createAuthority().issue();
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const certificate = `client-certificate-data: ${base64(pair.certificate)}, client-key-data: ${base64(pair.key)}`;

  async function credentialsOf(user: string, server = 'https://h.example'): Promise<Credentials> {
    const { ports, files } = kubeWorld(kubeconfigFor(server, user));
    files.texts.set('/home/me/.kube/tok', 'from-file');
    const target = targetOf(await loadKubeconfig(ports), 'test');
    const ask = (): Promise<undefined> => assert.fail('the issuer is asked');
    return createLogin(target, ports, ask, new AbortController().signal).credentials();
  }

  const basic = `Basic ${base64('u:p')}`;
  const cases: readonly (readonly [user: string, authorization: string | undefined])[] = [
    // client-go runs no plug-in beside what already says who somebody is.
    [`token: t, ${exec}`, 'Bearer t'],
    [`tokenFile: tok, ${exec}`, 'Bearer from-file'],
    [`username: u, password: p, ${exec}`, basic],
    [`${certificate}, ${exec}`, undefined],
    // The auth provider adds a token where none is, also beside a certificate.
    [`token: t, ${oidc}`, 'Bearer t'],
    [`username: u, password: p, ${oidc}`, basic],
    [`${certificate}, ${oidc}`, `Bearer ${idToken}`],
    [`${certificate}, token: t`, 'Bearer t'],
  ];
  for (const [user, authorization] of cases) {
    test(user.replace(/-data: \w+=*/g, '-data'), async () => {
      const credentials = await credentialsOf(user);
      assert.equal(credentials.headers['authorization'], authorization);
      assert.equal(credentials.certificate !== undefined, user.startsWith('client-certificate'));
    });
  }

  test('nothing is sent over plain http to another machine, and no plug-in runs for it', async () => {
    const user = `token: t, ${certificate}, as: boss`;
    for (const server of ['http://h.example:8080', 'http://127.0.0.1.example', 'HTTP://10.0.0.1/x']) {
      assert.deepEqual(await credentialsOf(user, server), { headers: { 'impersonate-user': 'boss' }, secrets: [] });
      const plugin = exec.replace('Always', 'Never');
      assert.deepEqual((await credentialsOf(plugin, server)).headers, {});
    }
    const local = await credentialsOf(user, 'http://127.0.0.1:8001');
    assert.equal(local.headers['authorization'], 'Bearer t');
  });
});

describe('other logins', () => {
  test('basic, and impersonation with several groups', async (context) => {
    const user = 'username: u, password: p, as: boss, as-uid: u1, as-groups: [a, b], as-user-extra: {Scopes/x: [one]}';
    const scene = await openScene(context, { user });
    await scene.connect();
    const headers = scene.server.seen[0]?.headers ?? {};
    assert.equal(headers.authorization, `Basic ${Buffer.from('u:p').toString('base64')}`);
    assert.equal(headers['impersonate-user'], 'boss');
    assert.equal(headers['impersonate-uid'], 'u1');
    assert.equal(headers['impersonate-group'], 'a, b', 'two headers, which Node joins when it receives them');
    assert.equal(headers['impersonate-extra-scopes%2fx'], 'one');
  });

  test('a token file is read again, and wins over the token', async (context) => {
    const scene = await openScene(context, { user: 'tokenFile: tok, token: other' });
    scene.files.texts.set('/home/me/.kube/tok', 'first\n');
    scene.server.users.set('first', 'me');
    await scene.connect();
    scene.server.users.clear();
    scene.server.users.set('second', 'me');
    scene.files.texts.set('/home/me/.kube/tok', 'second\n');
    scene.proxy.cut();
    await scene.settles();
    await until(() => scene.server.openWatches === scene.watches);
    assert.equal(scene.contexts.state('test').name, 'connected');
  });

  test('an expired token ends the connection with one named state', async (context) => {
    const scene = await openScene(context);
    scene.server.users.set('t0ken', 'me');
    await scene.connect();
    scene.server.users.clear();
    scene.server.users.set('other', 'me');
    scene.proxy.cut();
    await scene.clock.advanceUntil(() => scene.contexts.state('test').name === 'failed', 5_000);
    const state = scene.contexts.state('test');
    assert.ok(state.name === 'failed');
    assert.equal(state.failure.message, 'test did not accept the login. Log in again, then connect.');
    const asked = scene.server.seen.length;
    await scene.clock.advance(3_600_000);
    assert.equal(scene.server.seen.length, asked, 'nothing is tried again');
    // Another token in the kubeconfig is another login.
    scene.files.write(kubeconfigPath, kubeconfigFor(scene.proxy.url, 'token: other'));
    await scene.clock.advance(1_000);
    await scene.settles();
  });

  test('OIDC: a new token by the refresh token, which may rotate', async (context) => {
    const jwt = (name: string, exp: number): string =>
      ['{}', JSON.stringify({ name, exp }), 'signature']
        .map((part) => Buffer.from(part).toString('base64url'))
        .join('.');
    const seconds = Date.parse('2026-01-01T00:00:00Z') / 1000;
    const forms: string[] = [];
    const logins: string[] = [];
    const tokens = [jwt('second', seconds + 600), jwt('third', seconds + 9_999_999)];
    const issuer = createServer((request, response) => {
      let body = '';
      request.on('data', (piece) => (body += String(piece)));
      request.on('end', () => {
        response.setHeader('content-type', 'application/json');
        if (request.method === 'GET') response.end(JSON.stringify({ token_endpoint: `${url}/token` }));
        else {
          const secret = new URLSearchParams(body).get('client_secret');
          if (secret !== null) {
            response.statusCode = 401;
            response.end('{"error":"invalid_client"}');
            return;
          }
          logins.push(request.headers.authorization ?? '');
          forms.push(body);
          response.end(JSON.stringify({ id_token: tokens[forms.length - 1], refresh_token: `r${forms.length}` }));
        }
      });
    });
    await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
    context.after(() => issuer.close());
    const config = `client-id: flux, client-secret: c&s, refresh-token: r0, id-token: ${jwt('first', seconds - 5)}, idp-issuer-url: '${url}'`;
    const scene = await openScene(context, { user: `auth-provider: {name: oidc, config: {${config}}}` });
    for (const token of tokens) scene.server.users.set(token, 'me');
    await scene.connect();
    scene.clock.sleep(700_000);
    await scene.clock.advance(20_000);
    await scene.settles();
    assert.deepEqual(
      forms.map((form) => new URLSearchParams(form).get('refresh_token')),
      ['r0', 'r1'],
    );
    // This issuer takes the secret in the header alone.
    assert.equal(logins[0], `Basic ${Buffer.from('flux:c%26s').toString('base64')}`);
  });
});
