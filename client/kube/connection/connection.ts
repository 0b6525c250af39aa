import { type ObjectSink } from '../../status/object-sink';
import { ApiClient } from '../api/client';
import { discoverKinds } from '../api/discovery';
import { textAt } from '../api/json';
import { cancelScope, type CancelScope, sleep } from '../cancellation';
import { failureOf, KubeError, type Failure } from '../failure';
import { type ContextTarget } from '../kubeconfig/target';
import { type KubePorts } from '../ports';
import { createBackoff } from '../watch/backoff';
import { isNetwork } from '../transport/network-failure';
import { createGate, type Gate } from '../watch/gate';
import { createRecovery } from '../watch/recovery';
import { createTurns } from '../watch/turns';
import { WatchSet } from '../watch/watch-set';
import { type ConnectionState } from './state';

// One page in memory for each.
const listsAtOnce = 4;
const longestWait = 4_000;

/** A context that the user has connected: its client, and its watches while somebody looks. */
export class Connection {
  readonly client: ApiClient;
  private readonly life: CancelScope;
  private readonly watches: WatchSet;
  private readonly gate: Gate;
  private current: ConnectionState = { name: 'idle' };
  private isClosed = false;

  constructor(
    readonly target: ContextTarget,
    private readonly ports: KubePorts,
    private readonly sink: ObjectSink,
    private readonly changed: (state: ConnectionState) => void,
  ) {
    this.life = cancelScope(ports.clock);
    this.client = new ApiClient(target, ports, (failure) => this.fail(failure));
    this.gate = createGate(this.client, ports, (failure) => this.reachable(failure), this.life.signal);
    const shared = { sink, client: this.client, ports, gate: this.gate };
    const surroundings = { ...shared, recovery: createRecovery(ports), lists: createTurns(listsAtOnce) };
    this.watches = new WatchSet(surroundings, () => this.namespaces(), this.life.signal);
  }

  get state(): ConnectionState {
    return this.current;
  }

  /**
   * Logs in, asks for the kinds and starts the watches.
   * @returns the state it came to: `connected`, or `failed` with the reason. Cancelled: `idle`.
   */
  async open(signal?: AbortSignal): Promise<ConnectionState> {
    this.show({ name: 'connecting' });
    const failure = await this.start(signal);
    if (failure?.name === 'cancelled') this.show({ name: 'idle' });
    else if (failure !== undefined) this.fail(failure);
    return this.current;
  }

  /** The same without a user who waits: a server that cannot be reached is tried again until it can. */
  async reopen(): Promise<void> {
    this.show({ name: 'connecting' });
    const backoff = createBackoff(this.ports.random, 250, longestWait);
    const { signal } = this.life;
    for (let attempt = 0; ; attempt++) {
      const failure = (await this.unreached()) ?? (await this.start(undefined));
      if (failure === undefined || signal.aborted || this.current.name === 'paused') return;
      if (failure.name === 'forbidden' && attempt === 0) this.gate.doubt();
      if (!this.mayPass(failure)) {
        this.fail(failure);
        return;
      }
      const since = this.current.name === 'lost' ? this.current.since : this.ports.clock.now();
      this.show({ name: 'lost', since, failure });
      if (isNetwork(failure)) this.gate.lost(failure);
      await this.gate.open(signal).catch(() => undefined);
      // A server that answers one path may refuse another without end.
      const isWaited = isNetwork(failure) && attempt === 0;
      if (!isWaited) await sleep(this.ports.clock, backoff.next(failure.retryAfter), signal).catch(() => undefined);
    }
  }

  /** Why the server cannot be reached; a login program is run only once it can. */
  private async unreached(): Promise<Failure | undefined> {
    return this.client.reach(this.life.signal).then(() => undefined, failureOf);
  }

  private mayPass(failure: Failure): boolean {
    // Nobody is refused the kinds for long but by a server that starts.
    if (failure.name === 'forbidden') return this.gate.isYoung;
    return isNetwork(failure) || failure.name === 'server-error' || failure.name === 'busy';
  }

  private async start(signal: AbortSignal | undefined): Promise<Failure | undefined> {
    const scope = cancelScope(this.ports.clock, signal, this.life.signal);
    try {
      const found = await discoverKinds(this.client, scope.signal);
      // Paused or closed meanwhile.
      if (this.isClosed || this.current.name === 'paused') return undefined;
      this.show({ name: 'connected' });
      this.watches.start(found);
      void this.tellVersion();
      return undefined;
    } catch (error) {
      return failureOf(error);
    } finally {
      scope.close();
    }
  }

  /** Which Kubernetes it is; nothing hangs on the answer. */
  private async tellVersion(): Promise<void> {
    const { context } = this.target;
    const request = { path: '/version', what: `ask ${context} for its version`, signal: this.life.signal };
    const version = await this.client.json(request).then(
      (answer) => textAt(answer, 'gitVersion'),
      () => '',
    );
    if (version !== '' && !this.isClosed) this.sink.setServerVersion(context, version);
  }

  /** Somebody looks again after a pause. */
  async resume(): Promise<void> {
    if (this.current.name === 'paused') await this.reopen();
  }

  /** Nobody looks: the streams end, what is known stands. */
  pause(): void {
    if (this.isClosed || !['connecting', 'connected', 'lost'].includes(this.current.name)) return;
    this.watches.pause();
    this.show({ name: 'paused', since: this.ports.clock.now() });
  }

  /** Ends everything; no state is told after that. */
  close(): void {
    this.isClosed = true;
    this.watches.pause();
    this.life.end(new KubeError({ name: 'not-connected', message: `${this.target.context} is not connected.` }));
    this.life.close();
    this.client.close();
  }

  /** The user is not let in, or cannot be: nothing is tried again without a click. */
  private fail(failure: Failure): void {
    if (this.isClosed || this.current.name === 'failed') return;
    this.ports.log.write('warn', 'a connection has failed', { context: this.target.context, state: failure.name });
    this.watches.pause(failure);
    this.show({ name: 'failed', failure });
  }

  private reachable(failure: Failure | undefined): void {
    if (failure === undefined) {
      if (this.current.name === 'lost') this.show({ name: 'connected' });
    } else if (this.current.name === 'connected' || this.current.name === 'lost') {
      const since = this.current.name === 'lost' ? this.current.since : this.ports.clock.now();
      this.show({ name: 'lost', since, failure });
    }
  }

  private namespaces(): readonly string[] {
    const { context, namespace } = this.target;
    return [...new Set([namespace, ...this.ports.settings.namespaces(context)])];
  }

  private show(state: ConnectionState): void {
    if (this.isClosed) return;
    this.current = state;
    this.changed(state);
  }
}
