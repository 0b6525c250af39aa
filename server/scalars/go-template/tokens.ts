/** A piece of an action: a name, `$name`, `.field`, a literal, or a sign. */
export type Token =
  | { readonly kind: 'name' | 'variable' | 'field' | 'sign'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number | bigint };

/** A template cut at its actions. */
export type Section =
  { readonly kind: 'literal'; readonly text: string } | { readonly kind: 'action'; readonly tokens: readonly Token[] };

const open = '<<';
const close = '>>';
const tokenForms = [
  ['space', /\s+/y],
  ['field', /\.[A-Za-z_]\w*/y],
  ['variable', /\$[A-Za-z_]\w*|\$/y],
  ['name', /[A-Za-z_]\w*/y],
  ['number', /-?\d+(?:\.\d+)?(?![\w.])/y],
  ['text', /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y],
  ['sign', /:=|[|()=,.]/y],
] as const;

/** undefined for an action that is not closed, or holds what is not read here. */
export function cut(template: string): readonly Section[] | undefined {
  const sections: Section[] = [];
  let at = 0;
  let trimsStart = false;
  for (;;) {
    const start = template.indexOf(open, at);
    let literal = template.slice(at, start < 0 ? undefined : start);
    if (trimsStart) literal = literal.replace(/^[ \t\r\n]+/, '');
    // A dash counts only with a blank beside it, as a number may begin with one.
    const trimsEnd = start >= 0 && /^-[ \t\r\n]/.test(template.slice(start + 2, start + 4));
    if (trimsEnd) literal = literal.replace(/[ \t\r\n]+$/, '');
    sections.push({ kind: 'literal', text: literal });
    if (start < 0) return sections;
    const end = endOf(template, start + 2);
    if (end < 0) return undefined;
    const inner = template.slice(start + (trimsEnd ? 3 : 2), end);
    trimsStart = /[ \t\r\n]-$/.test(inner);
    at = end + 2;
    const code = trimsStart ? inner.slice(0, -1) : inner;
    if (/^\s*\/\*[^]*\*\/\s*$/.test(code)) continue;
    const tokens = tokensOf(code);
    if (tokens === undefined) return undefined;
    sections.push({ kind: 'action', tokens });
  }
}

/** Where an action closes; a text in it may hold the same signs. */
function endOf(template: string, from: number): number {
  let quote = '';
  for (let at = from; at < template.length; at++) {
    const char = template[at] ?? '';
    if (quote !== '') {
      if (char === '\\' && quote === '"') at++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === '`') quote = char;
    else if (template.startsWith(close, at)) return at;
  }
  return -1;
}

function tokensOf(code: string): Token[] | undefined {
  const tokens: Token[] = [];
  let wasSpace = true;
  for (let at = 0; at < code.length;) {
    const found = tokenForms.map(([kind, form]) => {
      form.lastIndex = at;
      return [kind, form.exec(code)?.[0]] as const;
    });
    const [kind, text] = found.find(([, match]) => match !== undefined) ?? [];
    if (kind === undefined || text === undefined) return undefined;
    at += text.length;
    // Go wants a blank between two operands.
    if (
      isOperand(tokens.at(-1)) &&
      !wasSpace &&
      (kind === 'field' ? isLiteral(tokens.at(-1)) : startsOperand(kind, text))
    ) {
      return undefined;
    }
    wasSpace = kind === 'space';
    if (kind === 'number') tokens.push({ kind, value: text.includes('.') ? Number(text) : BigInt(text) });
    else if (kind === 'text') {
      const meant = textOf(text);
      if (meant === undefined) return undefined;
      tokens.push({ kind, text: meant });
    } else if (kind !== 'space') tokens.push({ kind, text });
  }
  return tokens;
}

const isLiteral = (token: Token | undefined): boolean => token?.kind === 'text' || token?.kind === 'number';

const isOperand = (token: Token | undefined): boolean =>
  token !== undefined && (token.kind !== 'sign' || token.text === ')' || token.text === '.');

const startsOperand = (kind: string, text: string): boolean =>
  kind === 'sign' ? text === '(' || text === '.' : kind !== 'space' && kind !== 'field';

function textOf(quoted: string): string | undefined {
  if (quoted.startsWith('`')) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    // An escape that only Go has.
    return undefined;
  }
}
