import { type ResourceId, type ResourceKey } from '../../../server/model/resource-id';
import { type StatusClock } from '../clock';
import { boundedText } from '../live/bounded-text';
import { liveId, parseLiveId, type LiveId } from '../live/live-id';
import { sameStatus, type LiveStatus } from '../live/live-status';
import {
  type ListInProgress,
  type LiveObject,
  type ObjectSink,
  type WatchScope,
  type WatchState,
} from '../object-sink';
import { affectedBy, looksSameFromOutside, namedBy } from '../relations/affected';
import { isOverdue } from '../relations/overdue';
import { type LiveView, type TargetContexts } from '../relations/live-view';
import { statusOf } from '../status-of';
import { ChangeBatch, type StatusChange } from './change-batch';
import { ContextObjects } from './context-objects';
import { scopeKey, type ScopeObjects } from './scope-objects';
import { type Slices } from '../slices';

const overdueCheck = 60_000;
const unbound: TargetContexts = { contextOf: () => undefined };

/**
 * What is known of the live objects of all contexts. The one mutable store of the client: watches write, views read.
 * Holds what {@link statusOf} derives, never an object.
 */
export class StatusStore implements ObjectSink, LiveView {
  private readonly byContext = new Map<string, ContextObjects>();
  private readonly listeners = new Set<(change: StatusChange) => void>();
  private readonly batch: ChangeBatch;
  /** Objects of the batch whose surroundings have to be told. */
  private outward = new Set<LiveId>();
  private overdue = new Set<LiveId>();
  private cancelCheck: (() => void) | undefined;

  /**
   * @param targets which context a kubeconfig target is; a target nobody bound is a cluster of which nothing is known
   * @param slices turns of the event loop for finding out what a change reaches; without them it is found in one piece
   */
  constructor(
    private readonly clock: StatusClock,
    readonly targets: TargetContexts = unbound,
    private readonly slices?: Pick<Slices, 'run'>,
  ) {
    this.batch = new ChangeBatch(clock, (objects, contexts) => this.send(objects, contexts));
  }

