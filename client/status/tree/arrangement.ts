import { type ResourceKey } from '../../../server/model/resource-id';
import { findLiveKind } from '../kinds/index';
import { type LiveKind } from '../kinds/live-kind';
import { liveId, type LiveId } from '../live/live-id';
import { type LiveStatus } from '../live/live-status';
import { type LiveView } from '../relations/live-view';
import { faultsOf, type Fault } from '../relations/root-cause';
import { mostFaulty } from './fault-rows';
import { passes, type TreeFilter } from './filter';
import { compare, SortedHeap, sortAll } from './sorted-heap';

/** `group/Kind`. */
export type KindName = string;

export const kindName = ({ group, kind }: { readonly group: string; readonly kind: string }): KindName =>
  `${group}/${kind}`;

/** Which objects of a context a view shows. */
export interface Selection {
  readonly sections: ReadonlySet<LiveKind['section']>;
  readonly filter: TreeFilter;
  readonly favorites: ReadonlySet<LiveId>;
}

const fewKeys = 100;

/** The objects of one context that a view shows, sorted, and in the heaps that its modes need. */
export class Arrangement {
  private all: SortedHeap;
  private latest = 0;
  private readonly kinds = new Map<KindName, SortedHeap>();
  private readonly namespaces = new Map<string, SortedHeap>();
  private readonly shown = new Map<ResourceKey, LiveStatus>();
  private layers: DependencyLayers | undefined;
  private pickedLast: Picked | undefined;
  private faultsLast: { readonly version: number; readonly faults: readonly Fault[] } | undefined;

  /** @param nextVersion gives a number that no heap has had */
  constructor(
    private readonly view: LiveView,
    private readonly context: string,
    private readonly selection: Selection,
    private readonly nextVersion: () => number,
  ) {
    this.all = new SortedHeap([], 0);
    this.rebuild();
  }

  get objects(): readonly LiveStatus[] {
    return this.all.objects;
  }

  /** Another number after every change in the context, be it of objects that are not shown. */
  get version(): number {
    return this.latest;
  }

  /** Heaps by kind, in the order of rows. */
  byKind(): readonly (readonly [KindName, SortedHeap])[] {
    return [...this.kinds].sort(([, a], [, b]) => order(a, b));
  }

  kind(name: KindName): SortedHeap | undefined {
    return this.kinds.get(name);
  }

