/**
 * Parts a command line into words as SOPS does for SOPS_AGE_KEY_CMD (google/shlex): quotes, backslashes, comments; no variables, no
 * globs. undefined when a quote is not closed.
 */
export function splitCommandLine(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? '';
    if (quote === "'" && char !== "'") word = (word ?? '') + char;
    else if (char === '\\') word = (word ?? '') + (line[++at] ?? '');
    else if (quote !== '') {
      if (char === quote) quote = '';
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (char === '#' && word === undefined) break;
    else word = (word ?? '') + char;
  }
  if (quote !== '') return undefined;
  return word === undefined ? words : [...words, word];
}
