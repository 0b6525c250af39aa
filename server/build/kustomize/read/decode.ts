import { isArray, isObject, type JsonObject, type JsonValue, type Path } from '../../../model/json';
import { type TextMap } from '../kustomization';

/** Why Go's JSON decoder refuses a value. */
export interface DecodeProblem {
  readonly path: Path;
  readonly code: 'field-unknown' | 'field-type';
  readonly message: string;
}

const nameOf = (value: JsonValue): string => {
  if (value === null) return 'null';
  if (isArray(value)) return 'a list';
  if (isObject(value)) return 'a map';
  return typeof value === 'string' ? 'text' : typeof value === 'boolean' ? 'true or false' : 'a number';
};

/**
 * Reads plain values as Go's strict JSON decoder fills a struct: null leaves the zero value, names match without regard
 * to case, the first misfit is kept in `problem`.
 */
export class Decoder {
  problem: DecodeProblem | undefined;

  misfit(path: Path, wanted: string, value: JsonValue): void {
    const field = path.filter((step) => typeof step === 'string').at(-1) ?? 'this value';
    this.problem ??= {
      path,
      code: 'field-type',
      message: `${field} takes ${wanted}, not ${nameOf(value)}.`,
    };
  }

  text(value: JsonValue | undefined, path: Path): string {
    if (value === undefined || value === null) return '';
    if (typeof value === 'string') return value;
    this.misfit(path, 'text', value);
    return '';
  }

  bool(value: JsonValue | undefined, path: Path): boolean {
    if (value === undefined || value === null) return false;
    if (typeof value === 'boolean') return value;
    this.misfit(path, 'true or false', value);
    return false;
  }

  integer(value: JsonValue | undefined, path: Path): number | bigint {
    if (value === undefined || value === null) return 0;
    const isWhole =
      typeof value === 'bigint' ? value < 2n ** 63n : typeof value === 'number' && Number.isInteger(value);
    if (isWhole && (typeof value === 'number' || typeof value === 'bigint')) return value;
    this.misfit(path, 'a whole number', value);
    return 0;
  }

  list<T>(value: JsonValue | undefined, path: Path, item: (value: JsonValue, path: Path) => T): readonly T[] {
    if (value === undefined || value === null) return [];
    if (isArray(value)) return value.map((one, index) => item(one, [...path, index]));
    this.misfit(path, 'a list', value);
    return [];
  }

  texts(value: JsonValue | undefined, path: Path): readonly string[] {
    return this.list(value, path, (one, at) => this.text(one, at));
  }

  textMap(value: JsonValue | undefined, path: Path): TextMap {
    if (value === undefined || value === null) return new Map();
    if (isObject(value)) return new Map([...value].map(([key, one]) => [key, this.text(one, [...path, key])]));
    this.misfit(path, 'a map of texts', value);
    return new Map();
  }

  /** The fields of an object by their right names; unknown ones are a problem. undefined for null. */
  fields(value: JsonValue | undefined, path: Path, known: ReadonlySet<string>): Fields | undefined {
    if (value === undefined || value === null) return undefined;
    if (isObject(value)) return new Fields(this, value, path, known);
    this.misfit(path, 'a map', value);
    return undefined;
  }
}

/** What Go holds after it has read a value into another (encoding/json): maps and the items of lists are joined. */
function readInto(before: JsonValue, value: JsonValue): JsonValue {
  if (isArray(before) && isArray(value)) {
    return value.map((item, index) => (index < before.length ? readInto(before[index] ?? null, item) : item));
  }
  if (!isObject(before) || !isObject(value)) return value;
  const joined = new Map(before);
  for (const [key, item] of value) joined.set(key, joined.has(key) ? readInto(joined.get(key) ?? null, item) : item);
  return joined;
}

/** The fields of one object, each under its right name. */
export class Fields {
  readonly #found = new Map<string, { readonly value: JsonValue; readonly path: Path }>();

  constructor(decoder: Decoder, object: JsonObject, path: Path, known: ReadonlySet<string>) {
    // Go sees the keys in byte order, and reads each spelling of a field into what the one before it left.
    for (const key of [...object.keys()].sort()) {
      const value = object.get(key);
      const name = known.has(key) ? key : [...known].find((one) => one.toLowerCase() === key.toLowerCase());
      if (value === undefined) continue;
      if (name === undefined) {
        const message = `There is no field ${key} here.`;
        decoder.problem ??= { path: [...path, key], code: 'field-unknown', message };
      } else this.#put(decoder, name, value, [...path, key]);
    }
  }

  #put(decoder: Decoder, name: string, value: JsonValue, path: Path): void {
    const before = this.#found.get(name);
    if (value === null) {
      // It empties a list or map, and leaves anything else as it was.
      if (typeof before?.value === 'object') this.#found.delete(name);
    } else if (before === undefined) this.#found.set(name, { value, path });
    else {
      if (nameOf(before.value) !== nameOf(value)) decoder.misfit(before.path, nameOf(value), before.value);
      this.#found.set(name, { value: readInto(before.value, value), path });
    }
  }

  get(name: string): JsonValue | undefined {
    return this.#found.get(name)?.value;
  }

  pathOf(name: string): Path {
    return this.#found.get(name)?.path ?? [];
  }

  /** Names with a value other than null. */
  names(): readonly string[] {
    return [...this.#found.keys()];
  }
}
