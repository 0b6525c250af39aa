import { type JsonValue, type Path } from '../model/json';

interface FaultBase {
  readonly path: Path;
  /** Whether the key or the value at `path` is to be marked; the root and list items have no key. */
  readonly part: 'key' | 'value';
}

interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
}

/** What a name must look like; `nameRules` in names.ts has the grammar of each. */
export type NameRule =
  | 'dns-subdomain'
  | 'dns-label'
  | 'path-segment'
  | 'name-prefix'
  | 'label-key'
  | 'label-value'
  | 'annotation-key'
  | 'finalizer';

/** One way in which a value breaks its schema: data only, worded by messages.ts. */
export type Fault = FaultBase &
  (
    | { readonly code: 'unknown-field'; readonly name: string; readonly suggestions: readonly string[] }
    | { readonly code: 'missing-required'; readonly name: string }
    /** `expected`: names of types, as `describeType` in messages.ts takes them. */
    | { readonly code: 'type'; readonly expected: readonly string[]; readonly actual: JsonValue }
    | {
        readonly code: 'enum';
        readonly allowed: readonly JsonValue[];
        readonly actual: JsonValue;
        readonly suggestions: readonly string[];
      }
    | { readonly code: 'pattern'; readonly pattern: string; readonly actual: string }
    | ({ readonly code: 'length'; readonly actual: number } & Bounds)
    | ({ readonly code: 'count'; readonly of: 'items' | 'fields'; readonly actual: number } & Bounds)
    | ({
        readonly code: 'range';
        readonly actual: number | bigint;
        readonly exclusive: boolean;
        readonly multipleOf?: number;
      } & Bounds)
    | { readonly code: 'format'; readonly format: string; readonly actual: JsonValue }
    /** `first`: index of the item it repeats. `keys`: the fields that must differ, empty for a list of plain values. */
    | {
        readonly code: 'duplicate-item';
        readonly first: number;
        readonly keys: readonly (readonly [string, JsonValue])[];
      }
    /** None (or more than one) of several forms fits. `fields`: what each form requires, if that is all they say. */
    | {
        readonly code: 'alternatives';
        readonly match: 'any' | 'one';
        readonly matched: number;
        readonly fields?: readonly (readonly string[])[];
      }
    /** A form that is ruled out. `fields`: what may not be set together, if that is all it says. */
    | { readonly code: 'forbidden'; readonly fields?: readonly string[] }
    /** `subject`: what is named: `name`, `namespace`, `label`, `label value`, `annotation`, `finalizer`. */
    | { readonly code: 'name'; readonly subject: string; readonly rule: NameRule; readonly actual: string }
    | { readonly code: 'annotations-size'; readonly actual: number; readonly maximum: number }
  );

export type FaultCode = Fault['code'];
