import { type Edit } from './edit';
import { pick, type Random } from './mutator';
import { type AppliedObject, type Entry, type PlantedTree } from './tree';

/** Changes of one object that mean nothing to anybody; undefined where chance found no place for one. */
const changes: readonly ((tree: PlantedTree, object: AppliedObject, random: Random) => readonly Edit[] | undefined)[] =
  [
    (_tree, object, random) => beforeEntry(object, random, (indent) => `${indent}# A note: nothing else.\n`),
    (_tree, object, random) => beforeEntry(object, random, () => '\n'),
    (_tree, object, random) => beforeEntry(object, random, (indent) => `${indent}   \n`),
    quote,
    swapNeighbors,
    (tree, { file }) => {
      const text = tree.texts.get(file) ?? '';
      return text.includes('\r')
        ? undefined
        : [{ file, start: 0, end: text.length, text: text.replaceAll('\n', '\r\n') }];
    },
    (tree, { file }) =>
      tree.texts.get(file)?.startsWith('\uFEFF') ? undefined : [{ file, start: 0, end: 0, text: '\uFEFF' }],
    (tree, { file }) => {
      const end = tree.texts.get(file)?.length ?? 0;
      return [{ file, start: end, end, text: '\n---\n# Nothing here.\n' }];
    },
  ];

/** One change that must alter no finding. */
export function harmlessChange(
  tree: PlantedTree,
  random: Random,
): { readonly at: string; readonly edits: readonly Edit[] } | undefined {
  const object = pick(tree.objects, random);
  const number = Math.floor(random() * changes.length);
  if (object === undefined) return undefined;
  const edits = changes[number]?.(tree, object, random);
  return edits && { at: `change ${number} of ${object.file} ${object.kind} ${object.name}`, edits };
}

function beforeEntry(object: AppliedObject, random: Random, make: (indent: string) => string): Edit[] | undefined {
  const entry = pick(
    object.entries.filter(({ isLineStart }) => isLineStart),
    random,
  );
  if (entry === undefined) return undefined;
  const start = entry.keyStart - entry.column;
  return [{ file: object.file, start, end: start, text: make(' '.repeat(entry.column)) }];
}

/** A plain text in quotes, or a quoted one in the other quotes. */
function quote(tree: PlantedTree, object: AppliedObject, random: Random): Edit[] | undefined {
  const text = tree.texts.get(object.file) ?? '';
  // Variables are put in before the text is read, so quotes around them do mean something.
  const plain = object.entries.filter(({ value }) => typeof value?.data === 'string' && !/[$'"\\]/.test(value.data));
  const value = pick(plain, random)?.value;
  if (value === undefined) return undefined;
  const mark = text.startsWith('"', value.start) ? "'" : '"';
  return [{ file: object.file, start: value.start, end: value.end, text: `${mark}${String(value.data)}${mark}` }];
}

/** Two lines of one map in the other order. */
function swapNeighbors(tree: PlantedTree, object: AppliedObject, random: Random): Edit[] | undefined {
  const text = tree.texts.get(object.file) ?? '';
  const lineOf = (entry: Entry): readonly [number, number] => [
    entry.keyStart - entry.column,
    text.indexOf('\n', entry.keyEnd) + 1,
  ];
  const pairs = object.entries.flatMap((first, index) => {
    const second = object.entries[index + 1];
    if (second === undefined || !first.isLineStart || !second.isLineStart || first.column !== second.column) return [];
    if (first.value === undefined || second.value === undefined || second.path.length !== first.path.length) return [];
    const [one, two] = [lineOf(first), lineOf(second)];
    const lines = text.slice(one[0], two[1]);
    return one[1] === two[0] && two[1] > 0 && !/[&*]/.test(lines) ? [{ one, two }] : [];
  });
  const pair = pick(pairs, random);
  if (pair === undefined) return undefined;
  const { one, two } = pair;
  return [{ file: object.file, start: one[0], end: two[1], text: text.slice(...two) + text.slice(...one) }];
}
