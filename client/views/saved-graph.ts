import { type SaveFormat } from '../../webview/protocol';

// Defaults of Mermaid (its configuration keys maxEdges and maxTextSize), which only the host of a page may raise.
const mostEdges = 500;
const mostText = 50_000;

/** What is written to a file of the name: in Markdown a flowchart is a picture only between fences. */
export function savedText(format: SaveFormat, text: string, path: string): string {
  return format === 'mermaid' && /\.(?:md|markdown)$/i.test(path) ? `\`\`\`mermaid\n${text}\`\`\`\n` : text;
}

/** A sentence when Mermaid would show an error in the place of the flowchart; undefined when it draws it. */
export function mermaidLimit(text: string): string | undefined {
  const edges = text.match(/^ +\w+ (?:-->|-\.->)/gm)?.length ?? 0;
  const over = [
    ...(edges > mostEdges ? [`${edges} relations, and Mermaid draws ${mostEdges}`] : []),
    ...(text.length > mostText ? [`${text.length} characters, and Mermaid reads ${mostText}`] : []),
  ];
  if (over.length === 0) return undefined;
  return `The saved graph has ${over.join('; it has ')} unless its host allows more. Hide a kind or a relation, filter by name, or save it as SVG.`;
}
