import { parseResourceKey, type ResourceKey } from '../../model/resource-id';
import { type GraphCluster, type GraphReference } from './collect';

export interface DrawnNode {
  /** Letters and digits, unique in the drawing. */
  readonly id: string;
  readonly key: ResourceKey;
  readonly kind: string;
  /** Objects that are not drawn as nodes of their own. */
  readonly others: number;
  readonly isMissing: boolean;
}

export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  readonly role: string;
}

export interface Drawing {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
}

/**
 * What a picture of a cluster shows: objects that refer to others or that are Kustomizations or referred to; all other
 * objects as a number.
 * @param prefix starts every id, so that several clusters fit one picture.
 */
export function drawingOf(graph: GraphCluster, prefix: string): Drawing {
  const references = new Map<ResourceKey, GraphReference[]>();
  const missing = new Set<ResourceKey>();
  const shown = new Set<ResourceKey>(graph.kustomizations.keys());
  const note = (key: ResourceKey, own: readonly GraphReference[]): void => {
    // References to Secrets and the like are many and say little about how a cluster hangs together.
    const drawn = own.filter(({ to }) => (parseResourceKey(to)?.group ?? '').includes('.fluxcd.'));
    if (drawn.length === 0) return;
    references.set(key, [...(references.get(key) ?? []), ...drawn]);
    shown.add(key);
    for (const { to, state } of drawn) {
      shown.add(to);
      if (state === 'missing') missing.add(to);
    }
  };
  for (const [key, { references: own, objects = [] }] of graph.kustomizations) {
    note(key, own);
    for (const { object, references: theirs } of objects)
      if (!graph.kustomizations.has(object.key)) note(object.key, theirs);
  }
  const ids = new Map([...shown].map((key, index) => [key, `${prefix}n${index}`]));
  const edges: DrawnEdge[] = [];
  const connect = (from: ResourceKey, to: ResourceKey, role: string): void => {
    const [start, end] = [ids.get(from), ids.get(to)];
    if (start !== undefined && end !== undefined && start !== end) edges.push({ from: start, to: end, role });
  };
  const others = new Map<ResourceKey, number>();
  for (const [key, { objects = [] }] of graph.kustomizations) {
    for (const { object } of objects) {
      if (shown.has(object.key)) connect(key, object.key, 'applies');
      else others.set(key, (others.get(key) ?? 0) + 1);
    }
  }
  for (const [key, own] of references) for (const { to, role } of own) connect(key, to, role);
  return {
    nodes: [...ids].map(([key, id]) => ({
      id,
      key,
      kind: parseResourceKey(key)?.kind ?? '',
      others: others.get(key) ?? 0,
      isMissing: missing.has(key),
    })),
    edges,
  };
}
