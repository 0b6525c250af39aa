import { type ResourceKey } from '../../../server/model/resource-id';

const none: readonly ResourceKey[] = [];

/** One kind of edge between objects, kept in both directions: who names whom is given, who is named by whom is asked. */
export class EdgeIndex {
  private readonly incoming = new Map<ResourceKey, Set<ResourceKey>>();

  /** Replaces what an object names. Edges that stay are not touched. */
  move(from: ResourceKey, before: readonly ResourceKey[], after: readonly ResourceKey[]): void {
    if (before === after) return;
    const kept = new Set(after);
    for (const target of before) if (!kept.has(target)) this.remove(from, target);
    for (const target of kept) {
      const sources = this.incoming.get(target);
      if (sources === undefined) this.incoming.set(target, new Set([from]));
      else sources.add(from);
    }
  }

  /** The objects that name this one; those may be gone from nothing but the index's owner. */
  into(target: ResourceKey): Iterable<ResourceKey> {
    return this.incoming.get(target) ?? none;
  }

  private remove(from: ResourceKey, target: ResourceKey): void {
    const sources = this.incoming.get(target);
    if (sources === undefined) return;
    sources.delete(from);
    if (sources.size === 0) this.incoming.delete(target);
  }
}
