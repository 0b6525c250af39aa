import { type Path } from '../../model/json';
import { type YamlDocument } from '../document';
import { entryAt, nodeAt } from '../locate';
import { type YamlNode, type YamlScalar } from '../node';
import { columnOf, lineBreakOf, lineEndOf } from './lines';
import { type DocumentEdit } from './text-edit';
import { isPlainText, rewriteScalar, writeScalar } from './write-scalar';

/** True when the node at a path stands inside brackets. */
export function isInFlow(document: YamlDocument, path: Path): boolean {
  for (let length = 0; length < path.length; length++) {
    const node = nodeAt(document, path.slice(0, length));
    if ((node?.kind === 'map' || node?.kind === 'sequence') && node.flow) return true;
  }
  return false;
}

/** True when a path leads through an alias or merge key, so that an edit would change other places too. */
export function isShared(document: YamlDocument, path: Path): boolean {
  let node = document.root;
  for (const step of path) {
    if (node?.kind === 'sequence' && typeof step === 'number') node = node.items[step];
    else if (node?.kind === 'map' && typeof step === 'string') {
      const own = node.entries.findLast(({ key }) => key.kind === 'scalar' && key.text === step);
      if (own === undefined) return true;
      node = own.value;
    } else return true;
  }
  return false;
}

/**
 * Puts another string where a scalar (or nothing) stands; keeps quotes, comments and block form. undefined when a
 * collection or alias stands there, nothing does, or the place is shared through an alias.
 */
export function replaceScalar(
  document: YamlDocument,
  path: Path,
  newText: string,
): readonly DocumentEdit[] | undefined {
  if (path.length > 0 && isShared(document, path)) return undefined;
  const node = nodeAt(document, path);
  const isFlow = isInFlow(document, path);
  if (node === undefined) {
    const colon = entryAt(document, path)?.colon ?? -1;
    if (colon < 0) return undefined;
    return [{ span: { start: colon + 1, end: colon + 1 }, newText: ` ${writeScalar(newText, 'plain', isFlow)}` }];
  }
  if (node.kind !== 'scalar') return undefined;
  const { start, end } = node;
  if (node.style === 'literal' || node.style === 'folded') return replaceBlock(document, node, newText);
  const written = rewriteScalar(node, newText, isFlow);
  // An empty node stands right behind its tag or anchor.
  return [{ span: { start, end }, newText: start === end ? ` ${written}` : written }];
}

/** A block scalar becomes a literal one of the same depth; undefined when that cannot hold the text. */
function replaceBlock(document: YamlDocument, node: YamlScalar, newText: string): readonly DocumentEdit[] | undefined {
  const { text } = document;
  const lineBreak = lineBreakOf(document);
  const bodyStart = text.indexOf('\n', node.start) + 1;
  const body = text.slice(bodyStart, node.end);
  const depth = /^(?:[ \t]*\r?\n)*( +)/.exec(body)?.[1] ?? '';
  const header = text.slice(node.start, lineEndOf(text, node.start));
  // A body that keeps its last breaks, or whose depth the header gives, is counted by hand.
  if (bodyStart === 0 || depth === '' || /^[|>][-\d]*[+\d]/.test(header)) return undefined;
  if (/[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\ud800-\udfff]/.test(newText)) return undefined;
  const content = newText.endsWith('\n') ? newText.slice(0, -1) : newText;
  if (content === '' || /^[ \n]|\n$/.test(content)) return undefined;
  const comment = /[ \t]#.*$/.exec(header)?.[0] ?? '';
  const lines = content.split('\n').map((line) => (line === '' ? '' : depth + line));
  const head = newText.endsWith('\n') ? '|' : '|-';
  const finalBreak = newText.endsWith('\n') && lineEndOf(text, node.end) === text.length ? lineBreak : '';
  const newBlock = [head + comment, ...lines].join(lineBreak) + finalBreak;
  return [{ span: { start: node.start, end: lineEndOf(text, node.end) }, newText: newBlock }];
}

/**
 * Gives a key another name; keeps its quotes. undefined when the path is no key of its own, or the map has the new
 * one already.
 */
export function renameKey(document: YamlDocument, path: Path, newKey: string): readonly DocumentEdit[] | undefined {
  if (isShared(document, path)) return undefined;
  const key = entryAt(document, path)?.key;
  const parent: YamlNode | undefined = nodeAt(document, path.slice(0, -1));
  if (key?.kind !== 'scalar' || parent?.kind !== 'map') return undefined;
  if (parent.entries.some((entry) => entry.key.kind === 'scalar' && entry.key.text === newKey)) return undefined;
  const isFlow = isInFlow(document, path);
  // Objects take any plain key as text, so a number needs no quotes there that it did not have.
  const newText =
    key.style === 'plain' && isPlainText(newKey, isFlow) && columnOf(document.text, key.start) >= 0
      ? writeScalar(newKey, 'plain', isFlow)
      : writeScalar(newKey, key.style, isFlow);
  return [{ span: { start: key.start, end: key.end }, newText }];
}
