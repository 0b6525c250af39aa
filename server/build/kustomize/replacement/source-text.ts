import { type Node, type ScalarNode } from '../node';

function quoted(node: ScalarNode): string {
  if (node.style === 'single') return `'${node.text.replaceAll("'", "''")}'`;
  return JSON.stringify(node.text);
}

/**
 * A value as go-yaml writes it alone, without blanks around it: list matches of replacements are tried against this,
 * so that quotes count. Maps and lists, which no such match is meant for, are written in one line.
 */
export function sourceText(node: Node): string {
  if (node.kind === 'list') return `[${node.items.map(sourceText).join(', ')}]`;
  if (node.kind === 'map') return Array.from(node.entries, ([key, value]) => `${key}: ${sourceText(value)}`).join('\n');
  if (node.style === 'single' || node.style === 'double') return quoted(node);
  if (node.style === 'plain' && !node.text.includes('\n')) return node.text.trim();
  const lines = node.text.split('\n').map((line) => (line === '' ? '' : `    ${line}`));
  return `${node.style === 'folded' ? '>' : '|'}${node.text.endsWith('\n') ? '' : '-'}\n${lines.join('\n')}`.trim();
}
