import { isObject, type JsonValue } from '../../../model/json';
import { outputValue } from '../emit/emit';
import { type Node } from '../node';

/** The value of a node as Go decodes it from the YAML it writes; mappings keep their order. */
export function valueOfNode(node: Node): JsonValue {
  if (node.kind === 'scalar') return outputValue(node).value;
  if (node.kind === 'list') return node.items.map(valueOfNode);
  const entries = new Map<string, JsonValue>();
  for (const [key, value] of node.entries) entries.set(key, valueOfNode(value));
  return entries;
}

/** Go orders strings by their UTF-8 bytes, which is the order of code points, not of UTF-16 units. */
export function compareAsGo(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;
    return isSurrogate(x) === isSurrogate(y) ? x - y : isSurrogate(x) ? 1 : -1;
  }
  return a.length - b.length;
}

const escapes: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

function textAsGo(text: string): string {
  const plain = JSON.stringify(text);
  return /[<>&\u2028\u2029]/.test(plain)
    ? plain.replace(/[<>&\u2028\u2029]/g, (found) => escapes[found] ?? found)
    : plain;
}

/**
 * A value as Go's encoding/json writes it: keys sorted by bytes, no blanks, `<`, `>`, `&` and the line separators
 * escaped. With an indent of two blanks it is that of `MarshalIndent`.
 */
export function goJson(value: JsonValue, indent = '', margin = '\n'): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return textAsGo(value);
  // Both languages switch to exponents at 1e21 and 1e-6 and write the shortest digits; Go keeps the sign of zero.
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'bigint') return String(value);
  const inner = indent === '' ? '' : margin + indent;
  const items = isObject(value)
    ? [...value.entries()]
        .sort(([a], [b]) => compareAsGo(a, b))
        .map(([key, item]) => `${textAsGo(key)}:${indent === '' ? '' : ' '}${goJson(item, indent, inner)}`)
    : value.map((item) => goJson(item, indent, inner));
  const [open, close] = isObject(value) ? '{}' : '[]';
  return items.length === 0
    ? `${open}${close}`
    : `${open}${inner}${items.join(`,${inner}`)}${indent === '' ? '' : margin}${close}`;
}
