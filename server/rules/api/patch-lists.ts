import { type Path } from '../../model/json';
import { type YamlDocument } from '../../yaml/document';
import { type YamlEntry, type YamlMap, type YamlNode } from '../../yaml/node';
import { type Edit } from '../rule';
import { columnOf, entryOf, linesOf, ownNodeAt } from '../own-nodes';

const oldLists = ['patchesStrategicMerge', 'patchesJson6902'] as const;

/**
 * Turns `patchesStrategicMerge` and `patchesJson6902` of one map into items of `patches`: what they patch with stands
 * there as text. Comments inside the items go along.
 * @returns undefined where the lists are written in a way that cannot be moved safely (in braces, with anchors)
 */
export function mergePatchLists(document: YamlDocument, parent: Path): Edit[] | undefined {
  const map = ownNodeAt(document, parent);
  if (map?.kind !== 'map' || map.flow || document.anchors.size > 0) return undefined;
  const entries = oldLists.flatMap((name) => entryOf(map, name) ?? []);
  const [first, second] = entries;
  if (first === undefined) return undefined;
  const patches = entryOf(map, 'patches');
  const column = patches === undefined ? columnOf(document, first.key.start) + 2 : dashColumn(document, patches);
  if (column === undefined) return undefined;

  const items: string[] = [];
  for (const entry of entries) {
    const moved = movedItems(document, map, entry);
    if (moved === undefined) return undefined;
    items.push(...moved.map((lines) => lines.map((line) => (line === '' ? '' : ' '.repeat(column) + line)).join('\n')));
  }
  const text = items.join('\n');
  if (patches?.value !== undefined) {
    const { end } = patches.value;
    const endsLine = document.text[end - 1] === '\n';
    const edit: Edit = { kind: 'text', span: { start: end, end }, text: endsLine ? `${text}\n` : `\n${text}` };
    return [edit, ...oldLists.filter((name) => entryOf(map, name)).map((name) => removal(parent, name))];
  }
  const end = first.value?.end ?? first.key.end;
  const tail = document.text[end - 1] === '\n' ? '\n' : '';
  const replaced: Edit = { kind: 'text', span: { start: first.key.start, end }, text: `patches:\n${text}${tail}` };
  return second === undefined ? [replaced] : [replaced, removal(parent, oldLists[1])];
}

const removal = (parent: Path, name: string): Edit => ({ kind: 'remove', path: [...parent, name] });

function dashColumn(document: YamlDocument, { value }: YamlEntry): number | undefined {
  if (value?.kind !== 'sequence' || value.flow || value.dashes[0] === undefined) return undefined;
  return columnOf(document, value.dashes[0]);
}

/** The items of a list as lines of the new form, from column 0. */
function movedItems(document: YamlDocument, map: YamlMap, entry: YamlEntry): string[][] | undefined {
  const { value } = entry;
  if (value?.kind !== 'sequence' || value.flow) return undefined;
  const isJson = entry === entryOf(map, 'patchesJson6902');
  const moved: string[][] = [];
  let before = entry.key.end;
  for (const [index, item] of value.items.entries()) {
    const lines = isJson ? jsonPatch(document, item) : strategicPatch(document, item);
    if (lines === undefined) return undefined;
    moved.push([...commentsIn(document, before, value.dashes[index] ?? before), ...lines]);
    before = item?.end ?? before;
  }
  return moved;
}

/** Comments that have lines of their own. */
function commentsIn({ text }: YamlDocument, start: number, end: number): string[] {
  const [, ...lines] = text.slice(start, end).split(/\r?\n/);
  return lines.map((line) => line.trim()).filter((line) => line.startsWith('#'));
}

const asText = (document: YamlDocument, node: YamlNode): string[] => [
  '- patch: |',
  ...linesOf(document, node).map((line) => (line === '' ? '' : `    ${line}`)),
];

function strategicPatch(document: YamlDocument, item: YamlNode | undefined): string[] | undefined {
  return item?.kind === 'map' ? asText(document, item) : undefined;
}

function jsonPatch(document: YamlDocument, item: YamlNode | undefined): string[] | undefined {
  if (item?.kind !== 'map') return undefined;
  const patch = entryOf(item, 'patch')?.value;
  const target = entryOf(item, 'target')?.value;
  if (patch?.kind !== 'sequence' || target?.kind !== 'map' || item.entries.length !== 2) return undefined;
  return [...asText(document, patch), '  target:', ...linesOf(document, target).map((line) => `    ${line}`)];
}
