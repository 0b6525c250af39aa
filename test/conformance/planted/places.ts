import { type Edit, type Mark } from './edit';
import { isPatched } from './patched-fields';
import { type AppliedObject, type Entry, type Path, type PlantedTree } from './tree';

/** True where a patch could undo a mistake at the path. */
export const isSettledAbove = (tree: PlantedTree, object: AppliedObject, path: Path): boolean =>
  isPatched(tree.patched, object.kind, path);

/** Replaces a scalar; the new text is where the mistake is found. */
export function replaceValue(object: AppliedObject, entry: Entry, text: string): Edit | undefined {
  if (entry.value === undefined) return undefined;
  const { start, end } = entry.value;
  return { file: object.file, start, end, text, mark: [0, text.length] };
}

export const valueMark = ({ file }: AppliedObject, { value }: Entry): Mark | undefined =>
  value && { file, start: value.start, end: value.end };

export const keyMark = ({ file }: AppliedObject, { keyStart, keyEnd }: Entry): Mark => ({
  file,
  start: keyStart,
  end: keyEnd,
});

const lineStartOf = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

function lineEndOf(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

/** Takes an entry away with everything below it; undefined where it shares a line with something else. */
export function removeEntry(tree: PlantedTree, object: AppliedObject, entry: Entry): Edit | undefined {
  const text = tree.texts.get(object.file) ?? '';
  if (!entry.isLineStart) return undefined;
  const start = lineStartOf(text, entry.keyStart);
  let end = lineEndOf(text, entry.keyEnd);
  while (end < text.length) {
    const line = text.slice(end, lineEndOf(text, end));
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    const isItem = indent === entry.column && line.slice(indent).startsWith('- ');
    if (line.trim() === '' || line.trimStart().startsWith('#') || (indent <= entry.column && !isItem)) break;
    end += line.length;
  }
  // A comment inside the value would have to go as well, and what an anchor names would be gone.
  const valueEnd = entry.node?.range?.[1] ?? end;
  if (valueEnd > end || /(^|[\s:])&\w/.test(text.slice(start, end))) return undefined;
  return { file: object.file, start, end, text: '' };
}

const isBelow = (path: Path, above: Path): boolean =>
  path.length > above.length && above.every((step, index) => path[index] === step);

/**
 * Puts lines in front of the first entry of the map at a path. In the lines the text between `«` and `»` is where
 * the mistake is found. undefined where there is no map of block style.
 */
export function insertInto(
  tree: PlantedTree,
  object: AppliedObject,
  path: Path,
  lines: readonly string[],
): Edit | undefined {
  const first = object.entries.find((entry) => entry.path.length === path.length + 1 && isBelow(entry.path, path));
  if (first?.isLineStart !== true) return undefined;
  const text = tree.texts.get(object.file) ?? '';
  const start = lineStartOf(text, first.keyStart);
  const indented = lines.map((line) => `${' '.repeat(first.column)}${line}\n`).join('');
  const open = indented.indexOf('«');
  const close = indented.indexOf('»');
  const plain = indented.replace('«', '').replace('»', '');
  return { file: object.file, start, end: start, text: plain, ...(open >= 0 && { mark: [open, close - 1] as const }) };
}

/** Sets a field: replaces its scalar, or writes the entry where it is missing. `lines` as for `insertInto`. */
export function setField(
  tree: PlantedTree,
  object: AppliedObject,
  path: Path,
  lines: readonly string[],
): Edit | undefined {
  if (isSettledAbove(tree, object, path)) return undefined;
  const entry = object.entry(...path);
  const [line = ''] = lines;
  if (entry === undefined) return insertInto(tree, object, path.slice(0, -1), lines);
  if (lines.length > 1 || entry.value === undefined) return undefined;
  return replaceValue(object, entry, line.slice(line.indexOf(': ') + 2).replace(/[«»]/g, ''));
}
