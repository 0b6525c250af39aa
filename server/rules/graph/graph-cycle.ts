import { type ResourceKey } from '../../model/resource-id';
import { type ClusterRule } from '../rule';
import { cyclicGroups, DependencyGraph, type DependencyNode, shortestPath } from './dependency-graph';
import { candidatesForCircles, noteNoCircle } from './new-circles';

const kinds = [
  { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization' },
  { group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease' },
] as const;

// A long way round is told by its ends; the related places lead through the rest.
const shownMembers = 6;

export const graphCycle: ClusterRule = {
  code: 'graph-cycle',
  severity: 'error',
  certainty: 'certain',
  scope: 'cluster',
  summary: 'Objects depend on each other in a circle.',
  documentation: `Following \`dependsOn\` from this item leads back to the same object.

None of the members ever becomes ready (\`DependencyNotReady\`). Among Kustomizations it reaches further: while a cycle exists, a new revision of the source no longer triggers any Kustomization that has not caught up yet; they move only at their own interval.

Remove one of the dependencies of the circle.`,
  check(cluster, context) {
    for (const { group, kind } of kinds) {
      const objects = cluster.objectsOf(group, kind);
      const graph = DependencyGraph.of(candidatesForCircles(cluster, objects));
      const groups = cyclicGroups(graph);
      if (groups.length === 0) noteNoCircle(objects);
      for (const members of groups) {
        const inside = new Set(members);
        for (const member of members) {
          const node = graph.get(member);
          if (node === undefined) continue;
          for (const edge of node.edges) {
            if (!inside.has(edge.to)) continue;
            const back = shortestPath(graph, inside, edge.to, member);
            const fallout =
              kind === 'Kustomization'
                ? 'None of them will become ready, and new revisions no longer trigger other Kustomizations.'
                : 'None of them will be installed.';
            context.reportOn(node.object, {
              path: edge.path,
              message: `dependsOn closes a circle: ${describeWay(graph, [member, ...back])}. ${fallout}`,
              related: relatedPlaces(graph, back),
              fix: {
                title: `Remove the dependency on ${graph.get(edge.to)?.object.id.name ?? ''}`,
                edits: [{ kind: 'remove', path: edge.at }],
              },
            });
          }
        }
      }
    }
  },
};

function describeWay(graph: DependencyGraph, way: readonly ResourceKey[]): string {
  const names = way.map((key) => graph.get(key)?.object.id.name ?? '');
  if (names.length > shownMembers + 1) names.splice(3, names.length - shownMembers, '…');
  return names.join(' → ');
}

function relatedPlaces(
  graph: DependencyGraph,
  way: readonly ResourceKey[],
): { object: DependencyNode['object']; path: DependencyNode['edges'][number]['path']; message: string }[] {
  return way.slice(0, -1).flatMap((key, index) => {
    const node = graph.get(key);
    const edge = node?.edges.find(({ to }) => to === way[index + 1]);
    if (node === undefined || edge === undefined) return [];
    const next = graph.get(edge.to)?.object.id.name ?? '';
    return [{ object: node.object, path: edge.path, message: `${node.object.id.name} depends on ${next}` }];
  });
}
