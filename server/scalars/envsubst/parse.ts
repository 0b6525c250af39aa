import { isNamePart, isNoBrace, isNoColonOrBrace, isNoSlash, Scanner, type Accept } from './scanner';
import { type Expansion, type Piece, type TemplateFault } from './template';

/** Deeper nesting is refused: nobody writes it, and our reading is recursive. */
const deepest = 200;

type Outcome<T> = T | TemplateFault;

const isFault = (outcome: object): outcome is TemplateFault => 'reason' in outcome;

/**
 * Reads a text as the parser of fluxcd/pkg envsubst 1.9 does: its pieces in order, or its first error. A dollar without
 * brace is text; `$$` is one dollar.
 */
export function parseTemplate(text: string): readonly Piece[] | TemplateFault {
  const parser = new Parser(text);
  const pieces: Piece[] = [];
  const nul = text.indexOf('\0');
  const end = nul < 0 ? text.length : nul;
  let start = 0;
  const endText = (at: number): void => {
    if (at > start) pieces.push({ kind: 'text', start, end: at });
  };
  for (let at = text.indexOf('$'); at >= 0 && at < end; at = text.indexOf('$', at)) {
    const next = text[at + 1];
    if (next === '$') {
      endText(at);
      start = at + 1;
      at += 2;
    } else if (next === '{') {
      endText(at);
      parser.scanner.at = at;
      const expansion = parser.expansion();
      if (isFault(expansion)) return expansion;
      pieces.push(expansion);
      start = at = expansion.end;
    } else {
      at++;
    }
  }
  endText(end);
  return pieces;
}

/** Reads the one expression whose `${` stands at an offset. */
export function parseExpansion(text: string, at: number): Expansion | TemplateFault {
  const parser = new Parser(text);
  parser.scanner.at = at;
  return parser.expansion();
}

class Parser {
  readonly scanner: Scanner;
  #depth = 0;

  constructor(text: string) {
    this.scanner = new Scanner(text);
  }

  #fault(reason: TemplateFault['reason'], start: number): TemplateFault {
    return { reason, start, end: Math.max(this.scanner.at, start + 2) };
  }

  /** The expression whose `${` stands here. */
  expansion(): Outcome<Expansion> {
    const start = this.scanner.at;
    if (this.#depth > deepest) return this.#fault('nesting', start);
    this.scanner.at += 2;
    if (this.scanner.peek() === '#') return this.#length(start);
    const nameStart = this.scanner.at;
    const name = this.#name();
    if (name === '') return this.#fault('variable-name', start);
    const operator = this.#operator();
    if (operator === undefined) {
      const reason = this.scanner.peek() === ':' ? 'bad-substitution' : 'missing-brace';
      return this.#fault(reason, start);
    }
    const args = this.#arguments(operator, start);
    if (isFault(args)) return args;
    return { kind: 'expansion', start, end: this.scanner.at, name, nameStart, operator, args };
  }

  #name(): string {
    const start = this.scanner.at;
    this.scanner.run({ accept: isNamePart, stopsAtOpening: false, hasEscapes: false });
    return this.scanner.text.slice(start, this.scanner.at);
  }

  #length(start: number): Outcome<Expansion> {
    this.scanner.at++;
    const nameStart = this.scanner.at;
    const name = this.#name();
    if (name === '' || !this.scanner.skips('}')) return this.#fault('bad-substitution', start);
    return { kind: 'expansion', start, end: this.scanner.at, name, nameStart, operator: '#', args: [] };
  }

  /** Goes past the operator; undefined where none can stand, empty for the bare form. */
  #operator(): string | undefined {
    const { scanner } = this;
    const char = scanner.peek();
    if (char === '}') return '';
    if (char === '=') return scanner.takeUpTo('=', 1);
    if (char === ',' || char === '^') return this.#casing();
    if (char === '#' || char === '%') return scanner.takeUpTo(char, 2);
    if (char === '/') {
      const second = scanner.text[scanner.at + 1] ?? '';
      const operator = ['/', '#', '%'].includes(second) ? char + second : char;
      scanner.at += operator.length;
      return operator;
    }
    if (char !== ':') return undefined;
    const second = scanner.text.codePointAt(scanner.at + 1);
    // The scanner of the original goes back by the bytes of the wrong character here.
    if (second === undefined || second > 127) return undefined;
    const isDefault = '=-?+'.includes(String.fromCodePoint(second));
    const operator = isDefault ? char + String.fromCodePoint(second) : char;
    scanner.at += operator.length;
    return operator;
  }

  /** Commas and carets may mix (`,^`), which then is no operator: the value stays unless it is empty. */
  #casing(): string {
    const start = this.scanner.at;
    while (this.scanner.at - start < 2 && /[,^]/.test(this.scanner.text[this.scanner.at] ?? '')) this.scanner.at++;
    return this.scanner.text.slice(start, this.scanner.at);
  }

  /** The arguments behind an operator, and the closing brace. */
  #arguments(operator: string, start: number): Outcome<Expansion['args']> {
    if (operator === ':') return this.#substring(start);
    if (operator.startsWith('/')) return this.#replacement(start);
    if (operator.startsWith(':') || operator === '=') return this.#defaults(start);
    if (!operator.startsWith('#') && !operator.startsWith('%')) return this.#closed([], start);
    const pattern = this.#argument(isNoBrace, false, start);
    return isFault(pattern) ? pattern : this.#closed([pattern], start);
  }

  #closed(args: Expansion['args'], start: number): Outcome<Expansion['args']> {
    return this.scanner.skips('}') ? args : this.#fault('bad-substitution', start);
  }

  /** One argument: an expression or a run of text, never both. */
  #argument(accept: Accept, hasEscapes: boolean, start: number): Outcome<readonly Piece[]> {
    if (this.scanner.isAtOpening()) {
      this.#depth++;
      const inner = this.expansion();
      this.#depth--;
      return isFault(inner) ? inner : [inner];
    }
    const run = this.scanner.run({ accept, stopsAtOpening: true, hasEscapes });
    return run.length === 0 ? this.#fault('argument', start) : run;
  }

  #defaults(start: number): Outcome<Expansion['args']> {
    const args: (readonly Piece[])[] = [];
    while (!this.scanner.skips('}')) {
      const arg = this.#argument(isNoBrace, false, start);
      if (isFault(arg)) return arg;
      args.push(arg);
    }
    return args;
  }

  #substring(start: number): Outcome<Expansion['args']> {
    const offset = this.#argument(isNoColonOrBrace, false, start);
    if (isFault(offset)) return offset;
    if (this.scanner.skips('}')) return [offset];
    // Any number of colons is one separator.
    if (this.scanner.takeUpTo(':', Infinity) === '') return this.#fault('bad-substitution', start);
    const length = this.#argument(isNoBrace, false, start);
    return isFault(length) ? length : this.#closed([offset, length], start);
  }

  #replacement(start: number): Outcome<Expansion['args']> {
    const pattern = this.#argument(isNoSlash, true, start);
    if (isFault(pattern)) return pattern;
    // Any number of slashes is one separator.
    if (this.scanner.takeUpTo('/', Infinity) === '') return this.#fault('bad-substitution', start);
    if (this.scanner.skips('}')) return [pattern];
    const replacement = this.#argument(isNoBrace, true, start);
    return isFault(replacement) ? replacement : this.#closed([pattern, replacement], start);
  }
}
