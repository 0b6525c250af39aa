/** Go's bufio.Scanner stops, without an error, before a line that does not fit its buffer. */
const scannerBuffer = 64 * 1024;

/** What Go's unicode.IsSpace is true for; the byte order mark is none. */
const leadingBlanks = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

export interface EnvLine {
  readonly key: string;
  readonly value: string;
  /** Where the value starts in the text, in UTF-16 units. */
  readonly offset: number;
}

const fits = (line: string): boolean =>
  line.length * 3 < scannerBuffer || Buffer.byteLength(line, 'utf8') < scannerBuffer;

/**
 * The pairs of an env file (api/kv/kv.go, keyValuesFromLine): blanks before the key go, comments and lines without a
 * key are left out, a line without `=` has an empty value. Keys are not judged.
 */
export function parseEnvFile(text: string): readonly EnvLine[] {
  const found: EnvLine[] = [];
  for (let start = 0; start < text.length;) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end < 0 ? text.length : end);
    if (!fits(line)) break;
    const whole = line.endsWith('\r') ? line.slice(0, -1) : line;
    const unmarked = start === 0 && whole.startsWith('\ufeff') ? whole.slice(1) : whole;
    const content = unmarked.replace(leadingBlanks, '');
    const equals = content.indexOf('=');
    const key = equals < 0 ? content : content.slice(0, equals);
    if (key !== '' && !content.startsWith('#')) {
      const before = equals < 0 ? content.length : equals + 1;
      found.push({ key, value: content.slice(before), offset: start + whole.length - content.length + before });
    }
    if (end < 0) break;
    start = end + 1;
  }
  return found;
}
