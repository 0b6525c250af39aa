import fc from 'fast-check';
import { type StoreFormat } from '../../../server/sops/store-format';

/** A value of a generated file, and how it is written. */
export type ModelValue =
  | { readonly kind: 'text'; readonly text: string; readonly style: number }
  | { readonly kind: 'word'; readonly text: string }
  | {
      readonly kind: 'map';
      readonly entries: readonly ModelEntry[];
      readonly inFlow: boolean;
      readonly foot: readonly string[];
    }
  | { readonly kind: 'list'; readonly items: readonly ModelItem[]; readonly inFlow: boolean };

export interface ModelEntry {
  readonly key: string;
  readonly value: ModelValue;
  /** Above it. */
  readonly comments: readonly string[];
  /** Behind its value. */
  readonly line: string | undefined;
  readonly blankBefore: boolean;
}

export interface ModelItem {
  readonly value: ModelValue;
  readonly comments: readonly string[];
}

export interface PlainFile {
  readonly format: StoreFormat;
  readonly content: string | Uint8Array;
}

const words = fc.constantFrom(
  'alpha',
  'beta',
  'token',
  'pässwörd',
  'с ключом',
  'x',
  'multi word text',
  '🔑',
  'a=b',
  'c: d',
  '# no',
);
const texts = fc.oneof(
  { weight: 6, arbitrary: words },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 24 }) },
  { weight: 2, arbitrary: fc.array(words, { minLength: 2, maxLength: 4 }).map((lines) => lines.join('\n')) },
  fc.constantFrom(
    '',
    'true',
    'null',
    '1.0',
    '2026-01-01',
    '~',
    '0x1f',
    ' lead',
    'trail ',
    '"quoted"',
    "it's",
    'line\n',

    'tab\there',
    'back\\slash',
    'ENC[not',
    '-----BEGIN X-----\nAAAA\n-----END X-----\n',
  ),
);
const numbers = fc.oneof(
  fc.integer().map(String),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => (Number.isInteger(value) ? `${String(value)}.5` : String(value)))
    .filter((text) => !text.includes('e')),
  fc.constantFrom('0', '-1', '1e3', '1.5e-7', '1e21', '-0.25', '3.0'),
);
const yamlWords = fc.oneof(
  numbers,
  fc.constantFrom(
    'true',
    'false',
    'True',
    'null',
    '~',
    '2026-03-01',
    '2026-03-01T10:20:30Z',
    '2001-12-14t21:59:43.10-05:00',
    '0o17',
    '0x1F',
    '1_000',
    '.5',
    'yes',
    '!!str 12',
    '!!binary aGVsbG8=',
  ),
);
const jsonWords = fc.oneof(numbers, fc.constantFrom('true', 'false', 'null', '18446744073709551616', '-0', '1E5'));

const keyWords = fc.constantFrom(
  'data',
  'stringData',
  'password',
  'name',
  'token_unencrypted',
  'api_secret',
  'plain_unencrypted',
  'url',
  'k1',
  'k2',
  'k3',
  'metadata',
);
const oddKeys = fc.constantFrom(
  'with space',
  'dotted.key',
  'a:b',
  'ключ',
  '12',
  'true',
  'x/y',
  '-dash',
  'q"uote',
  'sops_like',
);
const keys = fc.oneof({ weight: 8, arbitrary: keyWords }, { weight: 1, arbitrary: oddKeys });

// No empty ones: SOPS turns an empty comment of a list into an empty text, here and back.
// No empty ones: SOPS turns an empty comment of a list into an empty text, there and back.
const commentWords = fc.constantFrom(
  ' a note',
  'sops:enc',
  ' sops:enc below',
  ' keep plain',
  'plain',
  ' # twice',
  ' ключ',
);
const placedComments = fc
  .tuple(fc.constantFrom('<', '>', ''), fc.constantFrom('|', ''), commentWords)
  .map((parts) => parts.join(''));
const comments: fc.Arbitrary<string[]> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<string[]>([]) },
  {
    weight: 2,
    arbitrary: fc.array(fc.oneof({ weight: 4, arbitrary: commentWords }, { weight: 1, arbitrary: placedComments }), {
      minLength: 1,
      maxLength: 3,
    }),
  },
);

function values(scalar: fc.Arbitrary<string>): fc.Arbitrary<ModelValue> {
  const leaf: fc.Arbitrary<ModelValue> = fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('text' as const), text: texts, style: fc.nat(3) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('word' as const), text: scalar }) },
  );
  return fc.letrec<{ value: ModelValue }>((tie) => ({
    value: fc.oneof({ maxDepth: 3, depthSize: 'small' }, leaf, mapOf(tie('value')), listOf(tie('value'))),
  })).value;
}

