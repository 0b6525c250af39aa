import { CompletionItemKind } from 'vscode-languageserver-types';
import { type Schema } from '../../../schemas/schema';
import { completions, schemaAt, valuesOf } from '../../validation/describe';
import { type DocumentSchema } from '../document-schema';
import { describeField, typeOf } from '../field-notes';
import { type Cursor } from './cursor';
import { plainFor, scalarText, snippetFor } from './insertion';
import { type CompletionSupport, type Offer } from './offer';

/** Names of fields that may be added where the cursor stands, or a new item of the list that stands there. */
export function offerFields(document: DocumentSchema, cursor: Cursor, support: CompletionSupport): Offer[] {
  const schema = schemaAt(document.schema, cursor.path);
  if (schema === undefined) return [];
  if (schema.type === 'array') return offerItem(schema, cursor, support);
  const present = new Set(cursor.siblings.keys());
  present.delete(cursor.prefix);
  // status is written by controllers.
  if (cursor.path.length === 0) present.add('status');
  return completions(schema, present).map((choice): Offer => {
    const path = [...cursor.path, choice.name];
    const { text, isSnippet } = insertionOf(choice.name, choice.schema, cursor, support);
    return {
      label: choice.name,
      kind: CompletionItemKind.Property,
      text,
      isSnippet,
      detail: `${typeOf(choice.schema)}${choice.required ? ', required' : ''}`,
      documentation: describeField(choice.schema, document.kind, path),
      deprecated: choice.schema.deprecated !== undefined,
      rank: choice.required ? 3 : 5,
    };
  });
}

function insertionOf(
  name: string,
  schema: Schema,
  cursor: Cursor,
  support: CompletionSupport,
): { text: string; isSnippet: boolean } {
  // Behind the name something stands already: only the name is replaced.
  if (!cursor.isLineEnd) return { text: name, isSnippet: false };
  const isBlock = schema.type === 'object' || schema.type === 'array';
  if (isBlock && !support.keepsIndentation) return { text: `${name}:`, isSnippet: false };
  return support.snippets
    ? { text: snippetFor(name, schema, cursor.column), isSnippet: true }
    : { text: plainFor(name, schema, cursor.column), isSnippet: false };
}

function offerItem(list: Schema, cursor: Cursor, support: CompletionSupport): Offer[] {
  const { items } = list;
  if (items === undefined || !cursor.isLineEnd || cursor.prefix.length > 1) return [];
  const isSnippet = support.snippets && support.keepsIndentation && items.type === 'object';
  // A list of one name: its snippet without the name is the item.
  const text = isSnippet ? snippetFor('', { type: 'array', items }, cursor.column - 2).replace(/^:\n\s*/, '') : '- ';
  return [
    {
      label: '- (item)',
      kind: CompletionItemKind.Struct,
      text,
      isSnippet,
      detail: 'new item',
      filter: '-',
      ...(items.description !== undefined && { documentation: items.description }),
    },
  ];
}

/** The values that a field may take, when they can be listed. */
export function offerValues(document: DocumentSchema, cursor: Cursor): Offer[] {
  const schema = schemaAt(document.schema, cursor.path);
  if (schema === undefined) return [];
  const values = valuesOf(schema);
  const offers = values.map((value): Offer => {
    const text = scalarText(value);
    const isDefault = value === schema.default;
    return {
      label: typeof value === 'string' ? value : text,
      kind: CompletionItemKind.EnumMember,
      text,
      ...(isDefault && { detail: 'default' }),
      rank: isDefault ? 2 : 4,
    };
  });
  if (values.length > 0 || schema.type === 'object' || schema.type === 'array') return offers;
  const hints = [
    { value: schema.default, detail: 'default' },
    { value: schema.example, detail: 'example' },
  ];
  return hints.flatMap(({ value, detail }): Offer[] =>
    value === undefined || value === '' || (typeof value === 'object' && value !== null)
      ? []
      : [{ label: String(value), kind: CompletionItemKind.Value, text: scalarText(value), detail, rank: 6 }],
  );
}
