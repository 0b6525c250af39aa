import { type PageEdge, type PageNode, type Relation } from '../../../webview/protocol';
import { createModel, type GraphModel } from '../../../webview/graph/model';
import { type Filter } from '../../../webview/graph/selection';

/** A name that is markup, an end of an attribute and an end of a Mermaid label at once. */
export const hostileName = '"><script>alert(1)</script>`"]; x --> y #amp;\u0000\n\u202e&';

export function node(id: string, kind = 'Kustomization', name = id): PageNode {
  return { id, kind, namespace: 'flux-system', name };
}

const arrows: Readonly<Record<string, Relation>> = { '->': 'dependsOn', '=>': 'applies', '~>': 'source' };

/** `a -> b` depends on, `a => b` applies, `a ~> b` takes its files from. */
export function edge(text: string): PageEdge {
  const [from = '', arrow = '', to = ''] = text.split(' ');
  const relation = arrows[arrow];
  if (relation === undefined) throw new Error(`no arrow in ${text}`);
  return { from, to, relation };
}

/** Graph of the edges and the Kustomizations they name. */
export function graph(...texts: readonly string[]): GraphModel {
  const edges = texts.map(edge);
  const ids = [...new Set(edges.flatMap(({ from, to }) => [from, to]))];
  return createModel(
    ids.map((id) => node(id)),
    edges,
  );
}

export const showAll: Filter = { text: '', hiddenKinds: new Set(), hiddenRelations: new Set(), focus: undefined };

/**
 * A cluster as repositories have them: everything is applied from one place and reads one source, a third are
 * Kustomizations that depend on earlier ones, the others releases with the charts they use.
 */
export function largeGraph(size: number): GraphModel {
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const kustomizations = Math.floor(size / 3);
  const nodes = [node('root'), node('git', 'GitRepository')];
  const edges = [edge('root => git'), edge('root ~> git')];
  for (let index = 0; index < kustomizations; index += 1) {
    nodes.push(node(`k${index}`));
    edges.push(edge(`root => k${index}`), edge(`k${index} ~> git`));
    if (index > 0 && random(10) < 7) edges.push(edge(`k${index} -> k${random(index)}`));
    if (index > 2 && random(10) < 2) edges.push(edge(`k${index} -> k${random(index)}`));
  }
  while (nodes.length < size) {
    const release = `h${nodes.length}`;
    nodes.push(node(release, 'HelmRelease'));
    edges.push(edge(`k${random(kustomizations)} => ${release}`));
    if (nodes.length === size || random(10) >= 8) continue;
    const chart = `o${nodes.length}`;
    nodes.push(node(chart, 'OCIRepository'));
    edges.push(edge(`k${random(kustomizations)} => ${chart}`), edge(`${release} ~> ${chart}`));
  }
  return createModel(nodes, edges);
}
