import assert from 'node:assert/strict';
import { Agent, request } from 'node:https';
import { after, before, describe, test } from 'node:test';
import { parse } from 'yaml';
import { RecordingSink } from '../kube/support/recording-sink';
import { FaultProxy } from '../kube/support/fault-proxy';
import { benchContexts } from './support/bench-client';
import { Bench, benchIsMissing, eventually } from './support/bench';
import { heapInUse } from './support/heap';

const missing = benchIsMissing();
if (missing !== undefined)
  console.log(`SKIPPED: the real API server under load. ${missing}. Nothing below was proved.`);
// Said aloud above: the tools take half an hour to build, and not every machine can.
const skip = missing === undefined ? false : missing;

const many = 10_000;
const rate = 100;
const seconds = 60;
const path = '/apis/source.toolkit.fluxcd.io/v1/namespaces/many/gitrepositories';

// Objects that no controller looks at, written by a client of its own: kubectl would take minutes.
describe('the real API server with ten thousand objects', { skip }, () => {
  let bench: Bench;
  let server: Server;

  before(async () => {
    bench = Bench.start('--no-flux');
    bench.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'many' } });
    server = new Server(bench.kubeconfig);
    await inParallel(16, many, async (index) => {
      const metadata = { name: `source-${index}`, namespace: 'many' };
      const spec = { interval: '10m', suspend: true, url: 'http://127.0.0.1:1/x' };
      await server.send('POST', path, {
        apiVersion: 'source.toolkit.fluxcd.io/v1',
        kind: 'GitRepository',
        metadata,
        spec,
      });
    });
  });
  after(() => {
    server.close();
    bench.stop();
  });

  test('a list, a storm and a half-open connection lose and double nothing', async (context) => {
    const proxy = new FaultProxy(() => server.url, server.ca);
    await proxy.start();
    const sink = new RecordingSink();
    const contexts = benchContexts(throughProxy(bench.kubeconfig, proxy.url), sink);
    const isFresh = async (): Promise<boolean> =>
      sink.state('GitRepository')?.name === 'live' &&
      sink.held('GitRepository').join() === (await bench.fresh('gitrepositories')).join();
    try {
      const before = process.cpuUsage();
      assert.deepEqual(await contexts.connect('viewer'), { name: 'connected' });
      await eventually('the list', () => sink.state('GitRepository')?.name === 'live', 60);
      const { user, system } = process.cpuUsage(before);
      context.diagnostic(`listed with ${Math.round((user + system) / 1000)} ms of CPU, the proxy's among it`);
      assert.equal(sink.held('GitRepository').length, many);
      await eventually('all objects', isFresh);

      const heapBefore = heapInUse();
      const began = performance.now();
      await inParallel(16, rate * seconds, async (index) => {
        const due = began + (index * 1000) / rate;
        await new Promise((next) => setTimeout(next, Math.max(0, due - performance.now())));
        const metadata = { annotations: { 'example.com/storm': String(index) } };
        await server.send('PATCH', `${path}/source-${(index * 7919) % many}`, { metadata });
      });
      const stormed = (performance.now() - began) / 1000;
      context.diagnostic(`${rate * seconds} changes in ${stormed.toFixed(1)} s`);
      assert.ok(stormed < seconds * 1.2, 'the storm is one');
      // The first look is the one that counts: kubectl takes about five seconds for ten thousand objects.
      context.diagnostic(`equal after ${Math.round(await eventually('all changes', isFresh, 5))} ms`);

      const more = heapInUse() - heapBefore;
      context.diagnostic(`${Math.round(more / 1024)} KiB more after the storm`);
      assert.ok(more < 16 * 1024 * 1024);

      const { lists } = sink;
      proxy.freeze();
      await server.send('PATCH', `${path}/source-0`, { metadata: { annotations: { 'example.com/frozen': 'yes' } } });
      assert.equal(await isFresh(), false, 'nothing comes through');
      // Found when the limit of silence is over; from then on it is a fault as any other.
      let isFound = false;
      proxy.answer = ({ url = '' }) => {
        isFound ||= url.includes('/gitrepositories?');
        return undefined;
      };
      const silent = await eventually('a new stream', () => isFound, 150);
      const took = await eventually('found', isFresh, 5);
      context.diagnostic(`half-open: silent for ${Math.round(silent / 1000)} s, equal after ${Math.round(took)} ms`);
      assert.equal(sink.lists, lists, 'the watch is resumed, nothing is listed again');
      assert.deepEqual(sink.violations, []);
    } finally {
      contexts.dispose();
      await proxy.stop();
    }
  });
});

/** A client that writes as fast as the server takes it. */
class Server {
  readonly url: string;
  readonly ca: string;
  private readonly agent: Agent;

  constructor(kubeconfig: string) {
    const { clusters, users } = parse(kubeconfig) as {
      clusters: { cluster: { server: string; 'certificate-authority-data': string } }[];
      users: { name: string; user: Record<string, string> }[];
    };
    const text = (base64 = ''): string => Buffer.from(base64, 'base64').toString();
    const user = users.find(({ name }) => name === 'admin')?.user ?? {};
    this.url = clusters[0]?.cluster.server ?? '';
    this.ca = text(clusters[0]?.cluster['certificate-authority-data']);
    this.agent = new Agent({
      keepAlive: true,
      maxSockets: 16,
      ca: this.ca,
      cert: text(user['client-certificate-data']),
      key: text(user['client-key-data']),
    });
  }

  async send(method: 'POST' | 'PATCH', to: string, body: object): Promise<void> {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    await new Promise<void>((resolve, reject) => {
      const sent = request(
        new URL(to, this.url),
        { method, agent: this.agent, headers: { 'content-type': type } },
        (answer) => {
          answer.resume();
          answer.on('end', () => {
            if (answer.statusCode !== undefined && answer.statusCode < 300) resolve();
            else reject(new Error(`${method} ${to}: ${answer.statusCode}`));
          });
        },
      );
      sent.on('error', reject);
      sent.end(JSON.stringify(body));
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

async function inParallel(width: number, count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

/** The context of the viewer, whose token goes through the proxy. */
function throughProxy(kubeconfig: string, url: string): string {
  const { users } = parse(kubeconfig) as { users: { name: string; user: { token?: string } }[] };
  const token = users.find(({ name }) => name === 'viewer')?.user.token;
  assert.ok(token);
  return `contexts: [{name: viewer, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: '${url}'}}]\nusers: [{name: u, user: {token: ${token}}}]`;
}
