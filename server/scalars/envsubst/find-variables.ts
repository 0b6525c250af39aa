import { parseExpansion } from './parse';
import { bringsDefault, type Expansion } from './template';

/** A `${…}` that Flux's post-build substitution replaces. Offsets are UTF-16, in the text that was searched. */
export interface VariableUse {
  readonly start: number;
  /** After the closing brace; where a default holds braces, after the one that an author takes for it. */
  readonly end: number;
  readonly name: string;
  readonly nameStart: number;
  /** True when the expression brings its own value for an undefined variable (`:-`, `:=`, `=`, `:?`, `:+`). */
  readonly hasDefault: boolean;
}

/** Where the next `${` that is not escaped by a dollar before it starts; -1 when there is none. */
function nextOpening(text: string, from: number): number {
  for (let at = text.indexOf('$', from); at >= 0; at = text.indexOf('$', at)) {
    if (text[at + 1] === '{') return at;
    at += text[at + 1] === '$' ? 2 : 1;
  }
  return -1;
}

/** After the brace that balances the one behind the dollar: the parser takes the first, and the rest for text. */
function balancedEnd(text: string, { start, end }: Expansion): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at + 1;
  }
  return end;
}

function collect(text: string, expansion: Expansion, found: VariableUse[]): void {
  const { start, name, nameStart, operator } = expansion;
  found.push({ start, end: balancedEnd(text, expansion), name, nameStart, hasDefault: bringsDefault(operator) });
  for (const argument of expansion.args) {
    for (const piece of argument) if (piece.kind === 'expansion') collect(text, piece, found);
  }
}

/**
 * The variables in a text, in order, those inside the arguments of others included. Rules: fluxcd/pkg envsubst 1.9
 * (`$$` is an escape, a bare `$NAME` is plain text). Expressions that it refuses are left out.
 */
export function findVariables(text: string): VariableUse[] {
  const found: VariableUse[] = [];
  for (let at = nextOpening(text, 0); at >= 0;) {
    const expansion = parseExpansion(text, at);
    if ('reason' in expansion) {
      at = nextOpening(text, at + 2);
    } else {
      collect(text, expansion, found);
      at = nextOpening(text, expansion.end);
    }
  }
  return found;
}

/** True when substitution may change the text: it has a `${` that is not escaped, readable or not. */
export function hasVariable(text: string): boolean {
  return nextOpening(text, 0) >= 0;
}
