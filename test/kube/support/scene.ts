import { type TestContext } from 'node:test';
import { watchedKinds } from '../../../client/kube/api/watched-kinds';
import { Contexts } from '../../../client/kube/kube';
import { nodePrograms } from '../../../client/kube/host';
import { type KubePorts, type LocalFile, type LocalFiles, type PluginQuestion } from '../../../client/kube/ports';
import { watchedControllers } from '../../../client/status/kinds/watched-controllers';
import { Slices } from '../../../client/status/slices';
import { ReplayedApiServer } from './api-server';
import { type StoredObject } from './stored-object';
import { FaultProxy } from './fault-proxy';
import { ManualClock, turn, until } from './manual-clock';
import { RecordingSink } from './recording-sink';

/** Files in memory; a write tells those who watch. */
export class MemoryFiles implements LocalFiles {
  readonly texts = new Map<string, string>();
  readonly reads: string[] = [];
  private readonly watches = new Set<{ paths: readonly string[]; changed: () => void }>();

  read(path: string): Promise<LocalFile> {
    this.reads.push(path);
    const text = this.texts.get(path);
    return Promise.resolve(text === undefined ? { kind: 'missing' } : { kind: 'text', text });
  }

  watch(paths: readonly string[], changed: () => void): () => void {
    const watch = { paths, changed };
    this.watches.add(watch);
    return () => void this.watches.delete(watch);
  }

  write(path: string, text: string): void {
    this.texts.set(path, text);
    for (const { paths, changed } of this.watches) if (paths.includes(path)) changed();
  }
}

export interface KubeWorld {
  readonly ports: KubePorts;
  readonly clock: ManualClock;
  readonly files: MemoryFiles;
  readonly sink: RecordingSink;
  readonly contexts: Contexts;
  /** Everything logged, one line each. */
  readonly logged: string[];
  readonly stored: Map<string, string>;
  readonly questions: PluginQuestion[];
  /** How often a state changed. */
  changes: number;
}

export interface WorldOptions {
  readonly variables?: Readonly<Record<string, string>>;
  readonly stored?: Map<string, string>;
  readonly allow?: boolean;
  readonly namespaces?: readonly string[];
  readonly readOnly?: boolean;
  /** Which of the product's kinds the server serves; all of them cost twenty connections. */
  readonly kinds?: readonly string[] | 'all';
}

/** `client/kube` with every port in a test's hands; the kubeconfig is `/home/me/.kube/config`. */
export function kubeWorld(kubeconfig: string | undefined, options: WorldOptions = {}): KubeWorld {
  const clock = new ManualClock();
  const files = new MemoryFiles();
  if (kubeconfig !== undefined) files.texts.set(kubeconfigPath, kubeconfig);
  const logged: string[] = [];
  const stored = options.stored ?? new Map<string, string>();
  const questions: PluginQuestion[] = [];
  let seed = 1;
  const ports: KubePorts = {
    environment: { variables: options.variables ?? {}, platform: 'linux', home: '/home/me', machine: 'this machine' },
    files,
    programs: nodePrograms,
    clock,
    slices: new Slices(),
    random: () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647,
    storage: {
      get: (key) => stored.get(key),
      set: (key, value) => {
        if (value === undefined) stored.delete(key);
        else stored.set(key, value);
        return Promise.resolve();
      },
    },
    prompts: {
      allowPlugin: (question) => {
        questions.push(question);
        return Promise.resolve(options.allow ?? true);
      },
    },
    settings: { namespaces: () => options.namespaces ?? [], isReadOnly: () => options.readOnly ?? false },
    log: { write: (level, message, fields) => void logged.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`) },
  };
  const sink = new RecordingSink();
  const world: KubeWorld = {
    ports,
    clock,
    files,
    sink,
    logged,
    stored,
    questions,
    changes: 0,
    contexts: new Contexts(ports, sink, () => world.changes++),
  };
  return world;
}

export const kubeconfigPath = '/home/me/.kube/config';

/** A kubeconfig with one context `test`. */
export function kubeconfigFor(server: string, user = 'token: t0ken', cluster = ''): string {
  return [
    'apiVersion: v1',
    'kind: Config',
    'current-context: test',
    `contexts: [{name: test, context: {cluster: c, user: u, namespace: team-a}}]`,
    `clusters: [{name: c, cluster: {server: '${server}'${cluster === '' ? '' : `, ${cluster}`}}}]`,
    `users: [{name: u, user: {${user}}}]`,
    '',
  ].join('\n');
}

export interface Scene extends KubeWorld {
  readonly server: ReplayedApiServer;
  readonly proxy: FaultProxy;
  /** How many kinds are watched. */
  readonly watches: number;
  /** Connects `test` and waits until Kustomizations are live. */
  connect(): Promise<void>;
  /** Time passes until the sink holds what a fresh list would. @returns milliseconds it took */
  settles(limit?: number): Promise<number>;
}

const isOurs = (group: string): boolean => watchedKinds.some((entry) => entry.group === group);

/** A world in front of a replayed API server behind a fault proxy. */
export async function openScene(context: TestContext, options: WorldOptions & { user?: string } = {}): Promise<Scene> {
  const server = new ReplayedApiServer();
  const { kinds: served = ['Kustomization', 'HelmRelease', 'Bucket'] } = options;
  if (served !== 'all') {
    server.resources = server.resources.filter(({ kind, group }) => served.includes(kind) || !isOurs(group));
  }
  await server.start();
  const proxy = new FaultProxy(() => server.url);
  await proxy.start();
  const world = kubeWorld(kubeconfigFor(proxy.url, options.user), options);
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', onUnhandled);
  context.after(async () => {
    world.contexts.dispose();
    await proxy.stop();
    await server.stop();
    await turn(10);
    process.off('unhandledRejection', onUnhandled);
    if (unhandled.length > 0) throw new Error(`unhandled rejection: ${String(unhandled[0])}`);
    if (world.sink.violations.length > 0) throw new Error(world.sink.violations.join('\n'));
    // Whatever happened: nobody was asked anything but whether a login program may run, once.
    const asked = world.questions.map(({ command, args }) => [command, ...args].join(' '));
    if (asked.length > new Set(asked).size || (options.user?.includes('exec:') !== true && asked.length > 0)) {
      throw new Error(`asked: ${asked.join(', ')}`);
    }
    if (world.clock.pending > 0) throw new Error(`${world.clock.pending} timers are left`);
  });
  const groups = new Set(server.resources.map(({ group }) => group));
  const controllers = watchedControllers.filter(({ group }) => group === undefined || groups.has(group));
  const watches = server.resources.filter(({ group }) => isOurs(group)).length + controllers.length;
  const isFresh = (): boolean =>
    world.sink.state('Kustomization')?.name === 'live' &&
    world.sink.held('Kustomization').join() === server.fresh('Kustomization').join();
  return Object.assign(world, {
    server,
    proxy,
    watches,
    async connect() {
      world.contexts.look();
      const state = await world.contexts.connect('test');
      if (state.name !== 'connected') throw new Error(JSON.stringify(state));
      const live = (): boolean =>
        [...world.sink.states.values()].every(({ name }) => name === 'live' || name === 'absent');
      await until(() => isFresh() && live() && server.openWatches === watches, 'the first list');
    },
    settles: (limit = 5_000) => world.clock.advanceUntil(isFresh, limit, 'what a fresh list holds'),
  });
}

let made = 0;

/** A Kustomization; each one made has another path in its spec. */
export function kustomization(name: string, namespace = 'flux-system'): StoredObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace },
    spec: { path: `./${++made}`, interval: '10m' },
  };
}
