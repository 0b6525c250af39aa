import { cut, type Section, type Token } from './tokens';

/** A value that an action works out. */
export type Expression =
  | { readonly kind: 'value'; readonly value: string | number | bigint | boolean | null }
  /** `$name`, or `.` for an empty name, and the fields behind it. */
  | { readonly kind: 'variable'; readonly name: string; readonly fields: readonly string[] }
  /** A function and its arguments; fields are those of the result. */
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly Expression[];
      readonly fields: readonly string[];
    };

export type Piece =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'print'; readonly value: Expression }
  /** `:=`, or `=` for a variable that is there. */
  | { readonly kind: 'set'; readonly name: string; readonly value: Expression; readonly isAssigned: boolean }
  | { readonly kind: 'leave'; readonly how: 'break' | 'continue' }
  | {
      readonly kind: 'if' | 'with';
      /** Variable that holds the value inside. */
      readonly name: string | undefined;
      readonly value: Expression;
      readonly then: readonly Piece[];
      readonly otherwise: readonly Piece[];
    }
  | {
      readonly kind: 'range';
      readonly value: Expression;
      readonly key: string | undefined;
      readonly item: string | undefined;
      readonly then: readonly Piece[];
      readonly otherwise: readonly Piece[];
    };

/** Deeper nesting than any template has; bounds the stack. */
const deepest = 50;

class Unreadable extends Error {}

