import { type Schema } from '../../schemas/schema';
import { type JsonObject, type JsonValue, type Path } from '../model/json';
import { fromData } from './equality';
import { type Fault } from './fault';

export interface ValidateOptions {
  /**
   * True for text that is not judged, as a value or as a key: it holds a variable, or is encrypted. The path is only
   * valid during the call.
   */
  readonly isUnknown?: (text: string, path: Path) => boolean;
  /** The value is a fragment (a patch): nothing can be missing, and `$patch` directives are fields. */
  readonly partial?: boolean;
}

// Omit over a union keeps only what all members share; this keeps the members apart.
type WithoutPlace<T> = T extends unknown ? Omit<T, 'path' | 'part'> : never;

// Enough for anyone to see that a document is not what its kind says; more would only cost time.
const faultLimit = 1000;

/** State of one validation: where it stands and what it has found. */
export class Walk {
  readonly options: ValidateOptions;
  /** Where it stands: one list that grows and shrinks, copied into faults. */
  readonly path: (string | number)[] = [];
  faults: Fault[] = [];
  /** How often something could not be judged; a verdict that rests on a match is only sure if this stands still. */
  unknowns = 0;
  /** Aliases can make a small text a huge value; after this many values the rest is left unjudged. */
  budget = 1_000_000;

  constructor(options: ValidateOptions) {
    this.options = options;
  }

  report(fault: WithoutPlace<Fault>, part: 'key' | 'value' = 'value', step?: string | number): void {
    if (this.faults.length >= faultLimit) {
      this.budget = 0;
      return;
    }
    const path = step === undefined ? this.path.slice() : [...this.path, step];
    this.faults.push({ ...fault, path, part });
  }

  isUnknown(text: string): boolean {
    if (this.options.isUnknown?.(text, this.path) !== true) return false;
    this.unknowns++;
    return true;
  }
}

export type Check = (walk: Walk, schema: Schema, value: JsonValue, open: boolean, main: Schema) => void;

/** The schema of a field; an own property only, so that `constructor` is no field of everything. */
export function fieldOf(schema: Schema | undefined, name: string): Schema | undefined {
  const properties = schema?.properties;
  return properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/**
 * The value of a field after the API server has dropped nulls that are not allowed and filled in defaults;
 * undefined when it counts as missing. `main` says both, since a branch of `anyOf` knows neither.
 */
export function effectiveEntry(main: Schema, object: JsonObject, name: string): JsonValue | undefined {
  const value = object.get(name);
  if (value !== undefined && value !== null) return value;
  const field = declaredField(main, name);
  // A null that nothing is declared about stays.
  if (value === null && (field === undefined || field.nullable === true)) return null;
  return field?.default === undefined ? undefined : fromData(field.default);
}

/** What is declared about a field, by its name or as one of a map. */
export function declaredField(schema: Schema, name: string): Schema | undefined {
  const { additionalProperties } = schema;
  return fieldOf(schema, name) ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
}

/** A schema that says nothing: the main schema of what only a branch describes. */
export const nothing: Schema = {};
