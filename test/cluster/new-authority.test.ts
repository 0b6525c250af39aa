import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parse } from 'yaml';
import { type ConnectionState } from '../../client/kube/kube';
import { type WatchScope } from '../../client/status/object-sink';
import { createAuthority, type TestAuthority } from '../kube/support/certificates';
import { Bench, benchIsMissing, eventually } from './support/bench';
import { type Command } from './support/bench-process';
import { FileClient } from './support/file-client';
import { TcpRelay } from './support/tcp-relay';

const missing = benchIsMissing();
if (missing !== undefined)
  console.log(`SKIPPED: restarts of the real API server. ${missing}. Nothing below was proved.`);
const skip = missing === undefined ? false : missing;

const group = 'source.toolkit.fluxcd.io';
const sources = (context: string): WatchScope => ({
  context,
  group,
  version: 'v1',
  kind: 'GitRepository',
  plural: 'gitrepositories',
});
const contextNames = ['by-data', 'by-file'];
// Two pages.
const many = 300;
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const pause = (milliseconds: number): Promise<void> => new Promise((next) => setTimeout(next, milliseconds));

/** How the server and its users prove who they are. */
interface Identity {
  readonly authority: TestAuthority;
  readonly operator: ReturnType<TestAuthority['issue']>;
}

function newIdentity(): Identity {
  const authority = createAuthority('new-authority');
  return { authority, operator: authority.issue({ name: 'operator' }) };
}

