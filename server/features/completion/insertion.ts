import { type JsonData, type Schema } from '../../../schemas/schema';
import { completions, valuesOf } from '../../validation/describe';

const escapeSnippet = (text: string): string => text.replace(/[\\$}]/g, '\\$&');

/** A value as YAML in one line; quoted where plain text would read as something else. */
export function scalarText(value: JsonData): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  const isPlain =
    /^[A-Za-z_/.][\w./@-]*(?: [\w./@-]+)*$/.test(value) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value);
  return isPlain ? value : JSON.stringify(value);
}

/**
 * What is inserted for a field: `name: ` with a place for a scalar, `name:` and the required children below for an
 * object or a list of objects. Lines are indented by `indent` spaces; the result is snippet text.
 */
export function snippetFor(name: string, schema: Schema, indent: number): string {
  let stop = 0;
  const next = (): number => ++stop;
  const field = (label: string, at: Schema, column: number, depth: number): string => {
    const pad = ' '.repeat(column + 2);
    if (at.type === 'object' && at.additionalProperties === undefined && at.preserveUnknownFields !== true)
      return `${label}:\n${pad}${children(at, column + 2, depth) ?? `$${next()}`}`;
    if (at.type === 'array') {
      const { items } = at;
      const inner = items?.type === 'object' ? children(items, column + 4, depth) : undefined;
      return `${label}:\n${pad}- ${inner ?? `$${next()}`}`;
    }
    if (at.type === 'object') return `${label}:\n${pad}$${next()}`;
    return `${label}: ${placeFor(at, next())}`;
  };
  const children = (at: Schema, column: number, depth: number): string | undefined => {
    if (depth > 3) return undefined;
    const required = completions(at, new Set()).filter((choice) => choice.required);
    if (required.length === 0) return undefined;
    return required
      .map((choice) => field(escapeSnippet(choice.name), choice.schema, column, depth + 1))
      .join(`\n${' '.repeat(column)}`);
  };
  return field(escapeSnippet(name), schema, indent, 0);
}

function placeFor(schema: Schema, stop: number): string {
  const values = valuesOf(schema).map(scalarText);
  if (values.length > 0) return `\${${stop}|${values.map((value) => value.replace(/[\\,|$}]/g, '\\$&')).join(',')}|}`;
  const { default: preset, example } = schema;
  const shown = preset ?? example;
  if (shown === undefined || shown === '' || (typeof shown === 'object' && shown !== null)) return `$${stop}`;
  return `\${${stop}:${escapeSnippet(scalarText(shown))}}`;
}

/** The same for clients without snippets: the name and what introduces its value. */
export function plainFor(name: string, schema: Schema, indent: number): string {
  const pad = ' '.repeat(indent + 2);
  if (schema.type === 'object') return `${name}:\n${pad}`;
  return schema.type === 'array' ? `${name}:\n${pad}- ` : `${name}: `;
}
