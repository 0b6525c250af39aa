import { type JsonData, type Schema } from '../../schemas/schema';
import { type Path } from '../model/json';
import { fieldOf } from './walk';

/** The combined branches of a schema: places that only a branch describes are found there. */
function* branchesOf(schema: Schema): Generator<Schema> {
  yield schema;
  for (const branch of [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])])
    yield* branchesOf(branch);
}

function step(schema: Schema, key: string | number): Schema | undefined {
  for (const branch of branchesOf(schema)) {
    if (typeof key === 'number') {
      if (branch.items !== undefined) return branch.items;
      continue;
    }
    const field = fieldOf(branch, key);
    if (field !== undefined) return field;
    if (typeof branch.additionalProperties === 'object') return branch.additionalProperties;
  }
  return undefined;
}

/** The schema of the value at a path; undefined where the schema says nothing (unknown fields, free-form values). */
export function schemaAt(schema: Schema, path: Path): Schema | undefined {
  let here: Schema | undefined = schema;
  for (const key of path) {
    here = step(here, key);
    if (here === undefined) return undefined;
  }
  return here;
}

/** A field that may be written in an object. */
export interface FieldChoice {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
}

/** The fields an object does not have yet: required ones first, otherwise in the order of the schema. */
export function completions(schema: Schema, present: ReadonlySet<string>): FieldChoice[] {
  const choices = new Map<string, FieldChoice>();
  const required = new Set(schema.required);
  for (const branch of branchesOf(schema))
    for (const [name, field] of Object.entries(branch.properties ?? {}))
      if (!present.has(name) && !choices.has(name))
        choices.set(name, { name, schema: field, required: required.has(name) });
  return [...choices.values()].sort((a, b) => Number(b.required) - Number(a.required));
}

/** The values a field may take, when they can be listed: those of its enumeration, or true and false. */
export function valuesOf(schema: Schema): readonly JsonData[] {
  for (const branch of branchesOf(schema)) if (branch.enum !== undefined) return branch.enum;
  return schema.type === 'boolean' ? [true, false] : [];
}
