import { isArray, isObject, type JsonValue } from '../../model/json';

/** A function of a template; undefined where its result is not known here. */
export type TemplateFunction = (...args: readonly JsonValue[]) => JsonValue | undefined;

/** Go's truth of a value (text/template `IsTrue`). */
export function isTrue(value: JsonValue): boolean {
  if (isObject(value)) return value.size > 0;
  if (isArray(value)) return value.length > 0;
  return value !== null && value !== false && value !== 0 && value !== '';
}

/** A value as Go prints it; undefined for what no template prints on purpose. */
export function printed(value: JsonValue): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  // Go holds numbers of JSON as floats and prints large ones with an exponent.
  if (typeof value === 'number') return Math.abs(value) < 1e6 && Number.isInteger(value) ? String(value) : undefined;
  return undefined;
}

const text = (change: (text: string) => string): TemplateFunction => {
  return (value = null, ...rest) => {
    const found = printed(value);
    return found === undefined || rest.length > 0 ? undefined : change(found);
  };
};

const compare = (holds: (same: boolean) => boolean): TemplateFunction => {
  return (a = null, b = null, ...rest) => {
    const isSimple = [a, b].every(
      (one) => typeof one === 'string' || typeof one === 'boolean' || typeof one === 'number',
    );
    // Go refuses to compare values of two types.
    return rest.length > 0 || !isSimple || typeof a !== typeof b ? undefined : holds(a === b);
  };
};

/** The verbs `%s`, for text alone, and `%v`; Go writes a complaint into the text where another value stands. */
function format(form: JsonValue = null, ...args: readonly JsonValue[]): JsonValue | undefined {
  if (typeof form !== 'string') return undefined;
  let made = '';
  let used = 0;
  for (const [index, piece] of form.split('%').entries()) {
    if (index === 0) made += piece;
    else if (piece === '') return undefined;
    else {
      const arg = args[used++] ?? null;
      const value =
        piece.startsWith('v') || (piece.startsWith('s') && typeof arg === 'string') ? printed(arg) : undefined;
      if (value === undefined) return undefined;
      made += value + piece.slice(1);
    }
  }
  return used === args.length ? made : undefined;
}

/** Of slim-sprig and text/template what ResourceSets are seen to use (flux-operator builder, `TemplateFuncs`). */
export const functions: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['default', (fallback = null, value = null) => (isTrue(value) ? value : fallback)],
  ['get', (map = null, key = null) => (isObject(map) && typeof key === 'string' ? (map.get(key) ?? '') : undefined)],
  ['hasKey', (map = null, key = null) => (isObject(map) && typeof key === 'string' ? map.has(key) : undefined)],
  ['quote', text((value) => JSON.stringify(value))],
  ['squote', text((value) => `'${value}'`)],
  ['lower', text((value) => value.toLowerCase())],
  ['upper', text((value) => value.toUpperCase())],
  ['trim', text((value) => value.trim())],
  ['toString', text((value) => value)],
  ['printf', format],
  ['eq', compare((same) => same)],
  ['ne', compare((same) => !same)],
  ['not', (value = null) => !isTrue(value)],
  ['and', (...args) => args.find((value) => !isTrue(value)) ?? args.at(-1)],
  ['or', (...args) => args.find(isTrue) ?? args.at(-1)],
  ['len', (value = null) => (isArray(value) ? value.length : isObject(value) ? value.size : undefined)],
]);
