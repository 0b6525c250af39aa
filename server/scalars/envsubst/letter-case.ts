// Go maps letters one to one (unicode.ToUpper), JavaScript may make several of one.

/** Greek letters with a subscript iota, whose upper case is one letter to Go. */
const subscripts = /^[\u1f80-\u1f87\u1f90-\u1f97\u1fa0-\u1fa7\u1fb3\u1fc3\u1ff3]$/;

function upperOf(char: string): string {
  const upper = char.toUpperCase();
  if (Array.from(upper).length === 1) return upper;
  const code = char.charCodeAt(0);
  return subscripts.test(char) ? String.fromCharCode(code + (code >= 0x1fb0 ? 9 : 8)) : char;
}

const lowerOf = (char: string): string => (char === '\u0130' ? 'i' : char.toLowerCase());

/** Maps all letters, or the first character alone. */
export function changeCase(text: string, to: 'upper' | 'lower', scope: 'all' | 'first'): string {
  const map = to === 'upper' ? upperOf : lowerOf;
  const characters = Array.from(text);
  return characters.map((char, index) => (scope === 'all' || index === 0 ? map(char) : char)).join('');
}
