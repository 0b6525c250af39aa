import { isCyclic, kindText, nameOf, type GraphModel } from './model';
import { type Selection } from './selection';
import { printable } from './shape';

// Mermaid reads quotes, HTML, Markdown, TeX, icons and `style …:` in labels and ends a statement at a line break: all but what
// names are made of is written as an entity, with `#`.
const escape = (text: string): string =>
  printable(text)
    .replace(/[\r\n\t\u2028\u2029]/g, ' ')
    .replace(/[^\w ./-]/gu, (character) => `#${character.codePointAt(0) ?? 0};`);

/** What is shown, as a Mermaid flowchart; members and edges of a dependency cycle are red and say so. */
export function mermaidText(model: GraphModel, { nodes, edges }: Selection, title: string): string {
  const ids = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const lines = ['flowchart LR', `  subgraph cluster["${escape(title)}"]`];
  for (const node of nodes) {
    const isInCycle = model.cycleOf.has(node.id);
    const mark = isInCycle ? '<br/>dependency cycle' : '';
    const text = `${escape(kindText(node))}<br/>${escape(nameOf(node))}${mark}`;
    lines.push(`    ${ids.get(node.id) ?? ''}["${text}"]${isInCycle ? ':::cyclic' : ''}`);
  }
  lines.push('  end');
  const red: number[] = [];
  for (const [index, edge] of edges.entries()) {
    if (isCyclic(model, edge)) red.push(index);
    const arrow = edge.relation === 'applies' ? '-->' : `-.->|${edge.relation}|`;
    lines.push(`  ${ids.get(edge.from) ?? ''} ${arrow} ${ids.get(edge.to) ?? ''}`);
  }
  if (red.length > 0)
    lines.push('  classDef cyclic stroke:#c72e0f,stroke-width:2px', `  linkStyle ${red.join(',')} stroke:#c72e0f`);
  return `${lines.join('\n')}\n`;
}
