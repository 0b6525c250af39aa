const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const foreignLetter = /^\p{L}/u;
const foreignDigit = /^\p{Nd}/u;

function isLetter(code: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
  return foreignLetter.test(String.fromCodePoint(code));
}

function isAnyDigit(code: number): boolean {
  return code < 128 ? isDigit(code) : foreignDigit.test(String.fromCodePoint(code));
}

/** The number that starts at an index, counted on from `start`, and the index behind it; Go wraps at 64 bits. */
function readNumber(runes: readonly number[], index: number, start: bigint): { value: bigint; end: number } {
  let value = start;
  let end = index;
  for (; end < runes.length && isAnyDigit(runes[end] ?? 0); end++) {
    value = BigInt.asIntN(64, value * 10n + BigInt((runes[end] ?? 0) - 48));
  }
  return { value, end };
}

function comparesAsNumber(runes: readonly number[], index: number): boolean {
  for (let j = index - 1; j >= 0 && isAnyDigit(runes[j] ?? 0); j--) if (runes[j] !== 48) return true;
  return false;
}

/**
 * Order of map keys in kustomize's output (go-yaml v2.4.2, sorter.go): letters after everything else, runs of digits
 * by their value.
 */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let same = 0;
  while (same < length && a.charCodeAt(same) === b.charCodeAt(same)) same++;
  if (same === length) return a.length - b.length;
  const first = a.charCodeAt(same);
  const second = b.charCodeAt(same);
  // Almost every pair differs first in two letters, or in a letter and a sign.
  if (first < 128 && second < 128) {
    const isLetterA = isLetter(first);
    const isLetterB = isLetter(second);
    if (isLetterA && isLetterB) return first - second;
    if (isLetterA) return 1;
    if (isLetterB) return -1;
  }
  return compareRunes(Array.from(a, codeOf), Array.from(b, codeOf));
}

const codeOf = (char: string): number => char.codePointAt(0) ?? 0;

function compareRunes(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    if (x === y) continue;
    const [isLetterA, isLetterB] = [isLetter(x), isLetter(y)];
    if (isLetterA && isLetterB) return x - y;
    if (isLetterA || isLetterB) return isLetterB ? -1 : 1;
    const start = (x === 48 || y === 48) && comparesAsNumber(a, i) ? 1n : 0n;
    const left = readNumber(a, i, start);
    const right = readNumber(b, i, start);
    if (left.value !== right.value) return left.value < right.value ? -1 : 1;
    return left.end === right.end ? x - y : left.end - right.end;
  }
  return a.length - b.length;
}
