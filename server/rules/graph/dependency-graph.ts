import { type RenderedObject } from '../../build/build';
import { hasUnknownIdentity } from '../../build/unknown';
import { type Path } from '../../model/json';
import { resourceKey, type ResourceKey } from '../../model/resource-id';
import { type RenderedCluster } from '../../workspace/cluster';
import { referencesOf } from '../../workspace/references';

export interface DependencyEdge {
  readonly to: ResourceKey;
  /** Where the name stands, and the item of `dependsOn` around it. */
  readonly path: Path;
  readonly at: Path;
}

export interface DependencyNode {
  readonly object: RenderedObject;
  readonly edges: readonly DependencyEdge[];
}

/**
 * Who depends on whom among the objects of one kind that exist in the cluster. Edges to oneself are left out, and so are
 * objects that depend on nothing: they close no circle.
 */
export function dependencyGraph(
  cluster: RenderedCluster,
  group: string,
  kind: string,
): ReadonlyMap<ResourceKey, DependencyNode> {
  const seen = new Set<ResourceKey>();
  const nodes = new Map<ResourceKey, DependencyNode>();
  for (const object of cluster.objectsOf(group, kind)) {
    if (seen.has(object.key) || hasUnknownIdentity(object.unknown)) continue;
    seen.add(object.key);
    const edges = edgesOf(object);
    if (edges.length > 0) nodes.set(object.key, { object, edges });
  }
  return nodes;
}

// Rendered objects never change, and most are the same after an edit.
const knownEdges = new WeakMap<RenderedObject, readonly DependencyEdge[]>();

function edgesOf(object: RenderedObject): readonly DependencyEdge[] {
  let edges = knownEdges.get(object);
  if (edges === undefined) {
    edges = referencesOf(object)
      .filter(({ role }) => role === 'dependsOn')
      .map(({ target, path, at }) => ({ to: resourceKey(target.id), path, at }))
      .filter(({ to }) => to !== object.key);
    knownEdges.set(object, edges);
  }
  return edges;
}

/**
 * Groups of two or more nodes in which each reaches each other (Tarjan 1972, without recursion: a chain of
 * dependencies may be as long as the repository has Kustomizations).
 */
export function cyclicGroups(nodes: ReadonlyMap<ResourceKey, DependencyNode>): ResourceKey[][] {
  const order = new Map<ResourceKey, number>();
  const low = new Map<ResourceKey, number>();
  const stack: ResourceKey[] = [];
  const onStack = new Set<ResourceKey>();
  const groups: ResourceKey[][] = [];
  const lower = (key: ResourceKey, value: number): unknown => low.set(key, Math.min(low.get(key) ?? value, value));

  const enter = (key: ResourceKey): { key: ResourceKey; next: number } => {
    order.set(key, order.size);
    lower(key, order.size - 1);
    stack.push(key);
    onStack.add(key);
    return { key, next: 0 };
  };
  for (const start of nodes.keys()) {
    if (order.has(start)) continue;
    const work = [enter(start)];
    for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
      const edge = nodes.get(frame.key)?.edges[frame.next++];
      if (edge !== undefined) {
        if (!nodes.has(edge.to)) continue;
        if (!order.has(edge.to)) work.push(enter(edge.to));
        else if (onStack.has(edge.to)) lower(frame.key, order.get(edge.to) ?? 0);
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      const reached = low.get(frame.key) ?? 0;
      if (parent !== undefined) lower(parent.key, reached);
      if (reached !== order.get(frame.key)) continue;
      const group = stack.splice(stack.indexOf(frame.key));
      for (const key of group) onStack.delete(key);
      if (group.length > 1) groups.push(group);
    }
  }
  return groups;
}

/** The shortest way from one node to another inside a group, both ends included. */
export function shortestPath(
  nodes: ReadonlyMap<ResourceKey, DependencyNode>,
  group: ReadonlySet<ResourceKey>,
  from: ResourceKey,
  to: ResourceKey,
): ResourceKey[] {
  const before = new Map<ResourceKey, ResourceKey>([[from, '']]);
  const queue = [from];
  for (const key of queue) {
    if (key === to) break;
    for (const edge of nodes.get(key)?.edges ?? []) {
      if (!group.has(edge.to) || before.has(edge.to)) continue;
      before.set(edge.to, key);
      queue.push(edge.to);
    }
  }
  const way: ResourceKey[] = [];
  for (let key = to; key !== ''; key = before.get(key) ?? '') way.unshift(key);
  return way;
}
