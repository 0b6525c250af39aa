import { type ResourceKey } from '../../../server/model/resource-id';
import { findLiveKind, kindOrder } from '../kinds/index';
import { type LiveKind } from '../kinds/live-kind';
import { liveId, type LiveId } from '../live/live-id';
import { type LiveStatus } from '../live/live-status';
import { type LiveView } from '../relations/live-view';
import { passes, type TreeFilter } from './filter';

/** `group/Kind`. */
export type KindName = string;

export const kindName = ({ group, kind }: { readonly group: string; readonly kind: string }): KindName =>
  `${group}/${kind}`;

/** The objects of one context that a view shows, sorted, and in the heaps that its modes need. */
export class Arrangement {
  readonly objects: readonly LiveStatus[];
  private readonly heaps = new Map<string, ReadonlyMap<string, readonly LiveStatus[]>>();
  private standing: ReadonlySet<ResourceKey> | undefined;

  constructor(
    private readonly view: LiveView,
    private readonly context: string,
    sections: ReadonlySet<LiveKind['section']>,
    filter: TreeFilter,
    private readonly favorites: ReadonlySet<LiveId>,
  ) {
    const shown: LiveStatus[] = [];
    for (const { scope, objects } of view.find(context)?.scopes.values() ?? []) {
      const section = findLiveKind(scope.group, scope.kind)?.section;
      if (section === undefined || !sections.has(section)) continue;
      for (const status of objects.values()) if (passes(view, context, status, filter, favorites)) shown.push(status);
    }
    this.objects = shown.sort(compare);
  }

  /** By kind, in the order of {@link kindOrder}. */
  byKind(): ReadonlyMap<KindName, readonly LiveStatus[]> {
    return this.heap('kind', ({ id }) => kindName(id));
  }

  /** By namespace in the order of names; cluster scope is the empty name. */
  byNamespace(): ReadonlyMap<string, readonly LiveStatus[]> {
    const heap = this.heap('namespace', ({ id }) => id.namespace);
    return new Map([...heap].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Those that wait for none of the others. */
  withoutDependency(): readonly LiveStatus[] {
    const keys = this.keys();
    return this.objects.filter(({ dependsOn }) => !dependsOn.some((key) => keys.has(key)));
  }

  /** Those that wait for one, sorted. */
  dependents(key: ResourceKey): readonly LiveStatus[] {
    const keys = this.keys();
    const here = this.view.find(this.context);
    return [...(here?.dependencies.into(key) ?? [])]
      .filter((dependent) => keys.has(dependent))
      .flatMap((dependent) => here?.get(dependent) ?? [])
      .sort(compare);
  }

  /** Those that no way from {@link withoutDependency} reaches: they wait for each other. */
  inCircles(): readonly LiveStatus[] {
    const reached = new Set(this.withoutDependency().map(({ key }) => key));
    for (const key of reached) for (const dependent of this.dependents(key)) reached.add(dependent.key);
    return this.objects.filter(({ key }) => !reached.has(key));
  }

  favored(): readonly LiveStatus[] {
    return this.favorites.size === 0
      ? []
      : this.objects.filter(({ key }) => this.favorites.has(liveId(this.context, key)));
  }

  private keys(): ReadonlySet<ResourceKey> {
    this.standing ??= new Set(this.objects.map(({ key }) => key));
    return this.standing;
  }

  private heap(name: string, keyOf: (status: LiveStatus) => string): ReadonlyMap<string, readonly LiveStatus[]> {
    const known = this.heaps.get(name);
    if (known !== undefined) return known;
    const made = new Map<string, LiveStatus[]>();
    for (const status of this.objects) {
      const key = keyOf(status);
      const heap = made.get(key);
      if (heap === undefined) made.set(key, [status]);
      else heap.push(status);
    }
    this.heaps.set(name, made);
    return made;
  }
}

/** Order of rows: kinds as everywhere, then namespace, then name. */
export function compare({ id: a }: Pick<LiveStatus, 'id'>, { id: b }: Pick<LiveStatus, 'id'>): number {
  if (a.kind !== b.kind || a.group !== b.group) {
    const order = kindOrder(a.group, a.kind) - kindOrder(b.group, b.kind);
    if (order !== 0) return order;
    if (a.kind !== b.kind) return a.kind < b.kind ? -1 : 1;
    return a.group < b.group ? -1 : 1;
  }
  if (a.namespace !== b.namespace) return a.namespace < b.namespace ? -1 : 1;
  return a.name === b.name ? 0 : a.name < b.name ? -1 : 1;
}