function mapOf(value: fc.Arbitrary<ModelValue>, minLength = 0): fc.Arbitrary<ModelValue & { readonly kind: 'map' }> {
  const entry = fc.record({
    key: keys,
    value,
    comments,
    line: fc.option(commentWords, { nil: undefined, freq: 4 }),
    blankBefore: fc.boolean(),
  });
  return fc.record({
    kind: fc.constant('map' as const),
    entries: fc.uniqueArray(entry, { selector: ({ key }) => key, minLength, maxLength: 4 }),
    inFlow: fc.integer({ min: 0, max: 9 }).map((share) => share === 0),
    foot: comments,
  });
}

function listOf(value: fc.Arbitrary<ModelValue>): fc.Arbitrary<ModelValue> {
  return fc.record({
    kind: fc.constant('list' as const),
    items: fc.array(fc.record({ value, comments }), { maxLength: 3 }),
    inFlow: fc.integer({ min: 0, max: 9 }).map((share) => share === 0),
  });
}

const quote = (text: string): string => JSON.stringify(text).replaceAll('\u007f', '\\u007f');

function yamlScalar(value: ModelValue, depth: number, inFlow: boolean): string {
  if (value.kind === 'word') return inFlow && /[,:]/.test(value.text) ? quote(value.text) : value.text;
  if (value.kind !== 'text') return '';
  const { text, style } = value;
  if (style === 0 && /^[a-z][a-z0-9 ]*[a-z0-9]$/.test(text) && !['true', 'null'].includes(text)) return text;
  if (style === 1 && !/[\n\t]/.test(text) && /^[\x20-\x7e]*$/.test(text)) return `'${text.replaceAll("'", "''")}'`;
  if (style === 2 && !inFlow && /^[^\s]/.test(text) && /^[\n\x20-\x7eа-яä-ü]*$/.test(text) && !text.endsWith('\n\n')) {
    const body = text.replace(/\n$/, '').split('\n');
    const lines = body.map((line) => (line === '' ? '' : `${' '.repeat(depth + 2)}${line}`));
    return `${text.endsWith('\n') ? '|' : '|-'}\n${lines.join('\n')}`;
  }
  return quote(text);
}

const yamlKey = (key: string): string => (/^[A-Za-z][\w./]*$/.test(key) && key !== 'true' ? key : quote(key));

function flow(value: ModelValue, depth: number): string {
  if (value.kind === 'map')
    return `{${value.entries.map(({ key, value: inner }) => `${quote(key)}: ${flow(inner, depth)}`).join(', ')}}`;
  if (value.kind === 'list') return `[${value.items.map(({ value: inner }) => flow(inner, depth)).join(', ')}]`;
  return yamlScalar(value, depth, true);
}

/** Most stand at the column of what they are about; `<` and `>` before one shift it, `|` puts an empty line below. */
function commentLines(comments: readonly string[], depth: number): string[] {
  return comments.flatMap((comment) => {
    const shift = comment.startsWith('<') ? -2 : comment.startsWith('>') ? 2 : 0;
    const text = comment.replace(/^[<>]?\|?/, '');
    return [`${' '.repeat(Math.max(depth + shift, 0))}#${text}`, ...(/^[<>]?\|/.test(comment) ? [''] : [])];
  });
}

const isFlow = (value: ModelValue): boolean =>
  (value.kind === 'map' && (value.inFlow || value.entries.length === 0)) ||
  (value.kind === 'list' && (value.inFlow || value.items.length === 0));

/** Lines of a block map or list; comments stand at its own column. */
function block(value: ModelValue, depth: number, step: number): string[] {
  const pad = ' '.repeat(depth);
  if (value.kind === 'list') {
    return value.items.flatMap(({ value: item, comments: above }) => {
      const head = commentLines(above, depth);
      if (item.kind === 'text' || item.kind === 'word' || isFlow(item)) {
        return [...head, `${pad}- ${isFlow(item) ? flow(item, depth) : yamlScalar(item, depth, false)}`];
      }
      const inner = block(item, depth + 2, step);
      const at = inner.findIndex((line) => line !== '' && !line.trimStart().startsWith('#'));
      const first = inner[at] ?? '';
      return [...head, ...(at > 0 ? [`${pad}-`, ...inner] : [`${pad}- ${first.trimStart()}`, ...inner.slice(1)])];
    });
  }
  if (value.kind !== 'map') return [];
  const lines = value.entries.flatMap(({ key, value: inner, comments: above, line, blankBefore }) => {
    const head = [...(blankBefore && depth === 0 ? [''] : []), ...commentLines(above, depth)];
    const behind = line === undefined ? '' : ` #${line}`;
    const name = `${pad}${yamlKey(key)}:`;
    if (isFlow(inner)) return [...head, `${name} ${flow(inner, depth)}${behind}`];
    if (inner.kind === 'map' || inner.kind === 'list') return [...head, name, ...block(inner, depth + step, step)];
    const text = yamlScalar(inner, depth, false);
    return [...head, `${name} ${text}${text.includes('\n') ? '' : behind}`];
  });
  return [...lines, ...commentLines(value.foot, depth)];
}

