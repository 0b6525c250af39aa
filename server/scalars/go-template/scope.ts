import { type JsonValue } from '../../model/json';

/** Variables of a block of a template, over those of the blocks around it. `.` has the empty name. */
export class Scope {
  readonly #variables = new Map<string, JsonValue>();

  constructor(private readonly outer?: Scope) {}

  get(name: string): JsonValue | undefined {
    return this.#variables.get(name) ?? this.outer?.get(name);
  }

  /** `:=`, which hides one of the same name around the block. */
  declare(name: string, value: JsonValue): void {
    this.#variables.set(name, value);
  }

  /** `=`, which changes the nearest of the name; false where there is none. */
  assign(name: string, value: JsonValue): boolean {
    if (!this.#variables.has(name)) return this.outer?.assign(name, value) ?? false;
    this.#variables.set(name, value);
    return true;
  }
}
