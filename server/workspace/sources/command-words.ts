/** A word of a command as far as it is known: texts, and undefined for what stands between them. */
export type PartlyKnown = readonly (string | undefined)[];

/** What a name that is replaced stands for; undefined when that is not known. */
export type Lookup = (name: string) => PartlyKnown | undefined;

interface Token {
  readonly end: number;
  readonly value: PartlyKnown;
}

/**
 * The words of a command, up to where it ends: at a line without a backslash before its end, or at a sign that begins
 * another command. Reads what CI files, makefiles and their like have in common, and takes everything else as unknown.
 */
export function wordsOf(text: string, start: number, lookup: Lookup): PartlyKnown[] {
  const words: PartlyKnown[] = [];
  let word: (string | undefined)[] | undefined;
  let quote = '';
  const add = (...parts: PartlyKnown): void => void (word ??= []).push(...parts);
  const finish = (): void => {
    if (word !== undefined) words.push(joined(word));
    word = undefined;
  };
  for (let at = start; at < text.length; at++) {
    const char = text[at] ?? '';
    if (quote !== '' && char === quote) quote = '';
    else if (quote === '' && (char === '"' || char === "'")) {
      quote = char;
      add('');
    } else if (char === '\\' && quote !== "'") {
      const line = /^\\[ \t]*\r?\n/.exec(text.slice(at, at + 80));
      if (line === null) add(text[++at] ?? '');
      else {
        if (quote === '') finish();
        at += line[0].length - 1;
      }
    } else if (quote === '' && /[ \t]/.test(char)) finish();
    else if (quote === '' && /[\r\n;|&)<>]/.test(char)) break;
    else if (quote === '' && char === '#' && word === undefined) break;
    else {
      // Templates are replaced before a shell sees its quotes.
      const token = templateAt(text, at, lookup) ?? (quote === "'" ? undefined : variableAt(text, at, lookup));
      add(...(token?.value ?? [char]));
      if (token !== undefined) at = token.end - 1;
    }
  }
  finish();
  return words;
}

/** A text with the same replacements as in commands: the value of a variable. */
export function replaced(text: string, lookup: Lookup): PartlyKnown {
  const parts: (string | undefined)[] = [];
  for (let at = 0; at < text.length; at++) {
    const token = templateAt(text, at, lookup) ?? variableAt(text, at, lookup);
    parts.push(...(token?.value ?? [text[at]]));
    if (token !== undefined) at = token.end - 1;
  }
  return joined(parts);
}

function joined(parts: PartlyKnown): PartlyKnown {
  const result: (string | undefined)[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part !== undefined && last !== undefined) result[result.length - 1] = last + part;
    else if (part !== undefined || result.length === 0 || last !== undefined) result.push(part);
  }
  return result;
}

/** `${{ … }}` of workflows, `{{ … }}` of task runners. */
function templateAt(text: string, at: number, lookup: Lookup): Token | undefined {
  const open = text.startsWith('${{', at) ? 3 : text.startsWith('{{', at) ? 2 : 0;
  const close = open === 0 ? -1 : text.indexOf('}}', at);
  if (close < 0) return undefined;
  const name = text.slice(at + open, close).trim();
  const isPlain = /^\.?[A-Za-z_][\w.]*$/.test(name);
  return { end: close + 2, value: (isPlain ? lookup(name.replace(/^(?:\.|env\.)/, '')) : undefined) ?? [undefined] };
}

/** `$NAME`, `${NAME}`, and `$(NAME)` of makefiles; anything else that begins with a dollar sign is not known. */
function variableAt(text: string, at: number, lookup: Lookup): Token | undefined {
  const char = text[at];
  if (char === '`') {
    const close = text.indexOf('`', at + 1);
    return { end: close < 0 ? text.length : close + 1, value: [undefined] };
  }
  if (char !== '$') return undefined;
  // Makefiles write the shell's sign twice.
  const sign = text[at + 1] === '$' ? at + 1 : at;
  const plain = /^[A-Za-z_]\w*/.exec(text.slice(sign + 1, sign + 200));
  if (plain !== null) return { end: sign + 1 + plain[0].length, value: lookup(plain[0]) ?? [undefined] };
  const bracket = text[sign + 1];
  if (bracket !== '{' && bracket !== '(') return undefined;
  const end = closing(text, sign + 1);
  const inside = text.slice(sign + 2, end - 1);
  // Case does not count in what is looked for.
  const name = /^([A-Za-z_]\w*)(?:,,)?$/.exec(inside)?.[1];
  return { end, value: (name === undefined ? undefined : lookup(name)) ?? [undefined] };
}

function closing(text: string, at: number): number {
  let depth = 0;
  for (let end = at; end < text.length; end++) {
    if (text[end] === '(' || text[end] === '{') depth++;
    else if ((text[end] === ')' || text[end] === '}') && --depth === 0) return end + 1;
  }
  return text.length;
}
