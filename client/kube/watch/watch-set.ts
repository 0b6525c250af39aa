import { type WatchScope, type WatchState } from '../../status/object-sink';
import { cancelScope, sleep, type CancelScope } from '../cancellation';
import { discoverKinds, type DiscoveredKind } from '../api/discovery';
import { type ServedKind } from '../api/path';
import { type Failure, failureOf, KubeError } from '../failure';
import { controllerTargets } from './controllers';
import { type WatchSurroundings } from './follow';
import { type WatchTarget } from './watched-kind';
import { empty, type KindProgress, watchKind } from './watch-kind';

interface RunningKind {
  readonly target: WatchTarget;
  readonly progress: KindProgress;
  scope: CancelScope | undefined;
}

// How often the server is asked whether kinds have come or gone.
const askAgain = 10 * 60_000;
// The same while it could not say of some, and while it starts.
const askSoon = 30_000;
const askNow = 2_000;

/** Every watch of one connection. */
export class WatchSet {
  private readonly running = new Map<string, RunningKind>();
  private scope: CancelScope | undefined;
  private isIncomplete = false;

  constructor(
    private readonly surroundings: WatchSurroundings,
    private readonly namespaces: () => readonly string[],
    private readonly signal: AbortSignal,
  ) {}

  /** Starts, or goes on where it was paused. @param found what discovery has just said */
  start(found: readonly DiscoveredKind[]): void {
    if (this.scope !== undefined) return;
    this.scope = cancelScope(this.surroundings.ports.clock, this.signal);
    this.apply(found);
    void this.rediscover(this.scope.signal);
  }

  /**
   * Ends every stream; what the sink holds stands, as old as now, be it a list that was arriving.
   * @param failure why, where it is not that nobody looks
   */
  pause(failure?: Failure): void {
    if (this.scope === undefined) return;
    this.scope.end(new KubeError({ name: 'cancelled', message: 'Paused.' }));
    this.scope.close();
    this.scope = undefined;
    const since = this.surroundings.ports.clock.now();
    const state: WatchState =
      failure === undefined ? { name: 'paused', since } : { name: 'disconnected', since, message: failure.message };
    for (const kind of this.running.values()) {
      kind.scope?.close();
      kind.scope = undefined;
      const { scope } = kind.target;
      for (const [namespace, { isRefused }] of kind.progress) {
        // What is refused stays so.
        if (!isRefused) this.surroundings.sink.setState(inNamespace(scope, namespace), state);
      }
    }
  }

  private apply(found: readonly DiscoveredKind[]): void {
    this.isIncomplete = found.some(({ name }) => name === 'unknown');
    const wanted = new Set<string>();
    const { sink, client, gate } = this.surroundings;
    const { context } = client.target;
    for (const kind of found) {
      const { group, kind: name, plural, versions } = kind.entry;
      if (kind.name === 'served') wanted.add(this.begin({ scope: scopeOf(context, kind.served), metadataOnly: false }));
      else {
        const version = versions[0]?.name ?? '';
        const scope: WatchScope = { context, group, version, kind: name, plural };
        if (kind.name === 'absent' && !gate.isYoung) sink.setState(scope, { name: 'absent' });
        else {
          // What is watched already is still watched.
          for (const [key, running] of this.running) if (isKind(running, scope)) wanted.add(key);
          // A server that starts names the kinds of CRDs a moment later than it answers.
          if (kind.name === 'absent') continue;
          const { message } = kind.failure;
          if (!wanted.has(keyOf(scope))) {
            sink.setState(scope, { name: 'disconnected', since: this.surroundings.ports.clock.now(), message });
          }
        }
      }
    }
    for (const target of controllerTargets(context, found)) wanted.add(this.begin(target));
    for (const [key, running] of this.running) if (!wanted.has(key)) this.end(key, running);
  }

  private begin(target: WatchTarget): string {
    const key = keyOf(target.scope);
    let kind = this.running.get(key);
    if (kind === undefined) this.running.set(key, (kind = { target, progress: new Map(), scope: undefined }));
    if (kind.scope === undefined) {
      const scope = (kind.scope = cancelScope(this.surroundings.ports.clock, this.scope?.signal));
      void this.run(kind, scope);
    }
    return key;
  }

  private async run({ target, progress }: RunningKind, { signal }: CancelScope): Promise<void> {
    try {
      await watchKind(target, this.namespaces(), progress, this.surroundings, signal);
    } catch (error) {
      if (signal.aborted) return;
      const { name, message } = failureOf(error);
      this.surroundings.ports.log.write('error', 'a watch has ended unexpectedly', {
        plural: target.scope.plural,
        name,
      });
      const since = this.surroundings.ports.clock.now();
      this.surroundings.sink.setState(target.scope, { name: 'disconnected', since, message });
    }
  }

  /** The kind is no longer served in this version: what it gave goes. */
  private end(key: string, { target, progress, scope }: RunningKind): void {
    scope?.end(new KubeError({ name: 'cancelled', message: 'Gone.' }));
    scope?.close();
    this.running.delete(key);
    for (const namespace of progress.keys()) empty(inNamespace(target.scope, namespace), this.surroundings.sink);
  }

  private async rediscover(signal: AbortSignal): Promise<void> {
    const { client, ports, gate } = this.surroundings;
    try {
      for (;;) {
        const wait = gate.isYoung ? askNow : this.isIncomplete ? askSoon : askAgain;
        await sleep(ports.clock, wait * (1 + ports.random() / 2), signal);
        await gate.open(signal);
        const found = await discoverKinds(client, signal).catch(() => undefined);
        if (found !== undefined && !signal.aborted) this.apply(found);
      }
    } catch {
      // Paused or closed.
    }
  }
}

const keyOf = ({ group, version, kind, part = '' }: WatchScope): string => `${group}/${version}/${kind}/${part}`;
const isKind = ({ target }: RunningKind, { group, kind }: WatchScope): boolean =>
  target.scope.group === group && target.scope.kind === kind;
const inNamespace = (scope: WatchScope, namespace: string): WatchScope =>
  namespace === '' ? scope : { ...scope, namespace };

function scopeOf(context: string, { group, version, kind, plural }: ServedKind): WatchScope {
  return { context, group, version, kind, plural };
}