describe('the real API server is started anew', { skip }, () => {
  let bench: Bench;
  let relay: TcpRelay;
  let client: FileClient;
  let folder: string;
  let token: string;
  /** What the server was started with last. */
  let command: Command | undefined;

  before(async () => {
    bench = Bench.start('--no-flux');
    folder = join(bench.state, 'client');
    mkdirSync(folder);
    const { clusters, users } = parse(bench.kubeconfig) as {
      clusters: { cluster: { server: string; 'certificate-authority-data': string } }[];
      users: { name: string; user: { token?: string } }[];
    };
    relay = new TcpRelay(clusters[0]?.cluster.server ?? '');
    await relay.start();
    token = users.find(({ name }) => name === 'viewer')?.user.token ?? '';
    bench.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'many' } });
    bench.apply({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'operator' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'operator' }],
    });
    bench.apply({ apiVersion: 'v1', kind: 'List', items: Array.from({ length: many }, (_, at) => source(`s-${at}`)) });
    // The first identity of the client is of a new authority, too, so that the test holds every key.
    const first = newIdentity();
    await restart(first);
    trustInFile(first);
    writeFileSync(join(folder, 'config'), kubeconfig(first));
    client = new FileClient(join(folder, 'config'));
    for (const context of contextNames) assert.deepEqual(await client.contexts.connect(context), { name: 'connected' });
    await eventually('the first list', () =>
      contextNames.every((one) => client.witness.store.stateOf(one, id)?.name === 'live'),
    );
    await equal('the first list');
  });
  after(async () => {
    await client.end();
    await relay.stop();
    bench.stop();
  });

  const id = { group, kind: 'GitRepository', namespace: 'many', name: 's-0' };
  const source = (name: string, url = 'http://127.0.0.1:1/x'): object => ({
    apiVersion: `${group}/v1`,
    kind: 'GitRepository',
    metadata: { name, namespace: 'many' },
    spec: { interval: '10m', suspend: true, url },
  });

  /** The context `by-data` holds its authority and a certificate of its own; `by-file` names a file, and holds a token. */
  const kubeconfig = ({ authority, operator }: Identity): string =>
    JSON.stringify({
      contexts: contextNames.map((name) => ({ name, context: { cluster: name, user: name } })),
      clusters: [
        {
          name: 'by-data',
          cluster: { server: relay.url, 'certificate-authority-data': base64(authority.certificate) },
        },
        { name: 'by-file', cluster: { server: relay.url, 'certificate-authority': 'ca.crt' } },
      ],
      users: [
        {
          name: 'by-data',
          user: { 'client-certificate-data': base64(operator.certificate), 'client-key-data': base64(operator.key) },
        },
        { name: 'by-file', user: { token } },
      ],
    });

  const trustInFile = ({ authority }: Identity): void => writeFileSync(join(folder, 'ca.crt'), authority.certificate);

  /** Ends the server, and starts it with certificates of another authority; with those it had when none is given. */
  async function restart(identity?: Identity): Promise<void> {
    command = await bench.end('kube-apiserver', 'SIGKILL');
    await begin(identity);
  }

  async function begin(identity?: Identity): Promise<void> {
    assert.ok(command);
    if (identity !== undefined) {
      const { authority, operator } = identity;
      const serving = authority.issue();
      const files = { 'ca.crt': authority.certificate, 'serving.crt': serving.certificate, 'serving.key': serving.key };
      for (const [name, text] of Object.entries(files)) writeFileSync(join(bench.state, 'pki', `new-${name}`), text);
      const path = (name: string): string => join(bench.state, 'pki', `new-${name}`);
      const args = [...command.args];
      const set = (flag: string, value: string): void => void (args[args.indexOf(flag) + 1] = value);
      set('--tls-cert-file', path('serving.crt'));
      set('--tls-private-key-file', path('serving.key'));
      set('--client-ca-file', path('ca.crt'));
      command = { ...command, args };
      const { certificate, key } = operator;
      bench.kubeconfig = JSON.stringify({
        'current-context': 'bench',
        contexts: [{ name: 'bench', context: { cluster: 'bench', user: 'bench' } }],
        clusters: [
          {
            name: 'bench',
            cluster: {
              server: args.includes('--secure-port')
                ? `https://127.0.0.1:${args[args.indexOf('--secure-port') + 1]}`
                : '',
              'certificate-authority-data': base64(authority.certificate),
            },
          },
        ],
        users: [
          { name: 'bench', user: { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) } },
        ],
      });
    }
    bench.begin('kube-apiserver', command);
    await bench.ready();
  }

  let changed = 0;
  /** One object is made, one changed and one deleted. */
  async function change(): Promise<void> {
    changed++;
    bench.apply(source(`new-${changed}`));
    bench.apply(source(`s-${changed}`, `http://127.0.0.1:1/changed-${changed}`));
    await bench.kubectl('delete', 'gitrepository', `s-${100 + changed}`, '-n', 'many');
  }

  const equal = (what: string): Promise<number> => client.equalsFreshList(what, bench, ...contextNames.map(sources));
  const isNamed = (state: ConnectionState, failure: string): boolean =>
    state.name === 'lost' && state.failure.name === failure;

  test('with the same authority: what changed out of sight is found, since the place of the watch is forgotten', async (context) => {
    const { lists } = client.witness.record;
    relay.down();
    await change();
    await restart();
    await change();
    relay.up();
    context.diagnostic(`equal after ${Math.round(await equal('the restart'))} ms`);
    assert.ok(client.witness.record.lists > lists, 'a real 410');
  });

  test('with a new authority: named, not tried in a loop, and equal once the kubeconfig says so', async (context) => {
    const next = newIdentity();
    await restart(next);
    const states = (): ConnectionState[] => contextNames.map((name) => client.contexts.state(name));
    await eventually('its name', () => states().every((state) => isNamed(state, 'certificate-refused')), 15);
    for (const state of states()) {
      assert.ok(state.name === 'lost');
      const { message } = state.failure;
      assert.ok(message.startsWith(`The certificate of ${relay.url} is not trusted (`), message);
      assert.match(message, /Its certificate authority may have changed; update the kubeconfig\.$/);
    }
    // What is known stands, and says how old it is.
    for (const name of contextNames) {
      const known = client.witness.store.stateOf(name, id);
      assert.ok(known?.name === 'disconnected');
      assert.match(known.message, /is not trusted/);
      assert.equal(client.witness.record.objects.size > 0, true);
    }
    await change();
    const { connections } = relay;
    const { changes } = client;
    const cpu = process.cpuUsage();
    await pause(10_000);
    const { user, system } = process.cpuUsage(cpu);
    const came = relay.connections - connections;
    context.diagnostic(`ten seconds: ${came} connections, ${Math.round((user + system) / 1000)} ms of CPU`);
    // Two contexts, each with one request every two to four seconds.
    assert.ok(came >= 2 && came <= 14, `${came} connections`);
    assert.ok(client.changes - changes <= 14, `${client.changes - changes} changes`);
    assert.ok(states().every((state) => isNamed(state, 'certificate-refused')));

    trustInFile(next);
    const renewed = async (): Promise<string> =>
      client.witness.differs(sources('by-file'), await bench.list('gitrepositories'));
    const took = await eventually('the file of the authority', async () => (await renewed()) === '', 5);
    context.diagnostic(`the file alone: equal after ${Math.round(took)} ms`);
    assert.ok(isNamed(client.contexts.state('by-data'), 'certificate-refused'));

    client.rewrite(kubeconfig(next));
    context.diagnostic(`the kubeconfig: equal after ${Math.round(await equal('the kubeconfig'))} ms`);
    assert.deepEqual(states(), [{ name: 'connected' }, { name: 'connected' }]);
    await change();
    await equal('a change after that');
  });

  test('with a new authority that the kubeconfig names before the server is there', async (context) => {
    const next = newIdentity();
    const notLive = (): string[] =>
      [...client.witness.record.states].filter(([, { name }]) => name !== 'live').map(([key]) => key);
    const absent = notLive();
    command = await bench.end('kube-apiserver', 'SIGKILL');
    await eventually('its absence', () => isNamed(client.contexts.state('by-data'), 'unreachable'), 15);
    trustInFile(next);
    client.rewrite(kubeconfig(next));
    await pause(1_000);
    await begin(next);
    context.diagnostic(`equal after ${Math.round(await equal('the new server'))} ms`);
    await change();
    await equal('a change after that');
    // Each kind comes back by itself, and a server that starts serves some of them later than others.
    const took = await eventually('every kind', () => notLive().join() === absent.join(), 5).catch(() => undefined);
    assert.deepEqual(notLive(), absent, 'a kind that is served is watched');
    context.diagnostic(`every kind is live after ${Math.round(took ?? 0)} ms more`);
  });
});
