import { type FieldNotes, type Schema } from '../../schemas/schema';
import { fieldOf } from './walk';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const notesOf = ({ description, scalar, reference, example, deprecated }: Schema): FieldNotes => ({
  ...(description !== undefined && { description }),
  ...(scalar !== undefined && { scalar }),
  ...(reference !== undefined && { reference }),
  ...(example !== undefined && { example }),
  ...(deprecated !== undefined && { deprecated }),
});

/**
 * The structure of one schema with the notes of another, joined by path: fields that only the structure has keep its
 * own description, fields that only the notes have are left out.
 */
export function annotate(structure: Schema, notes: Schema | undefined): Schema {
  if (notes === undefined) return structure;
  const joined: Mutable<Schema> = { ...structure, ...notesOf(notes) };
  if (structure.properties !== undefined) {
    const fields = Object.entries(structure.properties);
    joined.properties = Object.fromEntries(
      fields.map(([name, field]) => [name, annotate(field, fieldOf(notes, name))]),
    );
  }
  if (structure.items !== undefined) joined.items = annotate(structure.items, notes.items);
  if (typeof structure.additionalProperties === 'object' && typeof notes.additionalProperties === 'object')
    joined.additionalProperties = annotate(structure.additionalProperties, notes.additionalProperties);
  return joined;
}
