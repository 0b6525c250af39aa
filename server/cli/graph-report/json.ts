import { formatAddress } from '../../model/object-address';
import { parseResourceKey, type ResourceKey } from '../../model/resource-id';
import { clusterForm } from '../report/json';
import { type GraphCluster, type GraphKustomization, type GraphObject, type GraphReference } from './collect';
import { describeSource } from '../../workspace/sources/served-sources';

/** The one object that `graph --format json` prints; fields are only ever added. */
export function jsonGraph(root: string, clusters: readonly GraphCluster[]): string {
  return `${JSON.stringify({ version: 1, root, clusters: clusters.map(clusterGraph) }, null, 2)}\n`;
}

function clusterGraph(graph: GraphCluster): object {
  const addresses = new Map<ResourceKey, string>();
  const nodes: object[] = [];
  const add = (key: ResourceKey, address: string, more: object): void => {
    // Several may apply one object; references lead to the first.
    if (!addresses.has(key)) addresses.set(key, address);
    const { group = '', kind = '', namespace = '', name = key } = parseResourceKey(key) ?? {};
    nodes.push({ address, group, kind, namespace, name, ...more });
  };
  const applied = [...graph.kustomizations.values()].flatMap(({ objects = [] }) => objects);
  const all = [...graph.implied, ...applied];
  for (const { object } of all) add(object.key, formatAddress(object.address), objectForm(object, graph));
  const edges: object[] = [];
  const refer = (from: string, references: readonly GraphReference[]): void => {
    for (const { role, to, state } of references) {
      const address = addresses.get(to);
      edges.push({ from, to: address ?? to, role, ...(address === undefined ? { state } : {}) });
    }
  };
  for (const [key, { objects = [] }] of graph.kustomizations) {
    const from = addresses.get(key) ?? key;
    for (const { object } of objects) edges.push({ from, to: formatAddress(object.address), role: 'applies' });
  }
  for (const { object, references } of all) refer(formatAddress(object.address), references);
  return {
    ...clusterForm(graph.cluster),
    order: [...graph.kustomizations.keys()],
    sources: graph.sources.map(describeSource),
    nodes,
    edges,
  };
}

function objectForm(object: GraphObject['object'], graph: GraphCluster): object {
  const kustomization = graph.kustomizations.get(object.key);
  const file = object.resource === undefined ? {} : { file: object.resource.file };
  const sample = object.isSample === true ? { sample: true } : {};
  return { apiVersion: object.apiVersion, ...file, ...sample, ...(kustomization && kustomizationForm(kustomization)) };
}

function kustomizationForm({ path, objects, holes }: GraphKustomization): object {
  return {
    ...(path === undefined ? {} : { path }),
    ...(objects === undefined ? {} : { applies: objects.length }),
    ...(holes.length === 0 ? {} : { holes }),
  };
}
