import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { KubeConfig } from '@kubernetes/client-node';
import { loadKubeconfig, type LoadedKubeconfig } from '../../client/kube/kubeconfig/load';
import { readKubeconfig } from '../../client/kube/kubeconfig/read';
import { kubeconfigPlaces } from '../../client/kube/kubeconfig/locations';
import { targetOf } from '../../client/kube/kubeconfig/target';
import { type Environment } from '../../client/kube/ports';
import { KubeError } from '../../client/kube/failure';
import { watchKubeconfig } from '../../client/kube/kubeconfig/watched';
import { ManualClock, turn } from './support/manual-clock';
import { MemoryFiles } from './support/scene';

const folder = 'test/kube/kubeconfig/merged';

function environment(variables: Record<string, string>, platform: NodeJS.Platform = 'linux'): Environment {
  return { variables, platform, home: platform === 'win32' ? 'C:\\Users\\me' : '/home/me', machine: 'this machine' };
}

interface Viewed {
  readonly 'current-context': string;
  readonly contexts: readonly { name: string; context: { cluster: string; user: string; namespace?: string } }[];
  readonly clusters: readonly { name: string; cluster: Record<string, unknown> }[];
  readonly users: readonly { name: string; user: Record<string, unknown> }[];
}

describe('several files', () => {
  const load = (): Promise<LoadedKubeconfig> => {
    const files = new MemoryFiles();
    for (const name of ['a/config', 'b/config'])
      files.texts.set(`/k/${name}`, readFileSync(`${folder}/${name}`, 'utf8'));
    return loadKubeconfig({
      environment: environment({ KUBECONFIG: '/k/a/config:/none::/k/b/config:/k/a/config' }),
      files,
    });
  };

  test('are merged as kubectl merges them', async () => {
    const { kubeconfig, paths } = await load();
    const expected = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8')) as Viewed;
    assert.deepEqual(paths, ['/k/a/config', '/none', '/k/b/config']);
    assert.equal(kubeconfig.currentContext, expected['current-context']);
    const contexts = [...kubeconfig.contexts].map(([name, { namespace, ...rest }]) => ({
      name,
      context: { ...rest, ...(namespace === '' ? {} : { namespace }) },
    }));
    assert.deepEqual(contexts.sort(byName), expected.contexts);
    const clusters = [...kubeconfig.clusters].map(([name, cluster]) => [
      name,
      cluster.server,
      cluster.skipTlsVerify,
      cluster.tlsServerName,
      cluster.proxyUrl,
      cluster.disableCompression,
    ]);
    assert.deepEqual(
      clusters.sort(),
      expected.clusters.map(({ name, cluster }) => [
        name,
        cluster['server'],
        cluster['insecure-skip-tls-verify'] ?? false,
        cluster['tls-server-name'],
        cluster['proxy-url'],
        cluster['disable-compression'] ?? false,
      ]),
    );
    assert.deepEqual(
      [...kubeconfig.users.keys()].sort(),
      expected.users.map(({ name }) => name),
    );
    assert.equal(
      kubeconfig.users.get('me')?.username,
      undefined,
      'the second file gives nothing to the first one’s user',
    );
  });

  test('each path begins at its own file', async () => {
    const { kubeconfig } = await load();
    assert.equal(kubeconfig.clusters.get('dev')?.authority.file, '/k/a/pki/ca.crt');
    assert.equal(kubeconfig.clusters.get('prod')?.authority.file, '/k/pki/ca.crt');
    assert.equal(kubeconfig.users.get('me')?.certificate.file, '/k/a/pki/me.crt');
    assert.equal(kubeconfig.users.get('me')?.key.file, '/abs/me.key');
    assert.equal(kubeconfig.users.get('robot')?.tokenFile, '/k/b/tokens/robot');
    assert.equal(kubeconfig.users.get('robot')?.exec?.command, '/k/b/bin/login');
    assert.equal(kubeconfig.users.get('plain')?.exec?.command, 'login');
  });

  test('one file is read as the npm client reads it', () => {
    const text = readFileSync(`${folder}/a/config`, 'utf8').replace(': yes}', ': true}');
    const theirs = new KubeConfig();
    theirs.loadFromString(text);
    const ours = readKubeconfig(text, '/k/a/config', 'linux');
    assert.deepEqual(
      [...ours.clusters.keys()],
      theirs.clusters.map(({ name }) => name),
    );
    assert.deepEqual(
      [...ours.clusters.values()].map(({ server }) => server),
      theirs.clusters.map(({ server }) => server),
    );
    assert.deepEqual(
      [...ours.contexts].map(([name, { cluster, user }]) => [name, cluster, user]),
      theirs.contexts.map(({ name, cluster, user }) => [name, cluster, user]),
    );
  });

  test('a broken one is a fault, and the others stand', async () => {
    const files = new MemoryFiles();
    files.texts.set('/a', 'contexts: [');
    files.texts.set('/b', 'contexts: [{name: b, context: {}}, {name: b}]\nusers: 3\nclusters: [1, null]');
    const { kubeconfig, failure } = await loadKubeconfig({ environment: environment({ KUBECONFIG: '/a:/b' }), files });
    assert.equal(failure, undefined);
    assert.deepEqual([...kubeconfig.contexts.keys()], ['b']);
    assert.equal(kubeconfig.faults.length, 2);
    assert.match(
      kubeconfig.faults.join('\n'),
      /^\/a is not a kubeconfig that can be read: line 1 .*\n\/b has two contexts named b/,
    );
  });
});

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);

