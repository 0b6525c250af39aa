// @ts-check

/**
 * The committed form of a field table: one row per line, notes after structure.
 * @param {{ group: string, kind: string, fields: Record<string, object> }} table
 */
export function printTable({ group, kind, fields }) {
  const rows = Object.entries(fields).map(([path, row]) => `    ${JSON.stringify(path)}: ${spaced(row)}`);
  return `{\n  "group": ${JSON.stringify(group)},\n  "kind": ${JSON.stringify(kind)},\n  "fields": {\n${rows.join(',\n')}\n  }\n}\n`;
}

/**
 * JSON on one line with a space after `:` and `,`.
 * @param {unknown} value
 * @returns {string}
 */
function spaced(value) {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${spaced(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
