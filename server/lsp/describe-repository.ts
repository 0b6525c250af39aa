import { findKind } from '../../schemas/kinds';
import { type RenderedObject } from '../build/build';
import { formatAddress } from '../model/object-address';
import { resourceKey } from '../model/resource-id';
import { type SourcePlace } from '../protocol/place';
import {
  type ClusterGraph,
  type ClusterInfo,
  type Graph,
  type GraphEdge,
  type GraphNode,
} from '../protocol/repository';
import { type FileRange, rangeAt } from '../features/place';
import { type RenderedCluster } from '../workspace/cluster';
import { referencesOf } from '../workspace/references';
import { type Snapshot } from '../workspace/snapshot';
import { describeSource, servedSources } from '../workspace/sources/served-sources';

/** The clusters of a snapshot as the protocol tells them. */
export function describeClusters(snapshot: Snapshot, placeOf: (place: FileRange) => SourcePlace): ClusterInfo[] {
  return snapshot.clusters.map(({ cluster, builds }) => ({
    path: cluster.path,
    name: cluster.name,
    ...configuredOf(snapshot, cluster.path),
    flux: { text: cluster.flux.text, isKnown: cluster.flux.isKnown, evidence: cluster.flux.evidence },
    evidence: cluster.evidence.flatMap(({ kind, text, at }) => {
      const file = snapshot.yaml(at.file);
      const place = file && rangeAt(file, at, []);
      return place === undefined ? [] : [{ kind, text, place: placeOf(place) }];
    }),
    kustomizations: builds.size,
    objects: [...builds.values()].reduce((sum, { objects }) => sum + objects.length, 0),
  }));
}

function configuredOf({ configuration }: Snapshot, path: string): Pick<ClusterInfo, 'server' | 'colour'> {
  const { server, colour } = configuration.clusters.find((configured) => configured.path === path) ?? {};
  return { ...(server === undefined ? {} : { server }), ...(colour === undefined ? {} : { colour }) };
}

/** Objects of known kinds with what they apply and refer to, there or missing, per cluster. */
export function describeGraph(snapshot: Snapshot): Graph {
  return { clusters: snapshot.clusters.map(graphOf) };
}

function graphOf(cluster: RenderedCluster): ClusterGraph {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const missing = new Map<string, GraphNode>();
  for (const object of cluster.objects()) {
    if (findKind(object.id.group, object.id.kind) === undefined) continue;
    const build = cluster.builds.get(object.key);
    const { kind, namespace, name } = object.id;
    nodes.push({
      address: formatAddress(object.address),
      kind,
      namespace,
      name,
      ...(object.isSample === true && { sample: true }),
      ...(build !== undefined && {
        applies: build.objects.length,
        holes: [...new Set(build.holes.map(({ message }) => message))],
      }),
    });
    edges.push(...edgesFrom(object, cluster, missing));
  }
  nodes.push(...missing.values());
  const sources = servedSources(cluster).map(describeSource);
  return { cluster: cluster.cluster.path, order: [...cluster.builds.keys()], sources, nodes, edges };
}

/** @param missing takes what is referred to and is not there */
function edgesFrom(object: RenderedObject, cluster: RenderedCluster, missing: Map<string, GraphNode>): GraphEdge[] {
  const from = formatAddress(object.address);
  const applied = (cluster.builds.get(object.key)?.objects ?? [])
    .filter(({ id }) => findKind(id.group, id.kind) !== undefined)
    .map((child) => ({ from, to: formatAddress(child.address), role: 'applies' }));
  // What no file declares, such as an artifact of a generator, refers to others as well.
  const entry = findKind(object.id.group, object.id.kind);
  const referred = referencesOf(object, entry).flatMap(({ target: { id }, role, field }) => {
    const found = cluster.find(id);
    if (found.kind === 'found') return found.objects.map((to) => ({ from, to: formatAddress(to.address), role }));
    // `*` stands for every object of the kind, and what is made outside of Git may well be there.
    if (found.kind !== 'missing' || field.expected === 'elsewhere' || id.name === '*') return [];
    const { kind, namespace, name } = id;
    const to = formatAddress({ cluster: cluster.cluster.path, owner: '', object: resourceKey(id) });
    missing.set(to, { address: to, kind, namespace, name, missing: true });
    return [{ from, to, role }];
  });
  return [...applied, ...referred];
}
