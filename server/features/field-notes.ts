import { findTable } from '../../schemas/kinds';
import { type JsonData, type Schema } from '../../schemas/schema';
import { type Path } from '../model/json';
import { type DocumentKind } from './document-schema';
import { codeSpan } from './markdown';
import { tablePath } from './table-path';

/** What there is to say about a field, as Markdown; the same for hover and completion. */
export function describeField(schema: Schema, kind: DocumentKind, path: Path): string {
  const facts: string[] = [];
  const type = typeOf(schema);
  if (type !== '') facts.push(`Type: ${type}`);
  if (schema.enum !== undefined) facts.push(`One of ${schema.enum.map((value) => codeSpan(show(value))).join(', ')}`);
  if (schema.default !== undefined) facts.push(`Default: ${codeSpan(show(schema.default))}`);
  const since = availabilityOf(kind, path);
  if (since !== undefined) facts.push(since);
  const parts = [
    schema.deprecated === undefined ? '' : `**Deprecated.** ${schema.deprecated}`,
    schema.description ?? '',
    facts.join('  \n'),
    schema.example === undefined ? '' : `Example: ${codeSpan(show(schema.example))}`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Short name of a type: `string (duration)`, `list of string`. */
export function typeOf(schema: Schema): string {
  if (schema.intOrString === true) return 'integer or string';
  if (schema.type === 'array') {
    const items = schema.items === undefined ? '' : typeOf(schema.items);
    return items === '' ? 'list' : `list of ${items}`;
  }
  const type = schema.type ?? (schema.properties === undefined ? '' : 'object');
  return schema.scalar === undefined || type === '' ? type : `${type} (${schema.scalar.replaceAll('-', ' ')})`;
}

/** Since or until when Flux has the field; undefined when it always had it, and for kinds of others. */
function availabilityOf({ group, version, kind }: DocumentKind, path: Path): string | undefined {
  const rows = findTable(group, kind)?.fields;
  const text = tablePath(path);
  const span = rows !== undefined && Object.hasOwn(rows, text) ? rows[text]?.in[version] : undefined;
  if (span === undefined) return undefined;
  const [from = '', to] = span.endsWith('+') ? [span.slice(0, -1)] : span.split('-');
  const operator = group === 'fluxcd.controlplane.io';
  if (operator || (from === '2.0' && to === undefined && span.endsWith('+'))) return undefined;
  if (span.endsWith('+')) return `Since Flux ${from}`;
  return `In Flux ${from} to ${to ?? from}`;
}

const show = (value: JsonData): string => (typeof value === 'string' ? value : JSON.stringify(value));
