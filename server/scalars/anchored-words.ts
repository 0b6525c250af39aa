/** One character of a word: itself, any but a line feed (`.`), or any number of such (`.*`). */
type Token = 'one' | 'many' | { readonly char: string };

const form = /^\^\(\?:(\(?)([\w/.*|-]*)(\)?)\)\$$/;

/**
 * A test for anchored RE2 patterns that are words or alternatives of words with `.` and `.*` in them, as selectors of
 * patches mostly are (`^(?:apps-.*)$`, `^(?:(a|b))$`): the text fits as a whole. Takes at most the product of both lengths.
 *
 * @returns undefined for any other pattern
 */
export function anchoredWords(pattern: string): ((text: string) => boolean) | undefined {
  const [, open, words, close] = form.exec(pattern) ?? [];
  if (words === undefined || (open === '') !== (close === '')) return undefined;
  const alternatives = words.split('|').map(tokensOf);
  if (!alternatives.every((tokens) => tokens !== undefined)) return undefined;
  return (text) => alternatives.some((tokens) => fits(tokens, text));
}

function tokensOf(word: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  for (let at = 0; at < word.length; at++) {
    const char = word.charAt(at);
    if (char === '*') return undefined;
    if (char !== '.') tokens.push({ char });
    else if (word[at + 1] === '*') {
      tokens.push('many');
      at++;
    } else tokens.push('one');
  }
  return tokens;
}

/** Only the last `.*` is ever tried again. */
function fits(tokens: readonly Token[], text: string): boolean {
  // No token takes a line feed.
  if (text.includes('\n')) return false;
  const chars = Array.from(text);
  let at = 0;
  let retry = -1;
  let from = 0;
  for (let char = 0; char < chars.length;) {
    const token = tokens[at];
    if (token === 'many') {
      retry = ++at;
      from = char;
    } else if (token === 'one' || (token !== undefined && token.char === chars[char])) {
      at++;
      char++;
    } else if (retry >= 0) {
      char = ++from;
      at = retry;
    } else return false;
  }
  while (tokens[at] === 'many') at++;
  return at === tokens.length;
}
