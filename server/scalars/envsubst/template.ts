/** Text as it stands in the source from `start` to `end`. */
export interface TextPiece {
  readonly kind: 'text';
  readonly start: number;
  readonly end: number;
}

/** A `${…}`. Offsets are UTF-16, in the text that was parsed. */
export interface Expansion {
  readonly kind: 'expansion';
  readonly start: number;
  /** After the closing brace. */
  readonly end: number;
  readonly name: string;
  readonly nameStart: number;
  /** `:-`, `^^`, `//` …; empty for the bare form. `#` without arguments is the length. */
  readonly operator: string;
  /** Of a default, the arguments are joined; escapes part an argument into several pieces. */
  readonly args: readonly (readonly Piece[])[];
}

export type Piece = TextPiece | Expansion;

/** Why the parser of fluxcd/pkg envsubst 1.9 refuses a text (its five errors, parse/parse.go), or we do (`nesting`). */
export interface TemplateFault {
  readonly reason: 'bad-substitution' | 'missing-brace' | 'variable-name' | 'argument' | 'nesting';
  /** Of the `${` of the innermost expression at fault. */
  readonly start: number;
  /** Where reading stopped; never before `start + 2`. */
  readonly end: number;
}

/** True for the operators that bring a value of their own, so that strict mode allows an undefined variable. */
export function bringsDefault(operator: string): boolean {
  return operator === '=' || (operator.length === 2 && operator.startsWith(':'));
}
