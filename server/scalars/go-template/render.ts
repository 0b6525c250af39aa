import { isArray, isObject, type JsonObject, type JsonValue } from '../../model/json';
import { integerOf } from './functions/function';
import { functions } from './functions/index';
import { Scope } from './scope';
import { isTrue, printed, sortedEntries } from './values';
import { type Expression, parseTemplate, type Piece } from './parse';

/** `unknown`: the template uses what is not carried out here, or a field that its inputs lack. */
export type RenderedTemplate = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'unknown' };

/** Longest output, in UTF-16 units. */
const longest = 2 ** 22;

class Unknown extends Error {}

/** What a template may ask for that only whoever renders it has. */
export interface TemplateHost {
  /** A value as sigs.k8s.io/yaml writes it; undefined where that is not known. */
  toYaml(value: JsonValue): string | undefined;
}

/**
 * Renders a template of a ResourceSet with one set of inputs, delimiters `<<` and `>>` (flux-operator internal/builder).
 * A key that the inputs lack fails there, so here nothing is known.
 */
export function renderTemplate(template: string, inputs: JsonObject, host?: TemplateHost): RenderedTemplate {
  const pieces = parseTemplate(template);
  if (pieces === undefined) return { kind: 'unknown' };
  try {
    const run = new Run(inputs, host);
    // Go refuses to leave what is no range.
    const isWhole = run.pieces(pieces, new Scope()) === 'done';
    return isWhole ? { kind: 'text', text: run.text } : { kind: 'unknown' };
  } catch (error) {
    if (error instanceof Unknown) return { kind: 'unknown' };
    throw error;
  }
}

/** How a run of pieces ended. */
type Ending = 'done' | 'break' | 'continue';

class Run {
  text = '';

  constructor(
    private readonly inputs: JsonObject,
    private readonly host: TemplateHost | undefined,
  ) {}

  #put(text: string | undefined): void {
    if (text === undefined || this.text.length + text.length > longest) throw new Unknown();
    this.text += text;
  }

  pieces(pieces: readonly Piece[], scope: Scope): Ending {
    for (const piece of pieces) {
      let ending: Ending = 'done';
      if (piece.kind === 'literal') this.#put(piece.text);
      else if (piece.kind === 'leave') return piece.how;
      else if (piece.kind === 'print') this.#put(printed(this.#value(piece.value, scope)));
      else if (piece.kind === 'set') {
        const value = this.#value(piece.value, scope);
        if (!piece.isAssigned) scope.declare(piece.name, value);
        else if (!scope.assign(piece.name, value)) throw new Unknown();
      } else if (piece.kind === 'range') this.#range(piece, scope);
      else {
        const inner = new Scope(scope);
        const value = this.#value(piece.value, scope);
        if (piece.name !== undefined) inner.declare(piece.name, value);
        if (piece.kind === 'with' && isTrue(value)) inner.declare('', value);
        ending = this.pieces(isTrue(value) ? piece.then : piece.otherwise, inner);
      }
      if (ending !== 'done') return ending;
    }
    return 'done';
  }

  #range({ value: list, key, item, then, otherwise }: Piece & { kind: 'range' }, scope: Scope): void {
    const entries = entriesOf(this.#value(list, scope));
    if (entries === undefined) throw new Unknown();
    if (entries.length === 0) this.pieces(otherwise, new Scope(scope));
    for (const [at, one] of entries) {
      const inner = new Scope(scope);
      inner.declare('', one);
      if (item !== undefined) inner.declare(item, one);
      if (key !== undefined) inner.declare(key, at);
      if (this.pieces(then, inner) === 'break') break;
    }
  }

  #value(expression: Expression, scope: Scope): JsonValue {
    if (expression.kind === 'value') return expression.value;
    let value: JsonValue | undefined;
    if (expression.kind === 'variable') value = scope.get(expression.name);
    else value = this.#called(expression, scope);
    for (const field of expression.fields) value = isObject(value) ? value.get(field) : undefined;
    if (value === undefined) throw new Unknown();
    return value;
  }

  #called({ name, args }: Expression & { kind: 'call' }, scope: Scope): JsonValue | undefined {
    if (name === 'inputs') return args.length === 0 ? this.inputs : undefined;
    if (name === 'and' || name === 'or') {
      // What stands behind the one that decides is not worked out.
      let value: JsonValue | undefined;
      for (const one of args) {
        value = this.#value(one, scope);
        if (isTrue(value) === (name === 'or')) break;
      }
      return value;
    }
    const values = args.map((one) => this.#value(one, scope));
    if (name === 'toYaml' || name === 'mustToYaml') {
      return values.length === 1 ? this.host?.toYaml(values[0] ?? null) : undefined;
    }
    return functions.get(name)?.(...values);
  }
}

const mostRounds = 10_000;

/** What a range goes over, with its indices or keys; undefined for what cannot be gone over. */
function entriesOf(value: JsonValue): (readonly [JsonValue, JsonValue])[] | undefined {
  if (isArray(value)) return value.map((one, index) => [BigInt(index), one]);
  if (isObject(value)) return sortedEntries(value);
  const count = typeof value === 'string' ? undefined : integerOf(value);
  if (count === undefined || count > mostRounds) return undefined;
  const rounds = Array.from({ length: Math.max(count, 0) }, (_, index) => index);
  return rounds.map((index) => (typeof value === 'bigint' ? [BigInt(index), BigInt(index)] : [index, index]));
}