/** A text without any break at its end would end a block scalar differently. */
const yamlFile: fc.Arbitrary<string> = fc
  .record({
    documents: fc.array(mapOf(values(yamlWords), 1), { minLength: 1, maxLength: 2 }),
    step: fc.constantFrom(2, 4),
    start: fc.boolean(),
  })
  .map(({ documents, step, start }) =>
    documents
      .map(
        (document, index) =>
          `${index > 0 || start ? '---\n' : ''}${block({ ...document, inFlow: false }, 0, step).join('\n')}\n`,
      )
      .join(''),
  );

function json(value: ModelValue): string {
  if (value.kind === 'map')
    return `{${value.entries.map(({ key, value: inner }) => `${JSON.stringify(key)}: ${json(inner)}`).join(', ')}}`;
  if (value.kind === 'list') return `[${value.items.map(({ value: inner }) => json(inner)).join(',')}]`;
  return value.kind === 'text' ? JSON.stringify(value.text) : value.text;
}

const jsonFile = fc
  .record({ root: mapOf(values(jsonWords), 1), pretty: fc.boolean() })
  .map(({ root, pretty }) =>
    pretty
      ? `{\n  ${root.entries.map(({ key, value }) => `${JSON.stringify(key)}: ${json(value)}`).join(',\n  ')}\n}\n`
      : json(root),
  );

const flatKeys = fc.constantFrom(
  'DATA',
  'PASSWORD',
  'TOKEN_unencrypted',
  'API_secret',
  'URL',
  'k1',
  'dotted.key',
  'data',
);
const flatTexts = fc.oneof(
  words,
  fc.constantFrom('', 'true', '12', '"quoted"', 'a\\nb', 'trailing ', 'x=y', 'https://example.org/?a=b'),
);

const dotenvFile = fc
  .uniqueArray(fc.record({ key: flatKeys, text: flatTexts, comments }), {
    selector: ({ key }) => key,
    minLength: 1,
    maxLength: 6,
  })
  .map((lines) =>
    lines
      .map(({ key, text, comments: above }) => `${above.map((comment) => `#${comment}\n`).join('')}${key}=${text}\n`)
      .join(''),
  );

const iniTexts = fc.oneof(
  words.filter((text) => !/[#;]/.test(text)),
  fc.constantFrom('', '12', '"in quotes"', '`back # tick`', 'a b', '"""two\nlines"""'),
);
const iniFile = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom('data', 'auth', 'plain_unencrypted', 'a_secret', 'other section'),
      comment: fc.option(
        commentWords.filter((text) => text.trim() !== '' && !text.includes('# ')),
        { nil: undefined },
      ),
      keys: fc.uniqueArray(
        fc.record({
          key: flatKeys,
          text: iniTexts,
          comment: fc.option(fc.constantFrom(' note', ' sops:enc', ' plain'), { nil: undefined, freq: 3 }),
        }),
        { selector: ({ key }) => key, maxLength: 4 },
      ),
    }),
    { selector: ({ name }) => name, minLength: 1, maxLength: 3 },
  )
  .map((sections) =>
    sections
      .map(({ name, comment, keys: entries }) =>
        [
          ...(comment === undefined ? [] : [`;${comment}`]),
          `[${name}]`,
          ...entries.flatMap(({ key, text, comment: above }) => [
            ...(above === undefined ? [] : [`;${above}`]),
            `${key} = ${text}`,
          ]),
          '',
        ].join('\n'),
      )
      .join('\n'),
  );

const binaryFile = fc.uint8Array({ minLength: 1, maxLength: 200 });

/** Plain files of every format, most of them YAML. */
export const plainFiles: fc.Arbitrary<PlainFile> = fc.oneof(
  { weight: 6, arbitrary: yamlFile.map((content): PlainFile => ({ format: 'yaml', content })) },
  { weight: 3, arbitrary: jsonFile.map((content): PlainFile => ({ format: 'json', content })) },
  { weight: 2, arbitrary: dotenvFile.map((content): PlainFile => ({ format: 'dotenv', content })) },
  { weight: 2, arbitrary: iniFile.map((content): PlainFile => ({ format: 'ini', content })) },
  { weight: 1, arbitrary: binaryFile.map((content): PlainFile => ({ format: 'binary', content })) },
);
