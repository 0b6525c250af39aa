import { type Path } from '../model/json';
import { type YamlDocument } from '../yaml/document';
import { type YamlEntry, type YamlMap, type YamlNode } from '../yaml/node';
import { keyText } from '../yaml/scalar';
import { type Edit } from './rule';

/** The node written at a path; undefined where a step is missing. Aliases are not followed: others share what they name. */
export function ownNodeAt(document: YamlDocument, path: Path): YamlNode | undefined {
  let here = document.root;
  for (const step of path) {
    if (here?.kind === 'sequence' && typeof step === 'number') here = here.items[step];
    else if (here?.kind === 'map') here = entryOf(here, String(step))?.value;
    else return undefined;
  }
  return here;
}

export function entryOf(map: YamlMap, name: string): YamlEntry | undefined {
  return map.entries.find(({ key }) => keyText(key) === name);
}

/** Characters between the start of its line and an offset of the document's text. */
export function columnOf(document: YamlDocument, offset: number): number {
  return offset - (document.text.lastIndexOf('\n', offset - 1) + 1);
}

/** Lines of a node's own text, moved left so that its first column is 0. */
export function linesOf(document: YamlDocument, node: YamlNode): string[] {
  const column = columnOf(document, node.start);
  const [first = '', ...rest] = document.text.slice(node.start, node.end).trimEnd().split(/\r?\n/);
  return [first, ...rest.map((line) => line.slice(Math.min(column, line.length - line.trimStart().length)))];
}

/** Puts a text as it is in the place of the node at a path; undefined where none is written there. */
export function rewrite(document: YamlDocument, path: Path, text: string): Edit | undefined {
  const node = ownNodeAt(document, path);
  return node && { kind: 'text', span: { start: node.start, end: node.end }, text };
}
