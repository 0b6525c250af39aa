import { type PageEdge, type PageNode, type Relation } from '../protocol';
import { type GraphModel } from './model';

/** What of a graph the user wants to see. */
export interface Filter {
  /** Words that kind, namespace or name must hold, in any order and case. */
  readonly text: string;
  readonly hiddenKinds: ReadonlySet<string>;
  readonly hiddenRelations: ReadonlySet<Relation>;
  /** Only this node and those it has an edge with; ignored when the graph has no such node. */
  readonly focus: string | undefined;
}

/** Part of a graph that is shown: edges only between nodes that are. */
export interface Selection {
  readonly nodes: readonly PageNode[];
  readonly edges: readonly PageEdge[];
}

export function select(model: GraphModel, filter: Filter): Selection {
  const edges = model.edges.filter(({ relation }) => !filter.hiddenRelations.has(relation));
  const near =
    filter.focus !== undefined && model.nodes.has(filter.focus) ? neighbours(edges, filter.focus) : undefined;
  const words = filter.text.toLowerCase().split(/\s+/);
  const shown = new Map<string, PageNode>();
  for (const [id, node] of model.nodes) {
    if (filter.hiddenKinds.has(node.kind) || near?.has(id) === false) continue;
    const text = `${node.kind} ${node.namespace}/${node.name}`.toLowerCase();
    if (words.every((word) => text.includes(word))) shown.set(id, node);
  }
  return { nodes: [...shown.values()], edges: edges.filter(({ from, to }) => shown.has(from) && shown.has(to)) };
}

function neighbours(edges: readonly PageEdge[], focus: string): Set<string> {
  return new Set([focus, ...edges.flatMap(({ from, to }) => (from === focus ? [to] : to === focus ? [from] : []))]);
}
