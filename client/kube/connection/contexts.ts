import { type ObjectSink } from '../../status/object-sink';
import { failureOf, type Failure } from '../failure';
import { authorityHash } from '../kubeconfig/authority-hash';
import { type LoadedKubeconfig } from '../kubeconfig/load';
import { targetOf, withoutUser, type ContextTarget } from '../kubeconfig/target';
import { watchKubeconfig, type WatchedKubeconfig } from '../kubeconfig/watched';
import { type KubePorts } from '../ports';
import { guardSink } from '../watch/guarded-sink';
import { Requests } from '../requests/requests';
import { type Attention, createAttention } from './attention';
import { Connection } from './connection';
import { type Remembered, rememberConnections } from './remembered';
import { type ConnectionState } from './state';

/** A context of the kubeconfig, for choosing one. Holds no credential. */
export interface KnownContext {
  readonly name: string;
  readonly server: string;
  /** SHA-256 of the certificate authority, hexadecimal; empty where the kubeconfig names none. */
  readonly caHash: string;
  readonly namespace: string;
  /** The certificate of the server is not checked. */
  readonly skipsTls: boolean;
  readonly state: ConnectionState;
}

export interface KnownContexts {
  readonly contexts: readonly KnownContext[];
  /** kubectl's current one; empty when there is none. */
  readonly current: string;
  /** Why there is none at all. */
  readonly failure?: Failure;
  /** What is wrong with single files, one sentence each. */
  readonly faults: readonly string[];
}

interface Entry {
  readonly connection: Connection;
  readonly requests: Requests;
  readonly attention: Attention;
  endLook: (() => void) | undefined;
}

/**
 * The connected contexts of this machine: the entry of `client/kube`. Nothing is read, run or connected before it is asked.
 */
export class Contexts {
  private readonly kubeconfig: WatchedKubeconfig;
  private readonly remembered: Remembered;
  private readonly entries = new Map<string, Entry>();
  /** States of contexts without a connection, where they are more than `idle`. */
  private readonly failed = new Map<string, Failure>();
  private readonly sink: ObjectSink;
  private looks = 0;

  /** @param changed told whenever a state or the kubeconfig has changed */
  constructor(
    private readonly ports: KubePorts,
    sink: ObjectSink,
    private readonly changed: () => void,
  ) {
    this.sink = guardSink(sink, ports.log);
    this.remembered = rememberConnections(ports.storage);
    this.kubeconfig = watchKubeconfig(ports, (loaded) => this.apply(loaded));
  }

  /** What could be connected, and how each context stands. Reads the kubeconfig. */
  async known(): Promise<KnownContexts> {
    const { kubeconfig, failure } = await this.kubeconfig.current();
    const contexts: KnownContext[] = [];
    for (const [name, { cluster, namespace }] of kubeconfig.contexts) {
      const { server = '', skipTlsVerify = false, authority = {} } = kubeconfig.clusters.get(cluster) ?? {};
      contexts.push({
        name,
        server: withoutUser(server),
        caHash: await authorityHash(authority, this.ports.files),
        namespace: namespace || 'default',
        skipsTls: skipTlsVerify,
        state: this.state(name),
      });
    }
    const { currentContext: current, faults } = kubeconfig;
    return { contexts, current, faults, ...(failure === undefined ? {} : { failure }) };
  }

  /** How a context stands, without reading anything. */
  state(context: string): ConnectionState {
    const failure = this.failed.get(context);
    return this.entries.get(context)?.connection.state ?? (failure ? { name: 'failed', failure } : { name: 'idle' });
  }

  /**
   * Connects because the user said so, and remembers it. A context that is connected stays so.
   * @returns how it stands then; cancelled: `idle`
   */
  async connect(context: string, signal?: AbortSignal): Promise<ConnectionState> {
    const before = this.entries.get(context)?.connection.state;
    if (before?.name === 'connected' || before?.name === 'lost') return before;
    this.close(context);
    const target = await this.target(context);
    if (target === undefined) return this.state(context);
    const { connection } = this.add(target, this.ports);
    const state = await connection.open(signal);
    if (state.name === 'idle') this.close(context);
    return state;
  }

  /** Connects what the user has connected on this machine before, unless its last login failed. */
  async connectRemembered(): Promise<void> {
    const loaded = await this.kubeconfig.current();
    for (const context of loaded.kubeconfig.contexts.keys()) {
      if (this.entries.has(context)) continue;
      const target = targetOrUndefined(loaded, context);
      if (target !== undefined && this.remembered.mayConnect(target)) this.reopen(target);
    }
  }

