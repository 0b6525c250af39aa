/** How a client counts characters in a line (LSP `PositionEncodingKind`). */
export type PositionEncoding = 'utf-8' | 'utf-16' | 'utf-32';

function unitsOf(codePoint: number, encoding: PositionEncoding): number {
  if (encoding === 'utf-32') return 1;
  if (encoding === 'utf-16') return codePoint > 0xffff ? 2 : 1;
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

/** A UTF-16 column of a line as the client counts it. Inside a surrogate pair counts as before it. */
export function toClientUnits(line: string, character: number, encoding: PositionEncoding): number {
  if (encoding === 'utf-16') return character;
  let units = 0;
  for (let at = 0; at < character && at < line.length;) {
    const codePoint = line.codePointAt(at) ?? 0;
    const width = codePoint > 0xffff ? 2 : 1;
    if (at + width > character) break;
    units += unitsOf(codePoint, encoding);
    at += width;
  }
  return units;
}

/** The UTF-16 column of a line for what a client counted; inside a character is before it, behind the line its end. */
export function fromClientUnits(line: string, character: number, encoding: PositionEncoding): number {
  if (encoding === 'utf-16') return Math.min(character, line.length);
  let at = 0;
  for (let units = 0; at < line.length;) {
    const codePoint = line.codePointAt(at) ?? 0;
    units += unitsOf(codePoint, encoding);
    if (units > character) break;
    at += codePoint > 0xffff ? 2 : 1;
  }
  return at;
}
