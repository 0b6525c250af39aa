import { type Random } from './random';

const atoms = [
  ...['a', 'b', 'Zz', 'word', 'longer-word-here', '0', '1', '12', '007', '0o7', '0x1F', '1e3', '1.5', '-1', '+1', '.5'],
  ...['1_000', '~', 'null', 'true', 'yes', 'no', 'on', 'Off', 'y', 'n', '=', '<<', '-', '?', ':', '#', ' ', '  '],
  ...['é', '\u00a0', '"', "'", '\\', '{', '}', '[', ']', ',', '&', '*', '!', '|', '>', '%', '@', '`', '2001-01-01'],
  ...['12:30:45', '1:2', '---', '...', '.', '$', '/', '\u{1f600}'],
] as const;
const escaped = ['\n', '\n\n', '\t', '\u2028', '\u0085', '\ufeff', '\r', '\u0007', ' \n', '\n '] as const;

const plains = [
  ...['0', '-0', '1', '123', '-5', '1.0', '1.50', '1e3', '1E-7', '123456789012345678', '9223372036854775807'],
  ...['9223372036854775808', '18446744073709551616', '1e21', '1.5e300', '0.1', '1234567.5', '0.0001', '0.00001'],
  ...['0x10', '0o17', '017', '0b11', '1_000', '.5', '5.', '+7', '08', '2001-01-01', '2001-01-01T10:00:00Z'],
  ...[
    '2001-1-2 3:4:5',
    'null',
    '~',
    '',
    'true',
    'FALSE',
    'yes',
    'Off',
    '1:30',
    '190:20:30',
    '0.',
    '1e',
    '.1e3',
    '=',
    '.',
  ],
  ...['text', 'two words', 'a:b', 'a#b', "it's", 'a  b'],
] as const;

const keys = [
  'a',
  'b',
  'c',
  'A',
  'a1',
  'a2',
  'a10',
  '_x',
  'x.y',
  'x/y',
  'x-y',
  'é',
  'true',
  'a b',
  'app',
  '<<x',
] as const;

function words(random: Random, withEscapes: boolean): string {
  let text = '';
  for (let left = random.count(random.count(14)); left >= 0; left--) {
    text += withEscapes && random.chance(0.15) ? random.pick(escaped) : random.pick(atoms);
    if (random.chance(0.3)) text += ' ';
  }
  return text;
}

function quoted(text: string): string {
  const code = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(text).replace(/[\u007f-\u00a0\u2028\u2029\ufeff]/g, code);
}

/** A block scalar whose first line with content is not indented further. */
function block(random: Random, indent: string): string {
  const lines = random.times(6, () => {
    if (random.chance(0.25)) return '';
    const margin = random.chance(0.3) ? random.pick(['  ', ' ', '\t']) : '';
    return margin + (words(random, false).trim() || 'x');
  });
  const first = lines.findIndex((line) => line !== '');
  if (first < 0) lines.push('x');
  else lines[first] = `x${(lines[first] ?? '').trim()}`;
  const text = lines.map((line) => (line === '' ? '' : `${indent}  ${line}`)).join('\n');
  return `${random.pick(['|', '>'])}${random.pick(['', '-', '+'])}\n${text}`;
}

function flow(random: Random, depth: number): string {
  if (depth > 2 || random.chance(0.5)) {
    const plain = random.pick(plains);
    return random.chance(0.3) ? quoted(words(random, true)) : /[:#]|^$/.test(plain) ? `"${plain}"` : plain;
  }
  if (random.chance(0.5)) return `[${random.times(4, () => flow(random, depth + 1)).join(', ')}]`;
  const names = random.some(keys, 0.15);
  return `{${names.map((name) => `"${name}": ${random.chance(0.1) ? '' : flow(random, depth + 1)}`).join(', ')}}`;
}

/** A value behind its key or dash, with the blank before it; written in any style. */
export function writtenValue(random: Random, indent: string, depth = 0): string {
  const choice = random.next();
  if (choice < 0.25) return ` ${quoted(words(random, true))}`;
  if (choice < 0.45) return ` ${block(random, indent)}`;
  if (choice < 0.65) return ` ${random.pick(plains)}${random.chance(0.2) ? ' # comment' : ''}`;
  if (choice < 0.72) return ` '${words(random, false).replaceAll("'", "''")}'`;
  if (choice < 0.82 || depth > 2) return ` ${flow(random, 0)}`;
  if (choice < 0.92) {
    const names = random.some(keys, 0.2);
    if (names.length === 0) return ' {}';
    return names.map((name) => `\n${indent}  "${name}":${writtenValue(random, `${indent}  `, depth + 1)}`).join('');
  }
  const items = random.times(3, () => `\n${indent}-${writtenValue(random, indent, depth + 1)}`);
  return items.length === 0 ? ' []' : items.join('');
}

/** An object with values of every style; `anchors` adds some and uses them. */
export function writtenObject(random: Random, name: string): string {
  const lines = ['apiVersion: example.org/v1', 'kind: Thing', 'metadata:', `  name: ${name}`];
  if (random.chance(0.2))
    lines.push(`  annotations: {a: ${random.pick(['x', 'true', '2001-01-01', '""', 'null', ''])}}`);
  lines.push('spec:');
  const count = 1 + random.count(12);
  for (let field = 0; field < count; field++) lines.push(`  k${String(field)}:${writtenValue(random, '  ')}`);
  if (random.chance(0.3)) {
    lines.push('anchored: &one', '  a: 1', '  b: {c: 2}', 'used: *one', 'merged:', '  <<: *one', '  b: 3');
  }
  return lines.join('\n');
}
