import { type Schema } from '../../schemas/schema';
import { type JsonValue } from '../model/json';
import { nearest } from '../model/nearest';
import { canonical, fromData } from './equality';
import { hasFormat } from './format';
import { matchesPattern } from '../scalars/pattern';
import { type Walk } from './walk';

/** Names of the types a schema admits, as messages name them; empty: any. */
export function expectedTypes(schema: Schema): readonly string[] {
  if (schema.intOrString === true) return ['integer', 'string'];
  if (schema.type !== undefined) return [schema.type];
  return schema.format === 'quantity' ? ['quantity'] : [];
}

/** True when the value has a type the schema admits. `1.0` is an integer, as it is after Go's YAML to JSON step. */
export function hasType(schema: Schema, value: JsonValue): boolean {
  if (value === null)
    return schema.nullable === true || (schema.type === undefined && expectedTypes(schema).length === 0);
  const type = typeof value;
  if (schema.intOrString === true) return type === 'string' || type === 'bigint' || Number.isInteger(value);
  switch (schema.type) {
    case undefined:
      return schema.format !== 'quantity' || type === 'string' || type === 'number' || type === 'bigint';
    case 'object':
      return value instanceof Map;
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return type === 'bigint' || Number.isInteger(value);
    case 'number':
      return type === 'number' || type === 'bigint';
    default:
      return type === schema.type;
  }
}

export function checkEnum(walk: Walk, schema: Schema, value: JsonValue): void {
  const listed = schema.enum;
  if (listed === undefined || listed.includes(value as never)) return;
  const allowed = listed.map(fromData);
  const text = canonical(value);
  if (allowed.some((one) => canonical(one) === text)) return;
  const words = allowed.filter((one) => typeof one === 'string');
  const suggestions = typeof value === 'string' ? nearest(value, words) : [];
  walk.report({ code: 'enum', allowed, actual: value, suggestions });
}

// Lengths count code points, as Go counts runes.
const lengthOf = (text: string): number => {
  let length = text.length;
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xfc00) === 0xdc00) length--;
  return length;
};

export function checkText(walk: Walk, schema: Schema, value: string): void {
  const { minLength, maxLength, pattern, format } = schema;
  if (minLength !== undefined || maxLength !== undefined) {
    const actual = lengthOf(value);
    if ((minLength !== undefined && actual < minLength) || (maxLength !== undefined && actual > maxLength))
      walk.report({ code: 'length', actual, ...boundsOf(minLength, maxLength) });
  }
  if (pattern !== undefined) {
    const verdict = matchesPattern(pattern, value);
    if (verdict === undefined) walk.unknowns++;
    else if (!verdict) walk.report({ code: 'pattern', pattern, actual: value });
  }
  if (format !== undefined && !hasFormat(format, value)) walk.report({ code: 'format', format, actual: value });
}

const isMultiple = (value: number | bigint, of: number): boolean => {
  if (of <= 0) return true;
  const quotient = Number(value) / of;
  return Math.abs(quotient - Math.round(quotient)) < 1e-9 * Math.max(1, Math.abs(quotient));
};

export function checkNumber(walk: Walk, schema: Schema, value: number | bigint): void {
  const { minimum, maximum, multipleOf, format } = schema;
  const below = minimum !== undefined && (schema.exclusiveMinimum === true ? value <= minimum : value < minimum);
  const above = maximum !== undefined && (schema.exclusiveMaximum === true ? value >= maximum : value > maximum);
  if (below || above) {
    const exclusive = (below ? schema.exclusiveMinimum : schema.exclusiveMaximum) === true;
    walk.report({ code: 'range', actual: value, exclusive, ...boundsOf(minimum, maximum) });
  }
  if (multipleOf !== undefined && !isMultiple(value, multipleOf))
    walk.report({ code: 'range', actual: value, exclusive: false, multipleOf });
  if (format !== undefined && !hasFormat(format, value)) walk.report({ code: 'format', format, actual: value });
}

/** The bounds that exist, for a fault. */
export function boundsOf(minimum: number | undefined, maximum: number | undefined) {
  return { ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }) };
}
