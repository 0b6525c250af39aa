import { type JsonValue } from '../../../server/model/json';

/** How a JSON text is laid out: the blanks of one level; undefined when all is on one line. */
export type JsonLayout = string | undefined;

/** A value as JSON text, whose first line stands at a level already. */
export function writeJson(value: JsonValue, layout: JsonLayout, level = 0): string {
  if (typeof value === 'bigint') return String(value);
  if (!(value instanceof Map) && !Array.isArray(value)) return JSON.stringify(value);
  const isMap = value instanceof Map;
  const parts = isMap
    ? [...(value as ReadonlyMap<string, JsonValue>)].map(
        ([key, item]) => `${JSON.stringify(key)}: ${writeJson(item, layout, level + 1)}`,
      )
    : (value as readonly JsonValue[]).map((item) => writeJson(item, layout, level + 1));
  const [open, close] = isMap ? ['{', '}'] : ['[', ']'];
  if (parts.length === 0) return open + close;
  if (layout === undefined) return open + parts.join(', ') + close;
  const inner = `\n${layout.repeat(level + 1)}`;
  return `${open}${inner}${parts.join(`,${inner}`)}\n${layout.repeat(level)}${close}`;
}
