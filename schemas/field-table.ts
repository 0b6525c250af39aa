import { type ReleaseSpan } from './release';
import { type FieldNotes, type JsonData, type Schema } from './schema';

/**
 * API version → Flux releases. `{ "v1": "2.3+", "v1beta2": "2.0-2.7" }`. What is bound to no Flux release (the Flux
 * Operator, kustomize, SOPS, our own configuration) has `2.0+`; files without an apiVersion have it as `''`.
 */
export type Availability = Readonly<Record<string, ReleaseSpan>>;

/** A fact that differs between versions: the first case whose availability holds counts; none holding: absent. */
export interface Varying<T> {
  readonly when: readonly (readonly [Availability, T])[];
}

type Structure = Omit<Schema, keyof FieldNotes | 'properties' | 'required' | 'items' | 'additionalProperties' | 'ref'>;

/**
 * One field of a kind. Structural facts are derived from the CRDs of every release (tools/schemas);
 * the notes are ours. `required` means required in its parent.
 */
export type FieldRow = FieldNotes & {
  readonly in: Availability;
  readonly required?: boolean | Varying<boolean>;
} & { readonly [K in keyof Structure]?: Structure[K] | Varying<NonNullable<Structure[K]>> };

/**
 * Every field of one kind outside `status`, in the order of the CRD. Key: path from the document root
 * with `.` between names, `[]` for the items of a list, `.*` for the values of a free map
 * (`spec.dependsOn[].name`, `spec.postBuild.substitute.*`; `.*` alone: any other name at the root).
 */
export interface FieldTable {
  readonly group: string;
  readonly kind: string;
  readonly fields: Readonly<Record<string, FieldRow>>;
}

export type { JsonData };
