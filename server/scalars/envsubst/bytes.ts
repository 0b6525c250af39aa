// Go counts and cuts texts by UTF-8 byte. Where that matters a text is held as one character per byte, which for ASCII
// is the text itself.

const isAscii = /^[\0-\x7f]*$/;

/** A text as one character (0 to 255) per UTF-8 byte. */
export function toBytes(text: string): string {
  if (isAscii.test(text)) return text;
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

/** The text of bytes; those that are no UTF-8, as where a cut went through a character, become U+FFFD. */
export function fromBytes(bytes: string): string {
  if (isAscii.test(bytes)) return bytes;
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
}

/** The text's length in UTF-8 bytes. */
export function byteLength(text: string): number {
  return toBytes(text).length;
}

/** The character that starts at a byte, and how many bytes it has; U+FFFD of one byte for what is no UTF-8. */
export function characterAt(bytes: string, at: number): { readonly code: number; readonly width: number } {
  const first = bytes.charCodeAt(at);
  if (first < 0x80) return { code: first, width: 1 };
  const bytesOfOne = bytes.slice(at, at + (first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2));
  const text = fromBytes(bytesOfOne);
  // What was replaced does not come back as the same bytes.
  if (toBytes(text) !== bytesOfOne) return { code: 0xfffd, width: 1 };
  return { code: text.codePointAt(0) ?? 0xfffd, width: bytesOfOne.length };
}
