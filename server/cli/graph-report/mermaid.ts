import { count, plain } from '../io';
import { type GraphCluster } from './collect';
import { drawingOf } from './drawn';
import { shortLabel } from './labels';

// Mermaid reads quotes and HTML in labels; entities are written with `#`.
const escape = (text: string): string => text.replace(/[#"<>&`]/g, (character) => `#${character.codePointAt(0) ?? 0};`);

/** The graph as a Mermaid flowchart, one subgraph per cluster. */
export function mermaidGraph(clusters: readonly GraphCluster[]): string {
  const lines = ['flowchart LR'];
  for (const [index, graph] of clusters.entries()) {
    const { nodes, edges } = drawingOf(graph, `c${index}`);
    lines.push(`  subgraph c${index}["${escape(plain(graph.cluster.path))}"]`);
    for (const { id, key, kind, others, isMissing } of nodes) {
      const more = others === 0 ? '' : `<br/>${count(others, 'more object')}`;
      const text = `${escape(plain(kind))}<br/>${escape(shortLabel(key))}${more}`;
      lines.push(`    ${id}["${text}"]${isMissing ? ':::missing' : ''}`);
    }
    lines.push('  end');
    for (const { from, to, role } of edges) {
      lines.push(role === 'applies' ? `  ${from} --> ${to}` : `  ${from} -.->|${escape(role)}| ${to}`);
    }
  }
  lines.push('  classDef missing stroke-dasharray: 4 4');
  return `${lines.join('\n')}\n`;
}