  /** Ends a connection, and forgets it and all that it gave. */
  async disconnect(context: string): Promise<void> {
    this.close(context);
    this.sink.forget(context);
    this.failed.delete(context);
    await this.remembered.forget(context);
    this.changed();
  }

  /** A view, a file or an awaited notice needs what is watched, until the result is called. */
  look(): () => void {
    this.looks++;
    for (const entry of this.entries.values()) entry.endLook ??= entry.attention.look();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      if (--this.looks > 0) return;
      for (const entry of this.entries.values()) {
        entry.endLook?.();
        entry.endLook = undefined;
      }
    };
  }

  /** What can be asked of a context; undefined unless it is connected (also while lost or paused). */
  requests(context: string): Requests | undefined {
    const entry = this.entries.get(context);
    const name = entry?.connection.state.name;
    return name === 'connected' || name === 'lost' || name === 'paused' ? entry?.requests : undefined;
  }

  dispose(): void {
    this.kubeconfig.dispose();
    for (const context of [...this.entries.keys()]) this.close(context);
  }

  /** @param ports with prompts that answer no where nobody clicked */
  private add(target: ContextTarget, ports: KubePorts): Entry {
    const { context } = target;
    this.failed.delete(context);
    const connection = new Connection(target, ports, this.sink, (state) => {
      if (state.name === 'failed' && isRefusal(state.failure)) void this.remembered.set(target, 'refused');
      // A kubeconfig that gives another login mends what a click would have: the next session may connect again.
      if (state.name === 'connected' && !this.remembered.mayConnect(target)) {
        void this.remembered.set(target, 'connected');
      }
      this.changed();
    });
    const attention = createAttention(
      this.ports.clock,
      () => void connection.resume(),
      () => connection.pause(),
    );
    const entry: Entry = {
      connection,
      requests: new Requests(connection.client, this.ports),
      attention,
      endLook: undefined,
    };
    this.entries.set(context, entry);
    entry.endLook = attention.look();
    // Nobody looks yet: the ten minutes begin now.
    if (this.looks === 0) {
      entry.endLook();
      entry.endLook = undefined;
    }
    return entry;
  }

  /** Connects without a click: nobody is asked anything. */
  private reopen(target: ContextTarget): void {
    const prompts = { allowPlugin: () => Promise.resolve(false) };
    void this.add(target, { ...this.ports, prompts }).connection.reopen();
  }

  private close(context: string): void {
    const entry = this.entries.get(context);
    this.entries.delete(context);
    entry?.attention.dispose();
    entry?.connection.close();
  }

  private async target(context: string): Promise<ContextTarget | undefined> {
    try {
      return targetOf(await this.kubeconfig.current(), context);
    } catch (error) {
      this.failed.set(context, failureOf(error));
      this.changed();
      return undefined;
    }
  }

  /** The kubeconfig has changed: connections whose cluster or user is another one are made anew, others are left alone. */
  private apply(loaded: LoadedKubeconfig): void {
    for (const [context, { connection }] of [...this.entries]) {
      let target: ContextTarget;
      try {
        target = targetOf(loaded, context);
      } catch (error) {
        this.close(context);
        this.failed.set(context, failureOf(error));
        this.sink.forget(context);
        continue;
      }
      if (isSame(target, connection.target)) continue;
      this.close(context);
      if (target.cluster.server !== connection.target.cluster.server) {
        // Another server is another cluster, which the user has not connected.
        this.sink.forget(context);
        const message = `Context ${context} now leads to ${target.address}. Connect it again if that is right.`;
        this.failed.set(context, { name: 'not-connected', message });
      } else this.reopen(target);
    }
    for (const [context, failure] of [...this.failed]) {
      const target = targetOrUndefined(loaded, context);
      if (target === undefined) continue;
      // What was wrong with it may have been mended: a file is often gone, or half written, for a moment.
      if (this.remembered.mayConnect(target)) this.reopen(target);
      else if (failure.name !== 'not-connected') this.failed.delete(context);
    }
    this.changed();
  }
}

const refusals: readonly string[] = ['login-failed', 'expired', 'plugin-refused', 'misconfigured'];
const isRefusal = ({ name }: Failure): boolean => refusals.includes(name);

function targetOrUndefined(loaded: LoadedKubeconfig, context: string): ContextTarget | undefined {
  try {
    return targetOf(loaded, context);
  } catch {
    return undefined;
  }
}

const textOf = (target: ContextTarget): string =>
  JSON.stringify(target, (_, value: unknown) => (value instanceof Map ? [...value] : value));
const isSame = (a: ContextTarget, b: ContextTarget): boolean => textOf(a) === textOf(b);