  /** Calls back with every change, at most once in 208 ms. @returns what ends it */
  onChange(listener: (change: StatusChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  now(): number {
    return this.clock.now();
  }

  /** Names of the contexts that are known, in the order they came. */
  contexts(): readonly string[] {
    return [...this.byContext.keys()];
  }

  find(context: string): ContextObjects | undefined {
    return this.byContext.get(context);
  }

  /** Undefined when there is no such object, or its kind is not watched. */
  get(id: LiveId): LiveStatus | undefined {
    const address = parseLiveId(id);
    return address && this.statusIn(address.context, address.key);
  }

  statusIn(context: string, key: ResourceKey): LiveStatus | undefined {
    return this.byContext.get(context)?.get(key);
  }

  /** How far what is known of an object can be trusted; undefined when its kind is not watched there. */
  stateOf(context: string, object: ResourceId): WatchState | undefined {
    return this.byContext.get(context)?.scopeOf(object)?.state;
  }

  beginList(scope: WatchScope): ListInProgress {
    const { context } = scope;
    const objects = this.scopeIn(scope);
    const list = ++objects.list;
    const seen = new Set<ResourceKey>();
    const isCurrent = (): boolean => list === objects.list && this.isKnown(context, objects);
    return {
      put: (object) => {
        if (!isCurrent()) return;
        const key = this.keep(objects, object);
        if (key !== undefined) seen.add(key);
      },
      end: () => {
        if (!isCurrent()) return;
        for (const key of [...objects.objects.keys()]) if (!seen.has(key)) this.drop(objects, key);
        if (scope.namespace === undefined) this.dropNamespaces(scope, []);
      },
      abandon: () => {
        if (list === objects.list) objects.list++;
      },
    };
  }

  put(scope: WatchScope, object: LiveObject): void {
    this.keep(this.scopeIn(scope), object);
  }

  remove(scope: WatchScope, object: LiveObject): void {
    const objects = this.byContext.get(scope.context)?.scopes.get(scopeKey(scope));
    const status = statusOf(object, scope);
    if (objects !== undefined && status !== undefined) this.drop(objects, status.key);
  }

  setState(scope: WatchScope, state: WatchState): void {
    const objects = this.scopeIn(scope);
    const before = objects.state;
    // What stands is as old as it was until a list is complete.
    if (state.name === 'loading' && isLost(before) && objects.objects.size > 0) return;
    objects.state = state;
    // What may not be seen, or is not there, is not shown as if it were.
    if (state.name === 'forbidden' || state.name === 'absent') {
      objects.list++;
      for (const key of [...objects.objects.keys()]) this.drop(objects, key);
    }
    if (before.name === state.name && JSON.stringify(before) === JSON.stringify(state)) return;
    this.batch.addContext(scope.context);
    // An object looks the same while it is loading and when it is live.
    if (isLost(before) || isLost(state)) for (const key of objects.objects.keys()) this.note(scope.context, key, true);
    if ((before.name === 'live') !== (state.name === 'live')) this.noteNaming(scope);
  }

  watchOnly(scope: WatchScope, namespaces: readonly string[]): void {
    this.dropNamespaces(scope, namespaces);
  }

  setServerVersion(context: string, version: string): void {
    const known = this.contextOf(context);
    const text = boundedText(version, 60);
    if (known.serverVersion === text) return;
    known.serverVersion = text;
    this.batch.addContext(context);
  }

  forget(context: string): void {
    const known = this.byContext.get(context);
    if (known === undefined) return;
    for (const status of known.all()) {
      this.note(context, status.key, true);
      if (status.target !== undefined) this.noteNamed(context, status);
    }
    this.byContext.delete(context);
    this.batch.addContext(context);
    if (this.byContext.size === 0) this.stopChecking();
  }

  /** The bindings of targets changed: objects of other clusters may have parents now, or lost them. */
  targetsChanged(): void {
    for (const [context, objects] of this.byContext) {
      for (const { key } of objects.all()) this.note(context, key, false);
    }
  }

  dispose(): void {
    this.batch.dispose();
    this.stopChecking();
    this.listeners.clear();
    this.byContext.clear();
  }

  private contextOf(context: string): ContextObjects {
    const known = this.byContext.get(context);
    if (known !== undefined) return known;
    const made = new ContextObjects(context);
    this.byContext.set(context, made);
    this.batch.addContext(context);
    this.startChecking();
    return made;
  }

  private scopeIn(scope: WatchScope): ScopeObjects {
    const context = this.contextOf(scope.context);
    const known = context.scopes.get(scopeKey(scope));
    if (known !== undefined) return known;
    const made: ScopeObjects = { scope, state: { name: 'loading' }, objects: new Map(), failing: 0, list: 0 };
    context.addScope(made);
    this.batch.addContext(scope.context);
    return made;
  }

  private isKnown(context: string, objects: ScopeObjects): boolean {
    return this.byContext.get(context)?.scopes.get(scopeKey(objects.scope)) === objects;
  }

  private keep(objects: ScopeObjects, object: LiveObject): ResourceKey | undefined {
    const { scope } = objects;
    const after = statusOf(object, scope);
    if (after === undefined) return undefined;
    if (scope.namespace !== undefined && after.id.namespace !== scope.namespace) return undefined;
    const before = objects.objects.get(after.key);
    if (before !== undefined && sameStatus(before, after)) return after.key;
    const isOutward = before === undefined || !looksSameFromOutside(before, after);
    if (before !== undefined && isOutward) this.noteNamed(scope.context, before);
    this.contextOf(scope.context).set(objects, after);
    this.note(scope.context, after.key, isOutward);
    return after.key;
  }

  private drop(objects: ScopeObjects, key: ResourceKey): void {
    const { context } = objects.scope;
    const status = objects.objects.get(key);
    if (status === undefined) return;
    this.contextOf(context).delete(objects, key);
    this.noteNamed(context, status);
    this.note(context, key, true);
  }

  /** The edges to what an object names go with it, so those are noted while they are known. */
  private noteNamed(context: string, status: LiveStatus): void {
    for (const named of namedBy(this, context, status)) {
      if (this.get(named) !== undefined) this.batch.addObject(named);
    }
  }

  /** Whether what is not there is missing, or only unseen, hangs on the watch of its kind. */
  private noteNaming({ context, group, kind }: WatchScope): void {
    const prefix = `${group}/${kind}/`;
    for (const { key, sources, dependsOn } of this.byContext.get(context)?.all() ?? []) {
      const names = (named: ResourceKey): boolean => named.startsWith(prefix);
      if (sources.some(names) || dependsOn.some(names)) this.note(context, key, true);
    }
  }

  /** What single namespaces gave of a kind is old, but for those that are watched. */
  private dropNamespaces({ context, group, kind, part }: WatchScope, watched: readonly string[]): void {
    const known = this.byContext.get(context);
    for (const [key, objects] of known?.scopes ?? []) {
      const { scope } = objects;
      if (scope.group !== group || scope.kind !== kind || scope.part !== part) continue;
      if (scope.namespace === undefined || watched.includes(scope.namespace)) continue;
      for (const object of [...objects.objects.keys()]) this.drop(objects, object);
      known?.removeScope(key);
      this.batch.addContext(context);
    }
  }

  private note(context: string, key: ResourceKey, isOutward: boolean): void {
    const id = liveId(context, key);
    this.batch.addObject(id);
    if (isOutward) this.outward.add(id);
  }

  /** @returns undefined when it is sent at once */
  private send(objects: Set<LiveId>, contexts: Set<string>): Promise<void> | undefined {
    const work = this.sending(objects, contexts);
    if (this.slices !== undefined) return this.slices.run(work);
    while (work.next().done !== true);
    return undefined;
  }

  private *sending(objects: Set<LiveId>, contexts: Set<string>): Generator<LiveId | undefined, void> {
    const { outward } = this;
    this.outward = new Set();
    for (const id of affectedBy(this, outward)) {
      if (id !== undefined) objects.add(id);
      yield id;
    }
    for (const listener of [...this.listeners]) listener({ objects, contexts });
  }

  // Nothing arrives when an object stops being reconciled; time itself changes how it looks.
  private startChecking(): void {
    this.cancelCheck ??= this.clock.after(overdueCheck, () => {
      this.cancelCheck = undefined;
      this.announceOverdue();
      if (this.byContext.size > 0) this.startChecking();
    });
  }

  private stopChecking(): void {
    this.cancelCheck?.();
    this.cancelCheck = undefined;
  }

  private announceOverdue(): void {
    const overdue = new Set<LiveId>();
    for (const [context, objects] of this.byContext) {
      for (const status of objects.all()) {
        if (isOverdue(status, this.now())) overdue.add(liveId(context, status.key));
      }
    }
    for (const id of overdue) if (!this.overdue.has(id)) this.batch.addObject(id);
    for (const id of this.overdue) if (!overdue.has(id)) this.batch.addObject(id);
    this.overdue = overdue;
  }
}

const isLost = ({ name }: WatchState): boolean => name === 'disconnected' || name === 'paused';
