import { isArray, type JsonValue } from '../../../model/json';
import { isAscii, printed } from '../values';
import { type Functions, intOf, ofPrinted, ofTexts } from './function';
import { slugify } from './slug';

const longest = 100_000;

/** Go's `%q` of a text. */
const quoted = (text: string): string | undefined =>
  // Go escapes what cannot be seen, and by other rules than JSON.
  /[^\x20-\x7e\n\t\r\u00a1-\u00ac\u00ae-\u017f]/.test(text) ? undefined : JSON.stringify(text);

/** Several values, each in quotes, with blanks between them; null is left out. */
const quotes =
  (quote: (text: string) => string | undefined) =>
  (...values: readonly JsonValue[]): string | undefined => {
    const texts = values
      .filter((value) => value !== null)
      .map((value) => {
        const text = printed(value);
        return text === undefined ? undefined : quote(text);
      });
    return texts.includes(undefined) ? undefined : texts.join(' ');
  };

const trimmed = (text: string, ends: string): string => {
  let [start, end] = [0, text.length];
  while (start < end && ends.includes(text[start] ?? '')) start++;
  while (end > start && ends.includes(text[end - 1] ?? '')) end--;
  return text.slice(start, end);
};

const indented = (count: JsonValue, text: JsonValue, start: string): string | undefined => {
  const width = intOf(count);
  if (width === undefined || width < 0 || width > 1000 || typeof text !== 'string') return undefined;
  const pad = ' '.repeat(width);
  return start + pad + text.replaceAll('\n', `\n${pad}`);
};

/** Texts of a list as slim-sprig takes them: what is no text is printed, null is left out. */
function textsOf(list: JsonValue): string[] | undefined {
  if (!isArray(list)) return undefined;
  const texts = list.filter((item) => item !== null).map(printed);
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

function truncated(count: JsonValue, text: JsonValue): string | undefined {
  const length = intOf(count);
  if (length === undefined || typeof text !== 'string' || !isAscii(text)) return undefined;
  if (length < 0) return text.length + length > 0 ? text.slice(length) : text;
  return text.slice(0, length);
}

function substring(start: JsonValue, end: JsonValue, text: JsonValue): string | undefined {
  const [from, to] = [intOf(start), intOf(end)];
  if (from === undefined || to === undefined || typeof text !== 'string' || !isAscii(text)) return undefined;
  if (from < 0) return text.slice(0, Math.max(to, 0));
  return to < 0 || to > text.length ? text.slice(from) : text.slice(from, to);
}

/** Functions of texts (slim-sprig strings.go). */
export const textFunctions: Functions = {
  quote: quotes(quoted),
  squote: quotes((text) => `'${text}'`),
  lower: ofTexts(1, (text = '') => text.toLowerCase()),
  upper: ofTexts(1, (text = '') => text.toUpperCase()),
  title: ofTexts(1, (text = '') =>
    isAscii(text) ? text.replace(/(?<!\w)[a-z]/g, (char) => char.toUpperCase()) : undefined,
  ),
  trim: ofTexts(1, (text = '') => text.trim()),
  toString: ofPrinted((text) => text),
  slugify: ofTexts(1, slugify),
  trimAll: ofTexts(2, (ends = '', text = '') => trimmed(text, ends)),
  trimall: ofTexts(2, (ends = '', text = '') => trimmed(text, ends)),
  trimPrefix: ofTexts(2, (start = '', text = '') => (text.startsWith(start) ? text.slice(start.length) : text)),
  trimSuffix: ofTexts(2, (end = '', text = '') =>
    text.endsWith(end) ? text.slice(0, text.length - end.length) : text,
  ),
  hasPrefix: ofTexts(2, (start = '', text = '') => text.startsWith(start)),
  hasSuffix: ofTexts(2, (end = '', text = '') => text.endsWith(end)),
  contains: ofTexts(2, (part = '', text = '') => text.includes(part)),
  replace: ofTexts(3, (old = '', now = '', text = '') => (old === '' ? undefined : text.replaceAll(old, () => now))),
  repeat: (count = null, text = null) => {
    const times = intOf(count);
    const isShort = typeof text === 'string' && times !== undefined && times >= 0 && times * text.length < longest;
    return isShort ? text.repeat(times) : undefined;
  },
  trunc: (count = null, text = null) => truncated(count, text),
  substr: (start = null, end = null, text = null) => substring(start, end, text),
  indent: (count = null, text = null) => indented(count, text, ''),
  nindent: (count = null, text = null) => indented(count, text, '\n'),
  join: (between = null, list = null) => (typeof between === 'string' ? textsOf(list)?.join(between) : undefined),
  splitList: ofTexts(2, (between = '', text = '') => (between === '' ? undefined : text.split(between))),
  // The parts under `_0`, `_1` and so on.
  split: ofTexts(2, (between = '', text = '') =>
    between === '' ? undefined : new Map(text.split(between).map((part, index) => [`_${index}`, part])),
  ),
  sortAlpha: (list = null) => textsOf(list)?.sort((a, b) => (a < b ? -1 : 1)),
  cat: (...values) => {
    const texts = values.filter((value) => value !== null).map(printed);
    return texts.includes(undefined) ? undefined : texts.join(' ');
  },
};
