import { type LiveObject, type WatchScope, type WatchState } from '../../client/status/object-sink';
import { liveId, parseLiveId, type LiveId } from '../../client/status/live/live-id';
import { childrenOf } from '../../client/status/relations/children';
import { type TargetContexts } from '../../client/status/relations/live-view';
import { dependentsOf, parentsOf } from '../../client/status/relations/parents';
import { rootCauseOf } from '../../client/status/relations/root-cause';
import { standingOf } from '../../client/status/relations/standing';
import { StatusStore } from '../../client/status/store/status-store';
import { summaryOf } from '../../client/status/tree/summary';
import { FakeClock } from './fake-clock';
import { liveText } from '../../client/status/live/live-value';
import { type HandSlices } from './hand-slices';
import { scopeOf } from './live-objects';
import { type RandomEvent } from './random-objects';

const nameOf = (object: LiveObject): string =>
  `${liveText(object, 'metadata', 'namespace') ?? ''}/${liveText(object, 'metadata', 'name') ?? ''}`;

interface Truth {
  readonly scope: WatchScope;
  state: WatchState;
  objects: Map<string, LiveObject>;
}

/** A store that hears events, beside a plain record of what a server that sent them would hold. */
export class StatusWorld {
  readonly clock = new FakeClock();
  private bound = false;
  readonly targets: TargetContexts = {
    contextOf: (context) => (this.bound && context === 'hub' ? 'spoke' : undefined),
  };
  readonly store: StatusStore;
  private readonly truth = new Map<string, Truth>();

  /** @param slices what interrupts the store's work */
  constructor(slices?: HandSlices) {
    this.store = new StatusStore(this.clock, this.targets, slices);
  }

  apply(event: RandomEvent): void {
    switch (event.type) {
      case 'put':
        return this.put(event.context, event.object);
      case 'remove': {
        const scope = scopeOf(liveText(event.object, 'kind') ?? '', event.context);
        this.truth.get(keyOf(scope))?.objects.delete(nameOf(event.object));
        return this.store.remove(scope, event.object);
      }
      case 'list':
      case 'broken-list':
        return this.list(event.scope, event.objects, event.type === 'list');
      case 'state':
        return this.setState(event.scope, stateNamed(event.state));
      case 'forget':
        for (const [key, { scope }] of this.truth) if (scope.context === event.context) this.truth.delete(key);
        return this.store.forget(event.context);
      case 'bind':
        this.bound = event.isBound;
        return this.store.targetsChanged();
      case 'wait':
        return this.clock.advance(event.milliseconds);
    }
  }

  /** A store that was told nothing but what holds now. */
  fresh(): StatusStore {
    const store = new StatusStore(new FakeClock(this.clock.now()), this.targets);
    for (const { scope, state, objects } of this.truth.values()) {
      store.setState(scope, state);
      const list = store.beginList(scope);
      for (const object of objects.values()) list.put(object);
      list.end();
    }
    return store;
  }

  private put(context: string, object: LiveObject): void {
    const scope = scopeOf(liveText(object, 'kind') ?? '', context);
    this.known(scope).objects.set(nameOf(object), object);
    this.store.put(scope, object);
  }

  private list(scope: WatchScope, objects: readonly LiveObject[], isComplete: boolean): void {
    const ofKind = objects.filter((object) => object['kind'] === scope.kind);
    const truth = this.known(scope);
    if (isComplete) truth.objects = new Map();
    for (const object of ofKind) truth.objects.set(nameOf(object), object);
    const list = this.store.beginList(scope);
    for (const object of ofKind) list.put(object);
    if (isComplete) list.end();
    else list.abandon();
    // What comes after the end counts for nothing.
    for (const object of ofKind) if (!isComplete) list.put(object);
  }

  private setState(scope: WatchScope, state: WatchState): void {
    const truth = this.known(scope);
    truth.state = state;
    if (state.name === 'forbidden') truth.objects = new Map();
    this.store.setState(scope, state);
  }

  private known(scope: WatchScope): Truth {
    const known = this.truth.get(keyOf(scope)) ?? { scope, state: { name: 'loading' }, objects: new Map() };
    this.truth.set(keyOf(scope), known);
    return known;
  }
}

const keyOf = ({ context, group, kind }: WatchScope): string => `${context}|${group}/${kind}`;

function stateNamed(name: 'live' | 'disconnected' | 'forbidden' | 'paused'): WatchState {
  switch (name) {
    case 'live':
      return { name };
    case 'forbidden':
      return { name, message: 'no' };
    case 'paused':
      return { name, since: 5 };
    case 'disconnected':
      return { name, since: 7, message: 'lost' };
  }
}

/** Everything that is said of an object, as one value. */
export function saidOf(store: StatusStore, id: LiveId): unknown {
  const { context, key } = parseLiveId(id) ?? { context: '', key: '' };
  const status = store.statusIn(context, key);
  if (status === undefined) return undefined;
  const standing = standingOf(store, context, status);
  return {
    status,
    standing: { ...standing, status: undefined },
    summary: summaryOf(store, id, standing),
    cause: rootCauseOf(store, id),
    parents: [...parentsOf(store, context, status)].sort(),
    dependents: [...dependentsOf(store, context, key)].sort(),
    children: childrenOf(store, context, status)?.map((child) => [child.context, child.id, child.status?.phase]),
  };
}

/** Everything that is said of everything. */
export function saidOfAll(store: StatusStore): ReadonlyMap<LiveId, unknown> {
  const said = new Map<LiveId, unknown>();
  for (const context of store.contexts()) {
    for (const { key } of store.find(context)?.all() ?? []) {
      const id = liveId(context, key);
      said.set(id, saidOf(store, id));
    }
  }
  return new Map([...said].sort(([a], [b]) => (a < b ? -1 : 1)));
}
