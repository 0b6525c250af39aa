/**
 * The longest text that stands in everything a regular expression is found in; empty where its form does not say so
 * plainly (alternatives, flags).
 */
export function requiredLiteral(pattern: string): string {
  if (pattern.length > 1000 || /[|]|\(\?|\\[QpPxzAbB0-9]/.test(pattern)) return '';
  let best = '';
  let run = '';
  let depth = 0;
  const end = (): void => {
    if (run.length > best.length) best = run;
    run = '';
  };
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] ?? '';
    if (character === '[') {
      end();
      at = endOfClass(pattern, at);
    } else if (character === '(' || character === ')') {
      end();
      depth += character === '(' ? 1 : -1;
    } else if ('*?{'.includes(character)) {
      // What may be missing is no part of it.
      run = run.slice(0, -1);
      end();
      if (character === '{') at = Math.max(at, pattern.indexOf('}', at));
    } else if ('.^$+'.includes(character)) {
      end();
    } else if (depth > 0) {
      // A group may be left out by what follows it.
      if (character === '\\') at++;
    } else if (character === '\\') {
      at++;
      const escaped = pattern[at] ?? '';
      if (/\w/.test(escaped)) end();
      else run += escaped;
    } else {
      run += character;
    }
  }
  end();
  return best;
}

/** The place of the bracket that closes a class. */
function endOfClass(pattern: string, start: number): number {
  let at = start + 1;
  if (pattern[at] === '^') at++;
  if (pattern[at] === ']') at++;
  while (at < pattern.length && pattern[at] !== ']') {
    const close = pattern.startsWith('[:', at) ? pattern.indexOf(':]', at) : -1;
    if (close >= 0) at = close + 2;
    else at += pattern[at] === '\\' ? 2 : 1;
  }
  return at;
}
