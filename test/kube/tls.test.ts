import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { createServer as createHttp } from 'node:http';
import { connect as connectSocket, type AddressInfo } from 'node:net';
import { describe, test, type TestContext } from 'node:test';
import { type ConnectionState } from '../../client/kube/kube';
import { ReplayedApiServer } from './support/api-server';
import { createAuthority, type TestAuthority } from './support/certificates';
import { kubeconfigFor, kubeconfigPath, kubeWorld, type KubeWorld, kustomization } from './support/scene';
import { proxyFor } from '../../client/kube/transport/proxy';
import { until } from './support/manual-clock';

interface Secured {
  readonly server: ReplayedApiServer;
  readonly authority: TestAuthority;
}

async function secured(context: TestContext, host?: string, asksClient = false): Promise<Secured> {
  const authority = createAuthority();
  const server = new ReplayedApiServer();
  const { certificate, key } = authority.issue(host === undefined ? {} : { host });
  await server.start({ cert: certificate, key, ...(asksClient ? { clientCa: authority.certificate } : {}) });
  server.put(kustomization('app'));
  context.after(() => server.stop());
  return { server, authority };
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const trusting = ({ certificate }: TestAuthority): string => `certificate-authority-data: ${base64(certificate)}`;

function open(context: TestContext, kubeconfig: string, options: Parameters<typeof kubeWorld>[1] = {}): KubeWorld {
  const world = kubeWorld(kubeconfig, options);
  context.after(() => world.contexts.dispose());
  return world;
}

const nameOf = (state: ConnectionState): string => (state.name === 'failed' ? state.failure.name : state.name);

describe('the certificate of the server', () => {
  test('of the authority in the kubeconfig', async (context) => {
    const { server, authority } = await secured(context);
    const world = open(context, kubeconfigFor(server.url, undefined, trusting(authority)));
    assert.deepEqual(await world.contexts.connect('test'), { name: 'connected' });
    await until(() => world.sink.held('Kustomization').length === 1);
  });

  test('of another authority, or none, is refused; not checked when the kubeconfig says so', async (context) => {
    const { server } = await secured(context);
    const other = trusting(createAuthority());
    assert.equal(
      nameOf(await open(context, kubeconfigFor(server.url, undefined, other)).contexts.connect('test')),
      'certificate-refused',
    );
    const world = open(context, kubeconfigFor(server.url));
    const state = await world.contexts.connect('test');
    assert.ok(state.name === 'failed');
    assert.match(
      state.failure.message,
      /^The certificate of https:\/\/127.* is not trusted \([A-Z_]+\)\. Its certificate authority may have changed/,
    );
    const skipping = kubeconfigFor(server.url, undefined, 'insecure-skip-tls-verify: true');
    assert.equal(nameOf(await open(context, skipping).contexts.connect('test')), 'connected');
    assert.equal((await open(context, skipping).contexts.known()).contexts[0]?.skipsTls, true);
  });

  test('for another name needs tls-server-name', async (context) => {
    const { server, authority } = await secured(context, 'api.internal');
    const without = kubeconfigFor(server.url, undefined, trusting(authority));
    assert.equal(nameOf(await open(context, without).contexts.connect('test')), 'certificate-refused');
    const with_ = kubeconfigFor(server.url, undefined, `${trusting(authority)}, tls-server-name: api.internal`);
    assert.equal(nameOf(await open(context, with_).contexts.connect('test')), 'connected');
  });

  test('of a new authority after a restart: the kubeconfig’s change is enough', async (context) => {
    const { server, authority } = await secured(context);
    const world = open(context, kubeconfigFor(server.url, undefined, trusting(authority)));
    world.contexts.look();
    await world.contexts.connect('test');
    await until(() => world.sink.held('Kustomization').length === 1);
    await server.stop();
    const next = createAuthority();
    const { certificate, key } = next.issue();
    await server.start({ cert: certificate, key });
    server.put(kustomization('another'));
    await world.clock.advanceUntil(() => {
      const state = world.contexts.state('test');
      return state.name === 'lost' && state.failure.name === 'certificate-refused';
    }, 10_000);
    world.files.write(kubeconfigPath, kubeconfigFor(server.url, undefined, trusting(next)));
    const took = await world.clock.advanceUntil(() => world.sink.held('Kustomization').length === 2, 5_000);
    assert.ok(took < 5_000);
    assert.deepEqual(world.sink.violations, []);
  });

  test('a file of the authority that is renewed is read again without any other change', async (context) => {
    const { server, authority } = await secured(context);
    const world = open(context, kubeconfigFor(server.url, undefined, 'certificate-authority: ca.crt'));
    const path = '/home/me/.kube/ca.crt';
    assert.match(nameOf(await world.contexts.connect('test')), /misconfigured/);
    world.files.texts.set(path, authority.certificate);
    world.contexts.look();
    assert.equal(nameOf(await world.contexts.connect('test')), 'connected');
    await until(() => world.sink.held('Kustomization').length === 1);
    await server.stop();
    const next = createAuthority();
    const { certificate, key } = next.issue();
    await server.start({ cert: certificate, key });
    server.put(kustomization('another'));
    await world.clock.advanceUntil(() => world.contexts.state('test').name === 'lost', 10_000);
    world.files.texts.set(path, next.certificate);
    await world.clock.advanceUntil(() => world.sink.held('Kustomization').length === 2, 5_000);
  });
});

describe('the certificate of the client', () => {
  test('is sent, as data or from files; data wins', async (context) => {
    const { server, authority } = await secured(context, undefined, true);
    const { certificate, key } = authority.issue({ name: 'me' });
    const data = `client-certificate-data: ${base64(certificate)}, client-key-data: ${base64(key)}, client-key: not-there`;
    assert.equal(
      nameOf(await open(context, kubeconfigFor(server.url, data, trusting(authority))).contexts.connect('test')),
      'connected',
    );
    const files = 'client-certificate: c.crt, client-key: c.key';
    const world = open(context, kubeconfigFor(server.url, files, trusting(authority)));
    world.files.texts.set('/home/me/.kube/c.crt', certificate);
    world.files.texts.set('/home/me/.kube/c.key', key);
    assert.equal(nameOf(await world.contexts.connect('test')), 'connected');
  });

  test('that the server does not take is a failed login, one that has expired says so', async (context) => {
    const { server, authority } = await secured(context, undefined, true);
    for (const [issuer, expired, name] of [
      [createAuthority('other'), false, 'login-failed'],
      [authority, true, 'expired'],
    ] as const) {
      const { certificate, key } = issuer.issue({ expired });
      const data = `client-certificate-data: ${base64(certificate)}, client-key-data: ${base64(key)}`;
      const state = await open(context, kubeconfigFor(server.url, data, trusting(authority))).contexts.connect('test');
      assert.equal(nameOf(state), name);
    }
  });

  test('that is no certificate is named without its text', async (context) => {
    const { server, authority } = await secured(context, undefined, true);
    const data = `client-certificate-data: ${base64('planted')}, client-key-data: ${base64('planted')}`;
    const state = await open(context, kubeconfigFor(server.url, data, trusting(authority))).contexts.connect('test');
    assert.ok(state.name === 'failed');
    assert.equal(state.failure.name, 'misconfigured');
    assert.doesNotMatch(state.failure.message, /planted/);
  });
});

describe('proxies', () => {
  test('by CONNECT', async (context) => {
    const { server, authority } = await secured(context);
    const asked: string[] = [];
    const proxy = createHttp();
    proxy.on('connect', ({ url = '' }, socket: Socket) => {
      asked.push(url);
      const [host, port] = url.split(':');
      const up = connectSocket(Number(port), host, () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
      up.pipe(socket).pipe(up);
      up.on('error', () => socket.destroy());
      socket.on('error', () => up.destroy());
    });
    const url = await listen(context, proxy);
    const cluster = `${trusting(authority)}, proxy-url: 'http://${url}'`;
    assert.equal(
      nameOf(await open(context, kubeconfigFor(server.url, undefined, cluster)).contexts.connect('test')),
      'connected',
    );
    assert.ok(asked.length > 0 && asked.every((one) => one === new URL(server.url).host));
    // The name of the certificate is asked of the server, not of the proxy.
    const named = await secured(context, 'api.internal');
    const more = `${trusting(named.authority)}, proxy-url: 'http://${url}', tls-server-name: api.internal`;
    const other = open(context, kubeconfigFor(named.server.url, undefined, more));
    assert.equal(nameOf(await other.contexts.connect('test')), 'connected');
  });

  test('by SOCKS', async (context) => {
    const { server, authority } = await secured(context);
    let asked = 0;
    // RFC 1928: greeting, then CONNECT with an address of four bytes.
    const proxy = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        socket.write(Buffer.from([5, 0]));
        socket.once('data', (request) => {
          asked++;
          const up = connectSocket(request.readUInt16BE(request.length - 2), '127.0.0.1', () => {
            socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
            up.pipe(socket).pipe(up);
          });
          up.on('error', () => socket.destroy());
        });
      });
    });
    const url = await listen(context, proxy);
    const cluster = `${trusting(authority)}, proxy-url: 'socks5://${url}'`;
    assert.equal(
      nameOf(await open(context, kubeconfigFor(server.url, undefined, cluster)).contexts.connect('test')),
      'connected',
    );
    assert.ok(asked > 0);
    const named = await secured(context, 'api.internal');
    const more = `${trusting(named.authority)}, proxy-url: 'socks5://${url}', tls-server-name: api.internal`;
    const other = open(context, kubeconfigFor(named.server.url, undefined, more));
    assert.equal(nameOf(await other.contexts.connect('test')), 'connected');
  });

  test('that wants a login says so', async (context) => {
    const proxy = createHttp();
    proxy.on('connect', (_, socket: Socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'));
    const url = await listen(context, proxy);
    const world = open(context, kubeconfigFor('https://h.example', undefined, `proxy-url: 'http://${url}'`));
    const state = await world.contexts.connect('test');
    assert.ok(state.name === 'failed');
    assert.equal(state.failure.message, 'The proxy on the way to https://h.example refused the connection (407).');
  });

  test('of a kind that there is none of', async (context) => {
    const world = open(context, kubeconfigFor('https://127.0.0.1:1', undefined, "proxy-url: 'ftp://x'"));
    assert.equal(nameOf(await world.contexts.connect('test')), 'misconfigured');
    const variables = { HTTPS_PROXY: 'ftp://x' };
    const other = open(context, kubeconfigFor('https://h.example'), { variables });
    const state = await other.contexts.connect('test');
    assert.match(state.name === 'failed' ? state.failure.message : '', /the proxy of the environment must begin with/);
  });

  test('of the environment, also on the way to an identity provider', async (context) => {
    const asked: string[] = [];
    const proxy = createHttp();
    proxy.on('connect', ({ url = '' }, socket: Socket) => {
      asked.push(url);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    const variables = { HTTPS_PROXY: await listen(context, proxy) };
    const config = "client-id: c, refresh-token: r, idp-issuer-url: 'https://idp.example'";
    const user = `auth-provider: {name: oidc, config: {${config}}}`;
    await open(context, kubeconfigFor('https://h.example', user), { variables }).contexts.connect('test');
    assert.deepEqual(asked, ['idp.example:443']);
  });

  test('of the environment, by the rules of Go', () => {
    const of = (server: string, noProxy = ''): string | undefined =>
      proxyFor(server, { HTTPS_PROXY: 'proxy:3128', http_proxy: 'http://plain:1', NO_PROXY: noProxy });
    assert.equal(of('https://h.example'), 'http://proxy:3128');
    assert.equal(of('http://h.example'), 'http://plain:1');
    assert.equal(of('https://127.0.0.1:6443'), undefined);
    assert.equal(of('https://localhost:6443'), undefined);
    assert.equal(of('https://h.example', '*'), undefined);
    assert.equal(of('https://h.example', 'x, h.example'), undefined);
    assert.equal(of('https://a.h.example', 'h.example'), undefined);
    assert.equal(of('https://h.example', '.h.example'), 'http://proxy:3128');
    assert.equal(of('https://h.example', 'h.example:6443'), 'http://proxy:3128');
    assert.equal(of('https://h.example:6443', 'h.example:6443'), undefined);
    assert.equal(of('https://10.1.2.3', '10.0.0.0/8'), undefined);
    assert.equal(of('https://11.1.2.3', '10.0.0.0/8'), 'http://proxy:3128');
    assert.equal(of('https://10.1.2.3:6443', '10.1.2.3:443'), 'http://proxy:3128');
    assert.equal(of('https://10.1.2.3', '10.1.2.3:443'), undefined);
    assert.equal(of('https://[fd00::1]:6443', 'fd00::1'), undefined);
    assert.equal(of('https://[fd00::1]:6443', 'fd00:0::1'), undefined);
    assert.equal(of('https://[fd00::1]:6443', '[fd00::1]:6443'), undefined);
    assert.equal(of('https://[fd00::1]:6443', '[fd00::1]:443'), 'http://proxy:3128');
    assert.equal(of('https://[fd00::1]:6443', 'fd00::/8'), undefined);
    assert.equal(of('https://[fd00::1]:6443', 'fe00::/8,10.0.0.0/8,:80,10.0.0.0/99'), 'http://proxy:3128');
    assert.equal(of('https://a.h.example', '*.h.example'), undefined);
    assert.equal(of('https://h.example', '*.h.example'), 'http://proxy:3128');
    // An empty variable is none.
    assert.equal(proxyFor('https://h.example', { HTTPS_PROXY: '', https_proxy: 'http://p:1' }), 'http://p:1');
  });
});

async function listen(
  context: TestContext,
  server: { listen(port: number, host: string, done: () => void): unknown; address(): unknown; close(): unknown },
): Promise<string> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  context.after(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