/** undefined for what is no template, or holds what is not read here. */
export function parseTemplate(template: string): readonly Piece[] | undefined {
  const sections = cut(template);
  if (sections === undefined) return undefined;
  try {
    const reader = new Reader(sections);
    const pieces = reader.pieces(0);
    return reader.isAtEnd ? pieces : undefined;
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

class Reader {
  #at = 0;

  constructor(private readonly sections: readonly Section[]) {}

  get isAtEnd(): boolean {
    return this.#at >= this.sections.length;
  }

  /** Up to an `end` or `else` that belongs to what is around. */
  pieces(depth: number): Piece[] {
    if (depth > deepest) throw new Unreadable();
    const pieces: Piece[] = [];
    for (; !this.isAtEnd; this.#at++) {
      const section = this.sections[this.#at];
      if (section?.kind === 'literal') {
        if (section.text !== '') pieces.push(section);
        continue;
      }
      const tokens = section?.tokens ?? [];
      const [first] = tokens;
      const word = first?.kind === 'name' ? first.text : '';
      if (word === 'end' || word === 'else') return pieces;
      if (word === 'if' || word === 'with' || word === 'range') pieces.push(this.#block(word, tokens.slice(1), depth));
      else pieces.push(statement(tokens));
    }
    return pieces;
  }

  #block(kind: 'if' | 'with' | 'range', tokens: readonly Token[], depth: number): Piece {
    this.#at++;
    const then = this.pieces(depth + 1);
    const [word, ...rest] = this.#closing();
    let otherwise: Piece[] = [];
    if (word === 'else') {
      if (rest.length > 0) {
        // `else if`: a block of its own, which the same `end` closes.
        if (rest[0] !== 'if' || kind !== 'if') throw new Unreadable();
        const section = this.sections[this.#at];
        const inner = section?.kind === 'action' ? section.tokens.slice(2) : [];
        otherwise = [this.#block('if', inner, depth + 1)];
        return { kind, ...condition(tokens), then, otherwise };
      }
      this.#at++;
      otherwise = this.pieces(depth + 1);
      if (this.#closing()[0] !== 'end') throw new Unreadable();
    } else if (word !== 'end' || rest.length > 0) throw new Unreadable();
    if (kind !== 'range') return { kind, ...condition(tokens), then, otherwise };
    const { names, rest: list, isAssigned } = declaration(tokens);
    if (isAssigned) throw new Unreadable();
    const [key, item] = names.length === 2 ? names : [undefined, names[0]];
    return { kind, value: pipeline(list), key, item, then, otherwise };
  }

  /** The words of the action that ended the pieces. */
  #closing(): string[] {
    const section = this.sections[this.#at];
    if (section?.kind !== 'action') throw new Unreadable();
    return section.tokens.map((token) => ('text' in token ? token.text : ''));
  }
}

/** `$key, $item :=` in front of a pipeline, or `$name =`. */
function declaration(tokens: readonly Token[]): {
  readonly names: readonly string[];
  readonly rest: readonly Token[];
  readonly isAssigned: boolean;
} {
  const at = tokens.findIndex((token) => isSign(token, ':=') || isSign(token, '='));
  if (at < 0) return { names: [], rest: tokens, isAssigned: false };
  const names = tokens.slice(0, at).flatMap((token) => (token.kind === 'variable' ? [token.text] : []));
  return { names, rest: tokens.slice(at + 1), isAssigned: isSign(tokens[at], '=') };
}

function condition(tokens: readonly Token[]): { readonly name: string | undefined; readonly value: Expression } {
  const { names, rest, isAssigned } = declaration(tokens);
  if (names.length > 1 || isAssigned) throw new Unreadable();
  return { name: names[0], value: pipeline(rest) };
}

function statement(tokens: readonly Token[]): Piece {
  const [only, ...more] = tokens;
  if (only?.kind === 'name' && more.length === 0 && (only.text === 'break' || only.text === 'continue')) {
    return { kind: 'leave', how: only.text };
  }
  const { names, rest, isAssigned } = declaration(tokens);
  const [name, second] = names;
  if (second !== undefined) throw new Unreadable();
  const value = pipeline(rest);
  return name === undefined ? { kind: 'print', value } : { kind: 'set', name, value, isAssigned };
}

const isSign = (token: Token | undefined, text: string): boolean => token?.kind === 'sign' && token.text === text;

/** Commands with bars between them: each result is the last argument of the next. */
function pipeline(tokens: readonly Token[]): Expression {
  const cursor = new Cursor(tokens);
  const value = cursor.pipeline(0);
  if (!cursor.isAtEnd) throw new Unreadable();
  return value;
}

class Cursor {
  #at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  get isAtEnd(): boolean {
    return this.#at >= this.tokens.length;
  }

  pipeline(depth: number): Expression {
    if (depth > deepest) throw new Unreadable();
    let value = this.#command(depth);
    while (isSign(this.tokens[this.#at], '|')) {
      this.#at++;
      const next = this.#command(depth);
      if (next.kind !== 'call' || next.fields.length > 0) throw new Unreadable();
      value = { ...next, args: [...next.args, value] };
    }
    return value;
  }

  #command(depth: number): Expression {
    const first = this.#operand(depth);
    const args: Expression[] = [];
    while (!this.isAtEnd && !isSign(this.tokens[this.#at], '|') && !isSign(this.tokens[this.#at], ')')) {
      args.push(this.#operand(depth));
    }
    if (args.length === 0) return first;
    if (first.kind !== 'call' || first.fields.length > 0) throw new Unreadable();
    return { ...first, args };
  }

  #operand(depth: number): Expression {
    const token = this.tokens[this.#at++];
    if (token === undefined) throw new Unreadable();
    if (token.kind === 'text') return { kind: 'value', value: token.text };
    if (token.kind === 'number') return { kind: 'value', value: token.value };
    if (token.kind === 'variable') return { kind: 'variable', name: token.text, fields: this.#fields() };
    if (token.kind === 'field') return { kind: 'variable', name: '', fields: [token.text.slice(1), ...this.#fields()] };
    if (token.kind === 'name') {
      const literal = literals.get(token.text);
      if (literal !== undefined) return { kind: 'value', value: literal };
      return { kind: 'call', name: token.text, args: [], fields: this.#fields() };
    }
    if (token.text === '.') return { kind: 'variable', name: '', fields: [] };
    if (token.text !== '(') throw new Unreadable();
    const inner = this.pipeline(depth + 1);
    if (!isSign(this.tokens[this.#at], ')')) throw new Unreadable();
    this.#at++;
    const fields = this.#fields();
    return inner.kind === 'value' ? inner : { ...inner, fields: [...inner.fields, ...fields] };
  }

  #fields(): string[] {
    const fields: string[] = [];
    for (let token = this.tokens[this.#at]; token?.kind === 'field'; token = this.tokens[this.#at]) {
      fields.push(token.text.slice(1));
      this.#at++;
    }
    return fields;
  }
}

const literals: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);
