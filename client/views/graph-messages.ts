import { type ClusterGraph, type ClusterInfo, type GraphEdge, type GraphNode } from '../../server/protocol/repository';
import {
  pageLimits,
  type GraphHostMessage,
  type PageCluster,
  type PageEdge,
  type PageNode,
  type PageState,
  type Relation,
} from '../../webview/protocol';
import { type LiveStates } from './live-states';

/** A cluster with the root whose repository describes it, as the page's picker offers it. */
export interface OfferedCluster extends PageCluster {
  readonly root: string;
  readonly path: string;
}

/** Every cluster of every root; titles name the root's folder, as in its URI, where there are several. */
export function offeredClusters(clusters: ReadonlyMap<string, readonly ClusterInfo[]>): OfferedCluster[] {
  const roots = [...clusters].filter(([, ofRoot]) => ofRoot.length > 0);
  return roots
    .flatMap(([root, ofRoot]) =>
      ofRoot.map(({ path }) => {
        const folder = root.replace(/\/$/, '').split('/').at(-1) ?? '';
        return { id: `${root}|${path}`, title: cut(roots.length > 1 ? `${path} (${folder})` : path), root, path };
      }),
    )
    .slice(0, pageLimits.clusters);
}

/** Roles of references as the kind tables name them; what is in none of these is not drawn. */
const relationOf: Readonly<Record<string, Relation>> = {
  applies: 'applies',
  dependsOn: 'dependsOn',
  sourceRef: 'source',
  chartRef: 'source',
  sources: 'source',
  include: 'source',
};

/** What the page draws of a cluster, or a sentence when that is more than it can. */
export function graphMessage(
  graph: ClusterGraph,
  offered: readonly OfferedCluster[],
  shown: OfferedCluster,
): GraphHostMessage {
  const edges = graph.edges.flatMap(pageEdge);
  const wanted = new Set(edges.map(({ to }) => to));
  const nodes = graph.nodes
    .filter(({ address, missing }) => address.length <= pageLimits.id && (missing !== true || wanted.has(address)))
    .map(pageNode);
  if (nodes.length > pageLimits.nodes || edges.length > pageLimits.edges) {
    const text = `Cluster ${shown.title} has ${nodes.length} objects and ${edges.length} relations, more than the graph can show. fluxwright graph prints them.`;
    return { type: 'notice', text };
  }
  const clusters = offered.map(({ id, title }) => ({ id, title }));
  return { type: 'graph', clusters, cluster: shown.id, nodes, edges };
}

function pageNode({ address, kind, namespace, name, applies, sample, missing, holes = [] }: GraphNode): PageNode {
  const note = [...(sample === true ? ['Made of sample inputs.'] : []), ...holes].join(' ');
  return {
    id: address,
    kind: cut(kind),
    namespace: cut(namespace),
    name: cut(name),
    ...(applies !== undefined && { applies }),
    ...(missing === true && { missing }),
    ...(note !== '' && { note: cut(note) }),
  };
}

function pageEdge({ from, to, role }: GraphEdge): PageEdge[] {
  const relation = relationOf[role];
  // The sync of a cluster applies itself; that says nothing.
  if (relation === undefined || (relation === 'applies' && from === to)) return [];
  return Math.max(from.length, to.length) > pageLimits.id ? [] : [{ from, to, relation }];
}

/** The states of the objects that were sent. */
export function statesMessage(
  { id: cluster, root }: Pick<OfferedCluster, 'id' | 'root'>,
  ids: Iterable<string>,
  live: LiveStates,
): GraphHostMessage {
  const states: PageState[] = [];
  for (const id of ids) {
    const state = live.of(root, id);
    if (state !== undefined) states.push({ id, phase: state.phase, text: cut(state.text) });
  }
  return { type: 'states', cluster, states };
}

function cut(text: string): string {
  return text.length <= pageLimits.text ? text : `${text.slice(0, pageLimits.text - 1)}…`;
}
