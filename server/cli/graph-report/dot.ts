import { count, plain } from '../io';
import { type GraphCluster } from './collect';
import { drawingOf } from './drawn';
import { shortLabel } from './labels';

const quote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;

/** The graph in the DOT language (graphviz.org/doc/info/lang.html), one cluster subgraph per cluster. */
export function dotGraph(clusters: readonly GraphCluster[]): string {
  const lines = ['digraph flux {', '  rankdir=LR;', '  node [shape=box];'];
  for (const [index, graph] of clusters.entries()) {
    const { nodes, edges } = drawingOf(graph, `c${index}`);
    lines.push(`  subgraph cluster_${index} {`, `    label=${quote(plain(graph.cluster.path))};`);
    for (const { id, key, kind, others, isMissing } of nodes) {
      const more = others === 0 ? '' : `\n${count(others, 'more object')}`;
      const text = quote(`${plain(kind)}\n${shortLabel(key)}${more}`);
      lines.push(`    ${id} [label=${text}${isMissing ? ', style=dashed' : ''}];`);
    }
    lines.push('  }');
    for (const { from, to, role } of edges) {
      lines.push(`  ${from} -> ${to}${role === 'applies' ? '' : ` [label=${quote(role)}, style=dashed]`};`);
    }
  }
  lines.push('}');
  return `${lines.join('\n')}\n`;
}
