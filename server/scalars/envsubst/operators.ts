import { byteLength, fromBytes, toBytes } from './bytes';
import { changeCase } from './letter-case';
import { matchingPrefix } from './pattern';

/** Longest result of one operator, in UTF-16 units; and the most steps that a pattern may take. */
const longestResult = 2 ** 24;
const mostSteps = 1e8;

/**
 * What an operator makes of a value (fluxcd/pkg envsubst 1.9, funcs.go); undefined where that would be too large to
 * work out. `value` is empty for a variable that is not defined.
 */
export function applyOperator(operator: string, value: string, args: readonly string[]): string | undefined {
  const [first, second] = args;
  switch (operator) {
    case ',':
      return changeCase(value, 'lower', 'first');
    case ',,':
      return changeCase(value, 'lower', 'all');
    case '^':
      return changeCase(value, 'upper', 'first');
    case '^^':
      return changeCase(value, 'upper', 'all');
    case ':':
      return substring(value, first ?? '', second);
    case '#':
    case '##':
      if (first === undefined) return String(byteLength(value));
      return trimStart(value, first, operator === '#' ? 'shortest' : 'longest');
    case '%':
    case '%%':
      return trimEnd(value, first ?? '', operator === '%' ? 'shortest' : 'longest');
    case '/':
    case '//':
      return replace(value, first ?? '', second ?? '', operator === '//' ? Infinity : 1);
    case '/#':
      // Without a replacement nothing is replaced, unlike `/` and `//`.
      return second !== undefined && value.startsWith(first ?? '') ? replace(value, first ?? '', second, 1) : value;
    case '/%':
      if (second === undefined || first === undefined || !value.endsWith(first)) return value;
      return value.slice(0, value.length - first.length) + second;
    default:
      // `:?`, `:+` and what is no operator (`,^`) act as defaults too.
      return value === '' ? args.join('') : value;
  }
}

/** Go's strconv.Atoi: undefined for what is no whole number of 64 bits. */
function readInteger(text: string): number | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  return BigInt.asIntN(64, value) === value ? Number(value) : undefined;
}

function substring(value: string, offset: string, length: string | undefined): string {
  const from = readInteger(offset);
  if (from === undefined) return value;
  const bytes = toBytes(value);
  const start = from < 0 ? Math.max(0, bytes.length + from) : from;
  if (length === undefined) return fromBytes(bytes.slice(start));
  const count = readInteger(length);
  if (count === undefined) return value;
  const end = count < 0 ? bytes.length + count : start + count;
  return end < start ? '' : fromBytes(bytes.slice(start, end));
}

/** At the start of a text with an empty pattern Go also matches, and before every character after it. */
function replace(value: string, pattern: string, replacement: string, limit: number): string | undefined {
  if (limit === 1) {
    const at = value.indexOf(pattern);
    return at < 0 ? value : value.slice(0, at) + replacement + value.slice(at + pattern.length);
  }
  const parts = pattern === '' ? ['', ...Array.from(value), ''] : value.split(pattern);
  if (value.length + parts.length * replacement.length > longestResult) return undefined;
  return parts.join(replacement);
}

function trimStart(value: string, pattern: string, prefers: 'shortest' | 'longest'): string | undefined {
  const bytes = toBytes(value);
  const patternBytes = toBytes(pattern);
  if (bytes.length * bytes.length * patternBytes.length > mostSteps) return undefined;
  return fromBytes(bytes.slice(matchingPrefix(bytes, patternBytes, prefers)));
}

/** The original turns value and pattern around, so that classes in the pattern lose their meaning. */
function trimEnd(value: string, pattern: string, prefers: 'shortest' | 'longest'): string | undefined {
  const trimmed = trimStart(reverse(value), reverse(pattern), prefers);
  return trimmed === undefined ? undefined : reverse(trimmed);
}

const reverse = (text: string): string => Array.from(text).reverse().join('');
