import { type Path } from '../../model/json';
import { type YamlDocument } from '../document';
import { entryAt, nodeAt } from '../locate';
import { type YamlMap, type YamlNode } from '../node';
import { parseDocument } from '../parse';
import { columnOf, indentStepOf, lineBreakOf, lineEndOf } from './lines';
import { isShared } from './replace';
import { type DocumentEdit } from './text-edit';
import { writeScalar } from './write-scalar';

/**
 * Adds a key as the last one of the map at a path, started where there is nothing yet. `yamlText` is the value as
 * YAML at indentation 0. undefined when the key exists, something else than a map stands there, or the value does
 * not fit (a block value inside brackets).
 */
export function insertKey(
  document: YamlDocument,
  parentPath: Path,
  key: string,
  yamlText: string,
): readonly DocumentEdit[] | undefined {
  if (parentPath.length > 0 && isShared(document, parentPath)) return undefined;
  const value = parseDocument(yamlText);
  if (value.faults.length > 0) return undefined;
  const parent = nodeAt(document, parentPath);
  const entry = (indent: number): string => writeEntry(document, key, yamlText, value.root, indent);
  if (parent === undefined) return startMap(document, parentPath, entry);
  if (parent.kind !== 'map') return undefined;
  if (parent.entries.some((other) => other.key.kind === 'scalar' && other.key.text === key)) return undefined;
  if (parent.flow) return insertInFlow(document, parent, key, yamlText, value.root);
  const first = parent.entries[0];
  if (first === undefined || keepsLastBreaks(document, parent)) return undefined;
  const at = lineEndOf(document.text, parent.end);
  const newText = lineBreakOf(document) + entry(columnOf(document.text, first.key.start));
  return [{ span: { start: at, end: at }, newText }];
}

/** `key: value` at an indentation, without line break around it. */
function writeEntry(
  document: YamlDocument,
  key: string,
  yamlText: string,
  value: YamlNode | undefined,
  indent: number,
): string {
  const lineBreak = lineBreakOf(document);
  const lines = yamlText.replace(/\r?\n$/, '').split(/\r?\n/);
  const isBlock = (value?.kind === 'map' || value?.kind === 'sequence') && !value.flow;
  const depth = ' '.repeat(isBlock ? indent + indentStepOf(document) : indent);
  const indented = lines.map((line, index) => (line === '' || (index === 0 && !isBlock) ? line : depth + line));
  const body = indented.join(lineBreak);
  const separator = isBlock ? lineBreak : body === '' ? '' : ' ';
  return `${' '.repeat(indent)}${writeScalar(key)}:${separator}${body}`;
}

/** Nothing is written at the path yet: the map begins under its key, or at the end of an empty document. */
function startMap(
  document: YamlDocument,
  path: Path,
  entry: (indent: number) => string,
): readonly DocumentEdit[] | undefined {
  const { text } = document;
  const lineBreak = lineBreakOf(document);
  if (path.length === 0) {
    const at = text.length;
    const isFresh = text === '' || text.endsWith('\n') || text === '\ufeff';
    return [{ span: { start: at, end: at }, newText: (isFresh ? '' : lineBreak) + entry(0) + lineBreak }];
  }
  const owner = entryAt(document, path);
  const line = owner === undefined ? '' : text.slice(0, owner.key.start).split('\n').at(-1);
  // Only under a key that stands alone on its line, or behind a dash: not in brackets.
  if (owner === undefined || owner.colon < 0 || !/^[ ]*(?:- +)*$/.test(line ?? '')) return undefined;
  const at = lineEndOf(text, owner.colon);
  const indent = columnOf(text, owner.key.start) + indentStepOf(document);
  return [{ span: { start: at, end: at }, newText: lineBreak + entry(indent) }];
}

function insertInFlow(
  document: YamlDocument,
  map: YamlMap,
  key: string,
  yamlText: string,
  value: YamlNode | undefined,
): readonly DocumentEdit[] | undefined {
  const line = yamlText.trim();
  if (line.includes('\n') || /(?:^|\s)#/.test(line)) return undefined;
  if ((value?.kind === 'map' || value?.kind === 'sequence') && !value.flow) return undefined;
  const isPlain = value?.kind === 'scalar' && value.style === 'plain' && value.tag === undefined;
  const written = isPlain && /[,[\]{}?:]/.test(line) ? writeScalar(value.text, 'plain', true) : line;
  const pair = `${writeScalar(key, 'plain', true)}: ${written}`;
  const last = map.entries.at(-1);
  if (last === undefined) return [{ span: { start: map.start, end: map.end }, newText: `{ ${pair} }` }];
  const at = last.value?.end ?? Math.max(last.key.end, last.colon + 1);
  // A comma may follow already; the new pair goes before it.
  return document.text[map.end - 1] === '}' ? [{ span: { start: at, end: at }, newText: `, ${pair}` }] : undefined;
}

/**
 * True when the map ends in a block scalar that a key below would change: one that keeps the empty lines behind it, or
 * one without a line break at the end of the text, which would get one.
 */
function keepsLastBreaks({ text }: YamlDocument, map: YamlMap): boolean {
  let node: YamlNode | undefined = map;
  while (node?.kind === 'map' || node?.kind === 'sequence') {
    node = node.kind === 'map' ? node.entries.at(-1)?.value : node.items.at(-1);
  }
  if (node?.kind !== 'scalar' || (node.style !== 'literal' && node.style !== 'folded')) return false;
  const header = text.slice(node.start, node.start + 3);
  return /^[|>]\d?\+/.test(header) || (!/^[|>]\d?-/.test(header) && !text.includes('\n', node.end));
}
