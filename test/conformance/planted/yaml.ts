import { type Mutator, pick } from './mutator';
import { type AppliedObject, type Entry, type PlantedTree } from './tree';

/** Lines `key: value` of plain text, on which mistakes of spelling happen. */
function lines(
  tree: PlantedTree,
): { object: AppliedObject; entry: Entry; value: NonNullable<Entry['value']>; text: string }[] {
  return tree.objects.flatMap((object) => {
    const text = tree.texts.get(object.file) ?? '';
    return object.entries.flatMap((entry) => {
      const { value } = entry;
      if (!entry.isLineStart || value === undefined || entry.node?.comment) return [];
      const end = text.indexOf('\n', value.end);
      if (end !== value.end) return [];
      return [{ object, entry, value, text }];
    });
  });
}

export const yamlDuplicateKey: Mutator = {
  code: 'yaml-duplicate-key',
  places: (tree) =>
    lines(tree).map(({ object: { file }, entry, value, text }) => ({
      at: `${file} repeats ${entry.path.join('.')}`,
      plant: () => {
        const line = `\n${' '.repeat(entry.column)}${text.slice(entry.keyStart, value.end)}`;
        const start = 1 + entry.column;
        const mark = [start, start + entry.keyEnd - entry.keyStart] as const;
        return { edits: [{ file, start: value.end, end: value.end, text: line, mark }] };
      },
    })),
};

interface Line {
  readonly key: string;
  readonly value: string;
  readonly indent: string;
}

/** The line as it is broken; what stands between `«` and `»` is what cannot be read. */
const breakages: readonly ((line: Line) => string)[] = [
  ({ key, value, indent }) => `${indent}«${key} ${value}»`,
  ({ key, value, indent }) => `${indent}«${key}:${value.replace(/^["'].*/, 'value')}»`,
  ({ key, indent }) => `${indent}${key}: «@»home`,
  ({ key, indent }) => `${indent}${key}: «\`»uname\``,
  ({ key, indent }) => `${indent}${key}: "quoted" «tail»`,
  ({ key, indent }) => `${indent}${key}: «*nowhere»`,
  ({ key, value }) => `«\t»${key}: ${value}`,
  ({ key, indent }) => `${indent}${key}: bell«\u0007»`,
];

/** A line alone in its map would be a plain text without its colon. */
const hasSibling = ({ object, entry }: { object: AppliedObject; entry: Entry }): boolean =>
  object.entries.some(
    ({ path }) =>
      path.length === entry.path.length &&
      path.at(-1) !== entry.key &&
      path.slice(0, -1).join('\n') === entry.path.slice(0, -1).join('\n'),
  );

export const yamlSyntax: Mutator = {
  code: 'yaml-syntax',
  places: (tree) =>
    lines(tree)
      .filter((line) => line.entry.column > 0 && hasSibling(line) && /^[\w.-]+$/.test(line.entry.key))
      .map(({ object: { file }, entry, value, text }) => ({
        at: `${file} breaks ${entry.path.join('.')}`,
        plant: (random) => {
          const start = entry.keyStart - entry.column;
          const indent = text.slice(start, entry.keyStart);
          const given = { key: entry.key, value: text.slice(value.start, value.end), indent };
          const broken = pick(breakages, random)?.(given) ?? '';
          const plain = broken.replace(/[«»]/g, '');
          const mark = [broken.indexOf('«'), broken.indexOf('»') - 1] as const;
          return { edits: [{ file, start, end: value.end, text: plain, mark }] };
        },
      })),
};

export const yamlUnquotedTemplate: Mutator = {
  code: 'yaml-unquoted-template',
  places: (tree) =>
    lines(tree).map(({ object: { file }, entry, value }) => ({
      at: `${file} puts a variable into brackets at ${entry.path.join('.')}`,
      plant: (random) => {
        const open = pick(['[', '[first, ', '{ name: '], random) ?? '';
        const inner = pick(['${DOMAIN}', '${DOMAIN:=home.arpa}'], random) ?? '';
        const text = `${open}${inner}${open.startsWith('{') ? ' }' : ']'}`;
        const mark = [open.length, open.length + inner.length] as const;
        return { edits: [{ file, start: value.start, end: value.end, text, mark }] };
      },
    })),
};

export const fileUnreadable: Mutator = {
  code: 'file-unreadable',
  places: (tree) =>
    lines(tree).map(({ object: { file }, entry, value }) => ({
      at: `${file} has bytes that are no UTF-8 at ${entry.path.join('.')}`,
      // What is wrong is where reading stops, not a stretch of text.
      plant: () => ({
        edits: [{ file, start: value.end, end: value.end, text: ' # caf\uFFFD', mark: [6, 6] as const }],
      }),
    })),
};

const configuration = '.fluxwright.yaml';

export const yamlTooLarge: Mutator = {
  code: 'yaml-too-large',
  // Another limit makes the whole tree anew, which a few places show as well as many.
  places: (tree) =>
    (tree.texts.has(configuration) ? [] : tree.objects.slice(0, 3)).map(({ file, entries: [first] }) => ({
      at: `${file} grows beyond the limit`,
      plant: () => {
        const end = tree.texts.get(file)?.indexOf('\n', first?.keyEnd) ?? -1;
        if (first === undefined || end < 0 || first.column > 0) return undefined;
        return {
          files: new Map([[configuration, 'limits: { document: 120000 }\n']]),
          edits: [{ file, start: end, end, text: `\n# ${'x'.repeat(200_000)}` }],
          marks: [{ file, start: first.keyStart, end }],
        };
      },
    })),
};
