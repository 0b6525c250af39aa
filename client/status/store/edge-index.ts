import { type ResourceKey } from '../../../server/model/resource-id';

const none: readonly ResourceKey[] = [];

/** One kind of edge between objects, kept in both directions: who names whom is given, who is named by whom is asked. */
export class EdgeIndex {
  // Most objects are named by one other: a set for each would cost more than all else.
  private readonly incoming = new Map<ResourceKey, ResourceKey | Set<ResourceKey>>();

  /** Replaces what an object names. Edges that stay are not touched. */
  move(from: ResourceKey, before: readonly ResourceKey[], after: readonly ResourceKey[]): void {
    if (before === after) return;
    for (const target of before) if (!after.includes(target)) this.remove(from, target);
    for (const target of after) this.add(from, target);
  }

  /** The objects that name this one. */
  into(target: ResourceKey): Iterable<ResourceKey> {
    const sources = this.incoming.get(target);
    if (sources === undefined) return none;
    return typeof sources === 'string' ? [sources] : sources;
  }

  private add(from: ResourceKey, target: ResourceKey): void {
    const sources = this.incoming.get(target);
    if (sources === undefined) this.incoming.set(target, from);
    else if (typeof sources !== 'string') sources.add(from);
    else if (sources !== from) this.incoming.set(target, new Set([sources, from]));
  }

  private remove(from: ResourceKey, target: ResourceKey): void {
    const sources = this.incoming.get(target);
    if (sources === from) this.incoming.delete(target);
    if (sources === undefined || typeof sources === 'string') return;
    sources.delete(from);
    if (sources.size === 0) this.incoming.delete(target);
  }
}
