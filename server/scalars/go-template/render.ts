import { isArray, isObject, type JsonObject, type JsonValue } from '../../model/json';
import { functions, isTrue, printed } from './functions';
import { type Expression, parseTemplate, type Piece } from './parse';

/** `unknown`: the template uses what is not carried out here, or a field that its inputs lack. */
export type RenderedTemplate = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'unknown' };

/** Longest output, in UTF-16 units. */
const longest = 2 ** 22;

class Unknown extends Error {}

/**
 * Renders a template of a ResourceSet with one set of inputs, delimiters `<<` and `>>` (flux-operator internal/builder).
 * A key that the inputs lack fails there, so here nothing is known.
 */
export function renderTemplate(template: string, inputs: JsonObject): RenderedTemplate {
  const pieces = parseTemplate(template);
  if (pieces === undefined) return { kind: 'unknown' };
  try {
    const run = new Run(inputs);
    run.pieces(pieces, new Map());
    return { kind: 'text', text: run.text };
  } catch (error) {
    if (error instanceof Unknown) return { kind: 'unknown' };
    throw error;
  }
}

type Scope = Map<string, JsonValue>;

class Run {
  text = '';

  constructor(private readonly inputs: JsonObject) {}

  #put(text: string | undefined): void {
    if (text === undefined || this.text.length + text.length > longest) throw new Unknown();
    this.text += text;
  }

  /** What is set in a block is gone behind it. */
  pieces(pieces: readonly Piece[], scope: Scope): void {
    for (const piece of pieces) {
      if (piece.kind === 'literal') this.#put(piece.text);
      else if (piece.kind === 'print') this.#put(printed(this.#value(piece.value, scope)));
      else if (piece.kind === 'set') scope.set(piece.name, this.#value(piece.value, scope));
      else if (piece.kind === 'range') this.#range(piece, scope);
      else {
        const value = this.#value(piece.value, scope);
        const inner: Scope = new Map(scope);
        if (piece.kind === 'with') inner.set('', value);
        this.pieces(isTrue(value) ? piece.then : piece.otherwise, isTrue(value) ? inner : new Map(scope));
      }
    }
  }

  #range({ value: list, key, item, then, otherwise }: Piece & { kind: 'range' }, scope: Scope): void {
    const value = this.#value(list, scope);
    if (!isArray(value) && !isObject(value)) throw new Unknown();
    // Go walks a map by its keys in order.
    const entries: (readonly [JsonValue, JsonValue])[] = isArray(value)
      ? value.map((one, index) => [index, one])
      : [...value].sort(([a], [b]) => (a < b ? -1 : 1));
    if (entries.length === 0) this.pieces(otherwise, new Map(scope));
    for (const [at, one] of entries) {
      const inner: Scope = new Map(scope).set('', one);
      if (item !== undefined) inner.set(item, one);
      if (key !== undefined) inner.set(key, at);
      this.pieces(then, inner);
    }
  }

  #value(expression: Expression, scope: Scope): JsonValue {
    if (expression.kind === 'value') return expression.value;
    let value: JsonValue | undefined;
    if (expression.kind === 'variable') value = scope.get(expression.name);
    else if (expression.name === 'inputs') value = expression.args.length === 0 ? this.inputs : undefined;
    else value = functions.get(expression.name)?.(...expression.args.map((one) => this.#value(one, scope)));
    for (const field of expression.fields) value = isObject(value) ? value.get(field) : undefined;
    if (value === undefined) throw new Unknown();
    return value;
  }
}
