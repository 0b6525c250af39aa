import { parseArgs } from 'node:util';
import { nearest } from '../model/nearest';

/** One option of a command: a flag, one of some words, or a text. */
export type Option =
  | { readonly kind: 'flag' }
  | { readonly kind: 'choice'; readonly values: readonly string[]; readonly later?: readonly string[] }
  | { readonly kind: 'text'; readonly what: string };

export type Options = Readonly<Record<string, Option>>;

/** What was given; an option that is given twice counts as given last. */
export interface Given {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly positionals: readonly string[];
}

/** Either what was given or one sentence about what is wrong with it. */
export type ReadOptions = { readonly given: Given } | { readonly fault: string };

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;

function unknown(name: string, options: Options): string {
  const [likely] = nearest(name.replace(/^-+/, ''), Object.keys(options), 1);
  return `There is no option ${name}.${likely === undefined ? '' : ` Did you mean --${likely}?`}`;
}

function wrongValue(name: string, option: Option, value: string | undefined): string | undefined {
  if (option.kind === 'flag') return value === undefined ? undefined : `--${name} takes no value.`;
  if (value === undefined || value === '') {
    return `--${name} needs ${option.kind === 'text' ? option.what : `a value: ${list(option.values)}`}.`;
  }
  if (option.kind === 'text' || option.values.includes(value)) return undefined;
  if (option.later?.includes(value) === true) {
    return `--${name} ${value} does not exist yet; there is ${list(option.values)}.`;
  }
  return `--${name} cannot be ${value}; there is ${list(option.values)}.`;
}

/** Reads arguments; `-h` stands for `--help`, which every command has. */
export function readOptions(args: readonly string[], own: Options): ReadOptions {
  const options: Options = { ...own, help: { kind: 'flag' }, debug: { kind: 'flag' } };
  const { tokens, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(options).map(([name, { kind }]) => [
        name,
        { type: kind === 'flag' ? 'boolean' : 'string', ...(name === 'help' ? { short: 'h' } : {}) } as const,
      ]),
    ),
  });
  const flags = new Set<string>();
  const values = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined) return { fault: unknown(token.rawName, options) };
    // `--format --color never`: the next option is no value.
    const value = !token.inlineValue && token.value?.startsWith('--') === true ? undefined : token.value;
    const fault = wrongValue(token.name, option, value);
    if (fault !== undefined) return { fault };
    if (value === undefined) flags.add(token.name);
    else values.set(token.name, value);
  }
  return { given: { flags, values, positionals } };
}