  /** Heaps by namespace in the order of names; cluster scope is the empty name. */
  byNamespace(): readonly (readonly [string, SortedHeap])[] {
    return [...this.namespaces].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  namespace(name: string): SortedHeap | undefined {
    return this.namespaces.get(name);
  }

  /** The connection of the context is another: the objects are as they were. */
  touch(): void {
    this.latest = this.nextVersion();
  }

  /**
   * Takes over what is known now of these objects.
   * @returns what those wait for that came or went: whether it has rows below it hangs on who is shown
   */
  update(keys: readonly ResourceKey[]): readonly ResourceKey[] {
    const before = keys.map((key) => this.shown.get(key));
    this.takeOver(keys);
    return keys.flatMap((key, at) => {
      const [old, now] = [before[at], this.shown.get(key)];
      const isSame = !old === !now && old?.dependsOn.join() === now?.dependsOn.join();
      return isSame ? [] : [...(old?.dependsOn ?? []), ...(now?.dependsOn ?? [])];
    });
  }

  private takeOver(keys: readonly ResourceKey[]): void {
    // One by one costs more than all anew where much has changed.
    if (keys.length > fewKeys && keys.length * 4 > this.shown.size) return this.rebuild();
    const here = this.view.find(this.context);
    const version = this.nextVersion();
    this.latest = version;
    for (const key of keys) {
      const before = this.shown.get(key);
      const status = here?.get(key);
      const after = status !== undefined && this.shows(status) ? status : undefined;
      if (before?.dependsOn.join() !== after?.dependsOn.join() || !before !== !after) this.layers = undefined;
      if (after !== undefined) this.put(after, version);
      else if (before !== undefined) this.remove(before, version);
    }
  }

  /** Those that wait for none of the others. */
  withoutDependency(): readonly LiveStatus[] {
    return this.picked().first;
  }

  /** Those that no way from {@link withoutDependency} reaches: they wait for each other. */
  inCircles(): readonly LiveStatus[] {
    return this.picked().inCircles;
  }

  /** Those that wait for one, sorted. */
  dependents(key: ResourceKey): readonly LiveStatus[] {
    return this.pick(this.dependentKeys(key)).sort(compare);
  }

  hasDependents(key: ResourceKey): boolean {
    return this.dependentKeys(key).length > 0;
  }

  favored(): readonly LiveStatus[] {
    const { favorites } = this.selection;
    if (favorites.size === 0) return [];
    return this.objects.filter(({ key }) => favorites.has(liveId(this.context, key)));
  }

  /** What fails or waits in the context, shown or not, under its roots; the root that blocks most comes first. */
  faults(): readonly Fault[] {
    if (this.faultsLast?.version !== this.version) {
      this.faultsLast = { version: this.version, faults: faultsOf(this.view, this.context, mostFaulty) };
    }
    return this.faultsLast.faults;
  }

  private picked(): Picked {
    if (this.pickedLast?.version === this.version) return this.pickedLast;
    this.layers ??= layersOf(this.objects, this.shown, (key) => this.dependentKeys(key));
    const { first, inCircles } = this.layers;
    this.pickedLast = { version: this.version, first: this.pick(first), inCircles: this.pick(inCircles) };
    return this.pickedLast;
  }

  private dependentKeys(key: ResourceKey): readonly ResourceKey[] {
    const dependents = this.view.find(this.context)?.dependencies.into(key) ?? [];
    return [...dependents].filter((dependent) => this.shown.has(dependent));
  }

  private pick(keys: readonly ResourceKey[]): LiveStatus[] {
    return keys.flatMap((key) => this.shown.get(key) ?? []);
  }

  private shows(status: LiveStatus): boolean {
    const { sections, filter, favorites } = this.selection;
    const section = findLiveKind(status.id.group, status.id.kind)?.section;
    return section !== undefined && sections.has(section) && passes(this.view, this.context, status, filter, favorites);
  }

  private rebuild(): void {
    const version = this.nextVersion();
    this.latest = version;
    this.kinds.clear();
    this.namespaces.clear();
    this.shown.clear();
    this.layers = undefined;
    for (const status of this.view.find(this.context)?.all() ?? []) {
      if (this.shows(status)) this.shown.set(status.key, status);
    }
    const sorted = sortAll(this.shown.values());
    this.all = new SortedHeap(sorted, version);
    const fill = (heaps: Map<string, SortedHeap>, nameOf: (status: LiveStatus) => string): void => {
      const lists = new Map<string, LiveStatus[]>();
      for (const status of sorted) {
        const list = lists.get(nameOf(status));
        if (list === undefined) lists.set(nameOf(status), [status]);
        else list.push(status);
      }
      for (const [name, list] of lists) heaps.set(name, new SortedHeap(list, version));
    };
    fill(this.kinds, ({ id }) => kindName(id));
    fill(this.namespaces, ({ id }) => id.namespace);
  }

  private put(status: LiveStatus, version: number): void {
    this.shown.set(status.key, status);
    this.all.put(status, version);
    for (const [heaps, name] of this.heapsOf(status)) {
      const heap = heaps.get(name);
      if (heap === undefined) heaps.set(name, new SortedHeap([status], version));
      else heap.put(status, version);
    }
  }

  private remove(status: LiveStatus, version: number): void {
    this.shown.delete(status.key);
    this.all.delete(status, version);
    for (const [heaps, name] of this.heapsOf(status)) {
      heaps.get(name)?.delete(status, version);
      if (heaps.get(name)?.objects.length === 0) heaps.delete(name);
    }
  }

  private heapsOf({ id }: LiveStatus): readonly (readonly [Map<string, SortedHeap>, string])[] {
    return [
      [this.kinds, kindName(id)],
      [this.namespaces, id.namespace],
    ];
  }
}

function order(a: SortedHeap, b: SortedHeap): number {
  const [first] = a.objects;
  const [second] = b.objects;
  return first === undefined || second === undefined ? 0 : compare(first, second);
}

interface DependencyLayers {
  readonly first: readonly ResourceKey[];
  readonly inCircles: readonly ResourceKey[];
}

interface Picked {
  readonly version: number;
  readonly first: readonly LiveStatus[];
  readonly inCircles: readonly LiveStatus[];
}

function layersOf(
  objects: readonly LiveStatus[],
  shown: ReadonlyMap<ResourceKey, LiveStatus>,
  dependentsOf: (key: ResourceKey) => readonly ResourceKey[],
): DependencyLayers {
  const first = objects.filter(({ dependsOn }) => !dependsOn.some((key) => shown.has(key))).map(({ key }) => key);
  const reached = new Set(first);
  // The set grows while it is walked.
  for (const key of reached) for (const dependent of dependentsOf(key)) reached.add(dependent);
  return { first, inCircles: objects.map(({ key }) => key).filter((key) => !reached.has(key)) };
}
