import { type PageEdge, type PageNode } from '../protocol';
import { findCycles } from './cycles';

/** A cluster's graph with what is asked of it all the time. */
export interface GraphModel {
  readonly nodes: ReadonlyMap<string, PageNode>;
  /** Each once, between nodes of the model only. */
  readonly edges: readonly PageEdge[];
  /** Rings of `dependsOn`: nothing in one is ever applied. Each in an order in which one depends on the next. */
  readonly cycles: readonly (readonly string[])[];
  /** Nodes in a ring, with the number of the ring. */
  readonly cycleOf: ReadonlyMap<string, number>;
  /** How many objects each depends on; absent for none. */
  readonly dependencies: ReadonlyMap<string, number>;
}

export function createModel(nodes: readonly PageNode[], edges: readonly PageEdge[]): GraphModel {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const seen = new Set<string>();
  const between = edges.filter(({ from, to, relation }) => {
    const key = JSON.stringify([from, to, relation]);
    if (!byId.has(from) || !byId.has(to) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  const depends = between.filter(({ relation }) => relation === 'dependsOn');
  const cycles = findCycles(depends);
  const cycleOf = new Map(cycles.flatMap((cycle, index) => cycle.map((id) => [id, index] as const)));
  const dependencies = new Map<string, number>();
  for (const { from } of depends) dependencies.set(from, (dependencies.get(from) ?? 0) + 1);
  return { nodes: byId, edges: between, cycles, cycleOf, dependencies };
}

/** True for an edge that is part of a ring. */
export function isCyclic(model: GraphModel, { from, to, relation }: PageEdge): boolean {
  const cycle = model.cycleOf.get(from);
  return relation === 'dependsOn' && cycle !== undefined && cycle === model.cycleOf.get(to);
}

/** Its kind, and whether nothing declares it. */
export function kindText({ kind, missing }: PageNode): string {
  return missing === true ? `${kind}, not in the repository` : kind;
}

/** How an object is named: `namespace/name`, or the name alone for cluster scope. */
export function nameOf({ namespace, name }: PageNode): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}
