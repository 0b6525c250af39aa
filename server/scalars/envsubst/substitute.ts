import { type OffsetMap, type Stretch } from './offset-map';
import { applyOperator } from './operators';
import { parseTemplate } from './parse';
import { bringsDefault, type Expansion, type Piece, type TemplateFault } from './template';

/** What is known of a variable that is defined. */
export type Variable = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'unknown' };

/** Why Flux would refuse the text. Offsets are UTF-16, in the input. */
export interface SubstitutionFault {
  /** `undefined`: strict mode, and a variable has no value; `syntax`: an expression that cannot be read. */
  readonly kind: 'undefined' | 'syntax';
  readonly start: number;
  readonly end: number;
  /** Of the undefined variable. */
  readonly name?: string;
  /** Of a syntax fault. */
  readonly reason?: TemplateFault['reason'];
}

/** From `start` to before `end`, UTF-16. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Substitution {
  /** The input itself when it cannot be read. */
  readonly text: string;
  readonly map: OffsetMap;
  /** A syntax fault stands alone; of undefined variables every use has one (Flux names the first). */
  readonly faults: readonly SubstitutionFault[];
  /** Of the output: expressions left as they are written, because a variable they need is not known or not defined. */
  readonly unknown: readonly Span[];
}

/** Longest output, in UTF-16 units; expressions beyond it are left as if unknown. */
const longestOutput = 2 ** 25;

/**
 * Replaces the `${…}` of a text as Flux's post-build substitution does (fluxcd/pkg envsubst 1.9). `lookup` says what a
 * name stands for, undefined when it is not defined; `strict` makes that a fault unless the expression has a default.
 */
export function substitute(
  text: string,
  lookup: (name: string) => Variable | undefined,
  { strict }: { readonly strict: boolean },
): Substitution {
  // Go's reader ends at NUL, which no YAML output holds; the parser knows.
  if (!text.includes('$') && !text.includes('\0'))
    return { text, map: [{ output: 0, input: 0, isCopy: true }], faults: [], unknown: [] };
  const pieces = parseTemplate(text);
  if ('reason' in pieces) {
    const fault: SubstitutionFault = { kind: 'syntax', start: pieces.start, end: pieces.end, reason: pieces.reason };
    return { text, map: [{ output: 0, input: 0, isCopy: true }], faults: [fault], unknown: [] };
  }
  const evaluation = new Evaluation(text, lookup, strict);
  const map: Stretch[] = [];
  const unknown: Span[] = [];
  const parts: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    const value = evaluation.value(piece);
    const isKnown = value !== undefined && length + value.length <= longestOutput;
    const part = isKnown ? value : text.slice(piece.start, piece.end);
    map.push({ output: length, input: piece.start, isCopy: piece.kind === 'text' || !isKnown });
    parts.push(part);
    if (!isKnown) unknown.push({ start: length, end: length + part.length });
    length += part.length;
  }
  return { text: parts.join(''), map, faults: evaluation.faults, unknown };
}

class Evaluation {
  readonly faults: SubstitutionFault[] = [];

  constructor(
    private readonly text: string,
    private readonly lookup: (name: string) => Variable | undefined,
    private readonly strict: boolean,
  ) {}

  /** undefined: not known. */
  value(piece: Piece): string | undefined {
    return piece.kind === 'text' ? this.text.slice(piece.start, piece.end) : this.#expansion(piece);
  }

  #expansion(expansion: Expansion): string | undefined {
    const { name, operator } = expansion;
    // All arguments are worked out, needed or not, so an undefined variable in a default that is not used is a fault.
    const args = expansion.args.map((pieces) => this.#joined(pieces));
    const variable = this.lookup(name);
    if (variable === undefined && this.strict && !bringsDefault(operator)) {
      this.faults.push({ kind: 'undefined', start: expansion.start, end: expansion.end, name });
      return undefined;
    }
    if (variable?.kind === 'unknown') return undefined;
    const value = variable?.text ?? '';
    if (bringsDefault(operator) && value !== '') return value;
    const known = args.filter((arg) => arg !== undefined);
    return known.length < args.length ? undefined : applyOperator(operator, value, known);
  }

  #joined(pieces: readonly Piece[]): string | undefined {
    let text = '';
    for (const piece of pieces) {
      const value = this.value(piece);
      if (value === undefined) return undefined;
      text += value;
    }
    return text;
  }
}
