import { type Path } from '../../model/json';
import { type YamlDocument } from '../document';
import { nodeAt } from '../locate';
import { type YamlEntry, type YamlMap, type YamlNode, type YamlSequence } from '../node';
import { lineEndOf, lineStartOf, nextLineOf } from './lines';
import { isShared } from './replace';
import { type DocumentEdit } from './text-edit';

/** A part of a collection: from its key or dash to the end of its value. */
interface Part {
  readonly start: number;
  readonly end: number;
}

/**
 * Takes a map entry or list item out with its lines. A block collection that would be left empty goes with its own
 * key, up to the root, whose last entry takes the whole content. Comments above stay. undefined when nothing is
 * there, an anchor that is used elsewhere would vanish, or what shares its lines cannot be told apart safely.
 */
export function removeEntry(document: YamlDocument, path: Path): readonly DocumentEdit[] | undefined {
  const step = path.at(-1);
  if (step === undefined || isShared(document, path)) return undefined;
  const parentPath = path.slice(0, -1);
  const parent = nodeAt(document, parentPath);
  if (parent?.kind !== 'map' && parent?.kind !== 'sequence') return undefined;
  const index = indexOf(parent, step);
  const parts = partsOf(parent);
  const part = parts[index];
  if (part === undefined || hasNeededAnchor(document, part)) return undefined;
  if (parent.flow) return removeFromFlow(document, parts, index);
  if (parts.length === 1 && parentPath.length > 0) {
    const upper = removeEntry(document, parentPath);
    if (upper !== undefined) return upper;
  }
  return removeLines(document, parts, index);
}

function indexOf(parent: YamlMap | YamlSequence, step: string | number): number {
  if (parent.kind === 'sequence') return typeof step === 'number' ? step : -1;
  return parent.entries.findLastIndex(({ key }) => key.kind === 'scalar' && key.text === step);
}

function partsOf(parent: YamlMap | YamlSequence): readonly Part[] {
  if (parent.kind === 'map') return parent.entries.map((entry) => ({ start: entry.key.start, end: endOf(entry) }));
  return parent.items.map((item, index) => {
    const start = parent.dashes[index] ?? item?.start ?? parent.start;
    return { start, end: item?.end ?? start + 1 };
  });
}

function endOf({ key, colon, value }: YamlEntry): number {
  return value?.end ?? Math.max(key.end, colon + 1);
}

function removeLines(
  document: YamlDocument,
  parts: readonly Part[],
  index: number,
): readonly DocumentEdit[] | undefined {
  const { text } = document;
  const part = parts[index];
  if (part === undefined) return undefined;
  const start = lineStartOf(text, part.start);
  const before = text.slice(start, part.start);
  // Tag and anchor of a key stand before it on its line.
  const isAlone = /^[ ]*(?:[&!]\S+ +)*$/.test(before);
  if (isAlone) {
    const end = nextLineOf(text, part.end);
    if (end === text.length && !text.endsWith('\n') && start > 0 && !endsBlockScalar(document, start)) {
      const lead = text[start - 2] === '\r' ? 2 : 1;
      return [{ span: { start: start - lead, end }, newText: '' }];
    }
    return [{ span: { start, end }, newText: '' }];
  }
  // The first part of a compact collection (`- a: 1`): what follows moves up to its place.
  const next = parts[index + 1];
  if (!/^[ ]*(?:- +)+$/.test(before) || next === undefined) return undefined;
  if (text.slice(part.end, next.start).trim() !== '') return undefined;
  return [{ span: { start: part.start, end: next.start }, newText: '' }];
}

/** True when the line before an offset is the last of a block scalar, to which its line break belongs. */
function endsBlockScalar({ root, text }: YamlDocument, at: number): boolean {
  const visit = (node: YamlNode | undefined): boolean => {
    if (node === undefined || node.kind === 'alias' || node.start >= at) return false;
    if (node.kind === 'sequence') return node.items.some(visit);
    if (node.kind === 'map') return node.entries.some(({ value }) => visit(value));
    return (node.style === 'literal' || node.style === 'folded') && text.slice(node.end, at).trim() === '';
  };
  return visit(root);
}

function removeFromFlow(
  { text }: YamlDocument,
  parts: readonly Part[],
  index: number,
): readonly DocumentEdit[] | undefined {
  const part = parts[index];
  if (part === undefined) return undefined;
  const next = parts[index + 1];
  const previous = parts[index - 1];
  let span: Part = part;
  if (next !== undefined) span = { start: part.start, end: next.start };
  else if (previous !== undefined) span = { start: previous.end, end: part.end };
  if (/[#&!]/.test(text.slice(part.end, span.end) + text.slice(span.start, part.start))) return undefined;
  return [{ span, newText: '' }];
}

/** True when a part holds an anchor that an alias outside of it names. */
function hasNeededAnchor(document: YamlDocument, { start, end }: Part): boolean {
  if (document.anchors.size === 0) return false;
  const from = lineStartOf(document.text, start);
  const to = lineEndOf(document.text, end);
  const isInside = (node: YamlNode): boolean => node.start >= from && node.start <= to;
  const visit = (node: YamlNode | undefined): boolean => {
    if (node === undefined) return false;
    if (node.kind === 'alias') return !isInside(node) && node.target !== undefined && isInside(node.target);
    if (node.kind === 'sequence') return node.items.some(visit);
    return node.kind === 'map' && node.entries.some(({ key, value }) => visit(key) || visit(value));
  };
  return visit(document.root);
}
