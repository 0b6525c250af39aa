/** A `${…}` that Flux's post-build substitution replaces. Offsets are UTF-16, in the text that was searched. */
export interface VariableUse {
  readonly start: number;
  /** After the closing brace. */
  readonly end: number;
  readonly name: string;
  readonly nameStart: number;
  /** True when the expression brings its own value for an undefined variable (`:-`, `:=`, `=`, `:?`, `:+`). */
  readonly hasDefault: boolean;
}

const isNameCharacter = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;

/** Where the next `${` that is not escaped by a dollar before it starts; -1 when there is none. */
function nextOpening(text: string, from: number): number {
  for (let at = text.indexOf('$', from); at >= 0; at = text.indexOf('$', at)) {
    if (text[at + 1] === '{') return at;
    at += text[at + 1] === '$' ? 2 : 1;
  }
  return -1;
}

/** After the brace that closes the expression whose content starts at `from`; -1 when none does. */
function closingOf(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at + 1;
  }
  return -1;
}

const defaultOperator = /^(?::[-=?+]|=)/;
const otherOperator = /^(?:\^\^?|,,?|:\d|##?|%%?|\/)/;

/**
 * The variables in a text, in order, those inside the arguments of others included. Rules: fluxcd/pkg envsubst 1.9
 * (`$$` is an escape, a bare `$NAME` is plain text). Expressions that it refuses are left out.
 */
export function findVariables(text: string): VariableUse[] {
  const found: VariableUse[] = [];
  for (let at = nextOpening(text, 0); at >= 0;) {
    // `${#NAME}` is the length of the value.
    const nameStart = text[at + 2] === '#' ? at + 3 : at + 2;
    let nameEnd = nameStart;
    while (isNameCharacter(text.charCodeAt(nameEnd))) nameEnd++;
    const end = closingOf(text, nameEnd);
    const rest = text.slice(nameEnd, nameEnd + 3);
    const hasDefault = defaultOperator.test(rest);
    if (nameEnd > nameStart && end > 0 && (rest.startsWith('}') || hasDefault || otherOperator.test(rest)))
      found.push({ start: at, end, name: text.slice(nameStart, nameEnd), nameStart, hasDefault });
    at = nextOpening(text, nameEnd);
  }
  return found;
}

/** True when substitution may change the text: it has a `${` that is not escaped, readable or not. */
export function hasVariable(text: string): boolean {
  return nextOpening(text, 0) >= 0;
}