test('a slow reading that a later one has overtaken says nothing', async () => {
  const clock = new ManualClock();
  const files = new MemoryFiles();
  const path = '/home/me/.kube/config';
  files.texts.set(path, 'current-context: first');
  const said: string[] = [];
  const ports = { environment: environment({}), files, clock };
  const watched = watchKubeconfig(ports, ({ kubeconfig }) => said.push(kubeconfig.currentContext));
  await watched.current();
  const reading = files.read.bind(files);
  let goOn = (): void => undefined;
  files.read = async (one) => {
    const found = await reading(one);
    await new Promise<void>((resolve) => (goOn = resolve));
    return found;
  };
  files.write(path, 'current-context: second');
  await clock.advance(1_000);
  files.read = reading;
  files.write(path, 'current-context: third');
  await clock.advance(1_000);
  goOn();
  await turn(5);
  assert.deepEqual(said, ['third']);
  assert.equal((await watched.current()).kubeconfig.currentContext, 'third');
  watched.dispose();
});

describe('no kubeconfig', () => {
  test('names the machine and what was tried', async () => {
    const { failure } = await loadKubeconfig({ environment: environment({}), files: new MemoryFiles() });
    assert.deepEqual(failure, {
      name: 'no-kubeconfig',
      message: 'No kubeconfig on this machine: /home/me/.kube/config is not there.',
    });
    const listed = environment({ KUBECONFIG: '/x:/y' });
    assert.match(
      (await loadKubeconfig({ environment: listed, files: new MemoryFiles() })).failure?.message ?? '',
      /\/x, \/y are not there/,
    );
  });

  test('the places of Windows', async () => {
    const of = (variables: Record<string, string>): readonly string[] =>
      kubeconfigPlaces(environment(variables, 'win32')).paths;
    const own = 'C:\\Users\\me\\.kube\\config';
    assert.deepEqual(of({}), [own]);
    assert.deepEqual(of({ KUBECONFIG: 'C:\\a;D:\\b' }), ['C:\\a', 'D:\\b']);
    const variables = { HOME: 'D:\\me', HOMEDRIVE: 'H:', HOMEPATH: '\\' };
    assert.deepEqual(of(variables), ['D:\\me\\.kube\\config', 'H:\\.kube\\config', own]);
    // The first that is there counts alone.
    const files = new MemoryFiles();
    const names = async (): Promise<string[]> => [
      ...(await loadKubeconfig({ environment: environment(variables, 'win32'), files })).kubeconfig.contexts.keys(),
    ];
    files.texts.set(own, 'contexts: [{name: own}]');
    assert.deepEqual(await names(), ['own']);
    files.texts.set('H:\\.kube\\config', 'contexts: [{name: drive}]');
    assert.deepEqual(await names(), ['drive']);
    const read = readKubeconfig('users: [{name: u, user: {client-key: k\\u.key}}]', 'C:\\a\\config', 'win32');
    assert.equal(read.users.get('u')?.key.file, 'C:\\a\\k\\u.key');
  });
});

describe('what cannot be connected says why', () => {
  const exec = 'command: c, apiVersion: client.authentication.k8s.io/v1';
  const cases: readonly (readonly [user: string, cluster: string, pattern: RegExp])[] = [
    ['token: t', '', /^$/],
    ['client-certificate: a', '', /has a client certificate and no client key\.$/],
    ['client-key-data: YQ==', '', /has a client key and no client certificate\.$/],
    ['token: t, username: u', '', /has both a token and a user name\.$/],
    ['auth-provider: {name: gcp}', '', /auth provider gcp, which kubectl no longer has/],
    ['as-groups: [g]', '', /impersonates groups without a user\.$/],
    ['exec: {apiVersion: client.authentication.k8s.io/v1}', '', /login plug-in without a command\.$/],
    ['exec: {command: c, apiVersion: client.authentication.k8s.io/v1alpha1}', '', /of API version client.*v1alpha1\.$/],
    [`exec: {${exec}}`, '', /without a valid interactiveMode\.$/],
    [`exec: {${exec}, interactiveMode: Always}`, '', /must ask in a terminal; log in there first\.$/],
    [`exec: {${exec}, interactiveMode: Never}`, '', /^$/],
    [
      'token: t',
      'insecure-skip-tls-verify: true, certificate-authority: x',
      /both insecure-skip-tls-verify and a cert/,
    ],
  ];
  for (const [user, cluster, pattern] of cases) {
    test(`${user} ${cluster}`, () => {
      const text = `contexts: [{name: x, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: 'https://h', ${cluster}}}]\nusers: [{name: u, user: {${user}}}]`;
      assert.match(messageOf(text), pattern);
    });
  }

  test('a missing cluster, user, server and context', () => {
    assert.match(messageOf('contexts: [{name: x, context: {cluster: c}}]'), /there is no cluster c\.$/);
    assert.match(
      messageOf('contexts: [{name: x, context: {cluster: c}}]\nclusters: [{name: c}]'),
      /has no server address/,
    );
    const server = "clusters: [{name: c, cluster: {server: 'https://h'}}]";
    assert.match(
      messageOf(`contexts: [{name: x, context: {cluster: c, user: u}}]\n${server}`),
      /there is no user u\.$/,
    );
    assert.equal(messageOf(`contexts: [{name: x, context: {cluster: c}}]\n${server}`), '', 'no user is nobody');
    assert.match(messageOf('contexts: [{name: y}]'), /no longer has a context x\. Files read: \/f\.$/);
  });

  function messageOf(text: string): string {
    try {
      targetOf({ paths: ['/f'], kubeconfig: readKubeconfig(text, '/f', 'linux') }, 'x');
      return '';
    } catch (error) {
      assert.ok(error instanceof KubeError);
      return error.message;
    }
  }
});
