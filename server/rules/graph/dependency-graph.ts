import { type RenderedObject } from '../../build/build';
import { hasUnknownIdentity } from '../../build/unknown';
import { type Path } from '../../model/json';
import { type ResourceId, resourceKey, type ResourceKey } from '../../model/resource-id';
import { type ObjectList } from '../../workspace/object-list';
import { referencesOf } from '../../workspace/references';

export interface DependencyEdge {
  readonly id: ResourceId;
  readonly to: ResourceKey;
  /** Where the name stands, and the item of `dependsOn` around it. */
  readonly path: Path;
  readonly at: Path;
}

export interface DependencyNode {
  readonly object: RenderedObject;
  readonly edges: readonly DependencyEdge[];
}

/** Objects with what they depend on. Numbers stand for keys: this runs over a whole cluster when one object changes. */
export class DependencyGraph {
  private constructor(
    readonly nodes: readonly DependencyNode[],
    private readonly numbers: ReadonlyMap<ResourceKey, number>,
  ) {}

  /** Who depends on whom among the objects of one kind that exist in the cluster. Edges to oneself are left out. */
  static of(objects: ObjectList): DependencyGraph {
    const numbers = new Map<ResourceKey, number>();
    const nodes: DependencyNode[] = [];
    for (const object of objects) {
      if (hasUnknownIdentity(object.unknown) || numbers.has(object.key)) continue;
      numbers.set(object.key, nodes.length);
      nodes.push(nodeOf(object));
    }
    return new DependencyGraph(nodes, numbers);
  }

  get(key: ResourceKey): DependencyNode | undefined {
    return this.nodes[this.numberOf(key) ?? -1];
  }

  /** Where the node stands; undefined for an object that does not exist. */
  numberOf(key: ResourceKey): number | undefined {
    return this.numbers.get(key);
  }
}

// Rendered objects never change, and most are the same after an edit.
const known = new WeakMap<RenderedObject, DependencyNode>();

/** What an object depends on, itself left out. */
export function nodeOf(object: RenderedObject): DependencyNode {
  let node = known.get(object);
  if (node === undefined) {
    const edges = referencesOf(object)
      .filter(({ role }) => role === 'dependsOn')
      .map(({ target, path, at }) => ({ id: target.id, to: resourceKey(target.id), path, at }))
      .filter(({ to }) => to !== object.key);
    known.set(object, (node = { object, edges }));
  }
  return node;
}

/**
 * Groups of two or more nodes in which each reaches each other (Tarjan 1972, without recursion: a chain of
 * dependencies may be as long as the repository has Kustomizations).
 */
export function cyclicGroups(graph: DependencyGraph): ResourceKey[][] {
  const { nodes } = graph;
  const low = new Int32Array(nodes.length);
  // Zero for a node that was not entered yet.
  const order = new Int32Array(nodes.length);
  const next = new Int32Array(nodes.length);
  const isOnStack = new Uint8Array(nodes.length);
  const stack: number[] = [];
  const groups: ResourceKey[][] = [];
  let entered = 0;
  const enter = (node: number): number => {
    order[node] = low[node] = ++entered;
    isOnStack[node] = 1;
    stack.push(node);
    return node;
  };
  const lower = (node: number, value = 0): void => {
    low[node] = Math.min(low[node] ?? value, value);
  };
  for (const start of nodes.keys()) {
    // What depends on nothing closes no circle.
    if (order[start] !== 0 || nodes[start]?.edges.length === 0) continue;
    const work = [enter(start)];
    for (let node = work.at(-1); node !== undefined; node = work.at(-1)) {
      const place = next[node] ?? 0;
      const edge = nodes[node]?.edges[place];
      if (edge !== undefined) {
        next[node] = place + 1;
        const to = graph.numberOf(edge.to);
        if (to === undefined || nodes[to]?.edges.length === 0) continue;
        if (order[to] === 0) work.push(enter(to));
        else if (isOnStack[to] === 1) lower(node, order[to]);
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent !== undefined) lower(parent, low[node]);
      if (low[node] !== order[node]) continue;
      const group = stack.splice(stack.indexOf(node));
      for (const member of group) isOnStack[member] = 0;
      if (group.length > 1) groups.push(group.map((member) => nodes[member]?.object.key ?? ''));
    }
  }
  return groups;
}

/** The shortest way from one node to another inside a group, both ends included. */
export function shortestPath(
  graph: DependencyGraph,
  group: ReadonlySet<ResourceKey>,
  from: ResourceKey,
  to: ResourceKey,
): ResourceKey[] {
  const before = new Map<ResourceKey, ResourceKey>([[from, '']]);
  const queue = [from];
  for (const key of queue) {
    if (key === to) break;
    for (const edge of graph.get(key)?.edges ?? []) {
      if (!group.has(edge.to) || before.has(edge.to)) continue;
      before.set(edge.to, key);
      queue.push(edge.to);
    }
  }
  const way: ResourceKey[] = [];
  for (let key = to; key !== ''; key = before.get(key) ?? '') way.unshift(key);
  return way;
}
