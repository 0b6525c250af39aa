import { isArray, isObject, type JsonValue } from '../../../model/json';
import { isAscii, printed, sortedEntries } from '../values';
import { type Functions, integerOf, ofTexts } from './function';

/** The verbs `%s` and `%q`, for text alone, `%d`, for whole numbers, and `%v`, without flags. */
function format(form: JsonValue = null, ...args: readonly JsonValue[]): string | undefined {
  if (typeof form !== 'string') return undefined;
  const unused = [...args];
  const missing: string[] = [];
  const made = form.replaceAll(/%([^]?)/g, (found, verb: string) => {
    if (verb === '%') return '%';
    const text = formatted(verb, unused.shift() ?? null);
    if (text === undefined) missing.push(found);
    return text ?? '';
  });
  return missing.length === 0 && unused.length === 0 ? made : undefined;
}

function formatted(verb: string, value: JsonValue): string | undefined {
  if (verb === 'v') return printed(value);
  if (verb === 's') return typeof value === 'string' ? value : undefined;
  if (verb === 'd') return typeof value === 'string' ? undefined : integerOf(value)?.toString();
  if (verb === 't') return typeof value === 'boolean' ? String(value) : undefined;
  if (verb !== 'q' || typeof value !== 'string') return undefined;
  return /^[\x20-\x7e]*$/.test(value) ? JSON.stringify(value) : undefined;
}

/** Operands one after the other, with a blank where neither of two is a text (Go's `fmt.Sprint`). */
function print(...args: readonly JsonValue[]): string | undefined {
  let made = '';
  for (const [index, arg] of args.entries()) {
    const text = printed(arg);
    if (text === undefined) return undefined;
    const isApart = index > 0 && typeof arg !== 'string' && typeof args[index - 1] !== 'string';
    made += (isApart ? ' ' : '') + text;
  }
  return made;
}

/** A value as Go writes JSON: keys in order, and signs of HTML escaped. */
function json(value: JsonValue): string | undefined {
  if (isArray(value)) {
    const items = value.map(json);
    return items.includes(undefined) ? undefined : `[${items.join(',')}]`;
  }
  if (isObject(value)) {
    const entries = sortedEntries(value).map(([key, item]) => {
      const text = json(item);
      return text === undefined ? undefined : `${jsonString(key)}:${text}`;
    });
    return entries.includes(undefined) ? undefined : `{${entries.join(',')}}`;
  }
  if (typeof value === 'string') return jsonString(value);
  return typeof value === 'boolean' || value === null ? String(value) : printed(value);
}

const jsonString = (text: string): string =>
  JSON.stringify(text).replaceAll(/[<>&\u2028\u2029]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });

/** Functions that write values. */
export const formatFunctions: Functions = {
  printf: format,
  print,
  println: (...args) => {
    const texts = args.map(printed);
    return texts.includes(undefined) ? undefined : `${texts.join(' ')}\n`;
  },
  toJson: (value = null) => json(value),
  mustToJson: (value = null) => json(value),
  b64enc: ofTexts(1, (text = '') => (isAscii(text) ? btoa(text) : undefined)),
};
