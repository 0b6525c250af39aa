import { resourceKey, type ResourceId, type ResourceKey } from '../../../server/model/resource-id';
import { type LiveStatus } from '../live/live-status';
import { isFailing, isFaulty } from '../relations/standing';
import { watchedEntries } from '../relations/watched-entries';
import { EdgeIndex } from './edge-index';
import { scopeKey, type ScopeObjects } from './scope-objects';

const none: readonly ResourceKey[] = [];

/** The objects of one context, by watch, and the edges between them. */
export class ContextObjects {
  private readonly byScope = new Map<string, ScopeObjects>();
  /** Those of the watches that cover a part of a kind, few or none, by the kind. */
  private readonly parts = new Map<string, ScopeObjects[]>();
  /** Who takes artifacts of whom, who waits for whom, who applied whom: asked from the end that is named. */
  readonly sources = new EdgeIndex();
  readonly dependencies = new EdgeIndex();
  readonly inventories = new EdgeIndex();
  /** The same for what was applied to other clusters, of which the keys say nothing about this one. */
  readonly remoteInventories = new EdgeIndex();
  /** Whose labels name whom. */
  readonly labels = new EdgeIndex();

  /** Of Kubernetes, `v1.34.1`; empty while it is not known. */
  serverVersion = '';
  /** Objects that fail or wait: few of many. */
  readonly faulty = new Set<ResourceKey>();

  private readonly byKey = new Map<ResourceKey, LiveStatus>();
  private remote = 0;

  constructor(readonly context: string) {}

  /** By {@link scopeKey}. */
  get scopes(): ReadonlyMap<string, ScopeObjects> {
    return this.byScope;
  }

  addScope(made: ScopeObjects): void {
    const { group, kind, part } = made.scope;
    this.byScope.set(scopeKey(made.scope), made);
    if (part === undefined) return;
    const key = scopeKey({ group, kind });
    this.parts.set(key, [...(this.parts.get(key) ?? []), made]);
  }

  /** Objects that it still has stay known until they are dropped. */
  removeScope(key: string): void {
    this.byScope.delete(key);
    for (const [kind, parts] of this.parts) {
      this.parts.set(
        kind,
        parts.filter(({ scope }) => scopeKey(scope) !== key),
      );
    }
  }

  /** The watch that covers an object; undefined when its kind is not watched there. */
  scopeOf({ group, kind, namespace, name }: ResourceId): ScopeObjects | undefined {
    const parts = this.parts.get(scopeKey({ group, kind })) ?? [];
    if (parts.length > 0) {
      const key = resourceKey({ group, kind, namespace, name });
      const own = parts.find(({ objects }) => objects.has(key));
      if (own !== undefined) return own;
    }
    const everywhere = this.scopes.get(scopeKey({ group, kind }));
    // Where all namespaces are refused, the watch of the one counts: that it is lost must not go unseen.
    if (everywhere !== undefined && everywhere.state.name !== 'forbidden') return everywhere;
    return this.scopes.get(scopeKey({ group, kind, namespace })) ?? everywhere;
  }

  get(key: ResourceKey): LiveStatus | undefined {
    return this.byKey.get(key);
  }

  get size(): number {
    return this.byKey.size;
  }

  /** How many objects apply to other clusters: most contexts have none, and are not asked for any. */
  get remoteAppliers(): number {
    return this.remote;
  }

  set(scope: ScopeObjects, status: LiveStatus): void {
    scope.failing += failingOf(status) - failingOf(scope.objects.get(status.key));
    scope.objects.set(status.key, status);
    this.replace(status.key, status);
  }

  delete(scope: ScopeObjects, key: ResourceKey): void {
    const before = scope.objects.get(key);
    scope.failing -= failingOf(before);
    scope.objects.delete(key);
    // The same object may stand in another watch, while one of all namespaces takes over from those of each.
    this.replace(key, before && this.elsewhere(before.id, key));
  }

  *ofKind(group: string, kind: string): Iterable<LiveStatus> {
    for (const { scope, objects } of this.scopes.values()) {
      if (scope.kind === kind && scope.group === group) yield* objects.values();
    }
  }

  *all(): Iterable<LiveStatus> {
    for (const { objects } of this.scopes.values()) yield* objects.values();
  }

  private elsewhere({ group, kind, namespace }: ResourceId, key: ResourceKey): LiveStatus | undefined {
    return (
      this.scopes.get(scopeKey({ group, kind }))?.objects.get(key) ??
      this.scopes.get(scopeKey({ group, kind, namespace }))?.objects.get(key) ??
      this.parts
        .get(scopeKey({ group, kind }))
        ?.find(({ objects }) => objects.has(key))
        ?.objects.get(key)
    );
  }

  private replace(key: ResourceKey, after: LiveStatus | undefined): void {
    const before = this.byKey.get(key);
    if (after === undefined) this.byKey.delete(key);
    else this.byKey.set(key, after);
    if (after !== undefined && isFaulty(after)) this.faulty.add(key);
    else this.faulty.delete(key);
    if (before?.target !== undefined) this.remote--;
    if (after?.target !== undefined) this.remote++;
    this.moveEdges(key, before, after);
  }

  private moveEdges(key: ResourceKey, before: LiveStatus | undefined, after: LiveStatus | undefined): void {
    this.sources.move(key, before?.sources ?? none, after?.sources ?? none);
    this.dependencies.move(key, before?.dependsOn ?? none, after?.dependsOn ?? none);
    this.labels.move(key, before?.owners ?? none, after?.owners ?? none);
    const isSame = before?.inventory === after?.inventory && before?.target === after?.target;
    if (isSame) return;
    const [old, now] = [watchedEntries(before?.inventory), watchedEntries(after?.inventory)];
    const [wasHere, isHere] = [before?.target === undefined, after?.target === undefined];
    this.inventories.move(key, wasHere ? old : none, isHere ? now : none);
    this.remoteInventories.move(key, wasHere ? none : old, isHere ? none : now);
  }
}

const failingOf = (status: LiveStatus | undefined): number => (status !== undefined && isFailing(status) ? 1 : 0);
