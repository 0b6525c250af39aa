const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const checksumLength = 6;

/** What a Bech32 text says: the part before the last `1` in lower case, and the bytes behind it. */
export interface Bech32 {
  readonly prefix: string;
  readonly byteLength: number;
}

/**
 * Takes apart a Bech32 text as age does (filippo.io/age internal/bech32): BIP 173 without its limit of 90 characters.
 * @returns undefined for mixed case, foreign characters, a wrong checksum, or bits left over
 */
export function readBech32(text: string): Bech32 | undefined {
  const lower = text.toLowerCase();
  if (lower !== text && text.toUpperCase() !== text) return undefined;
  const separator = lower.lastIndexOf('1');
  if (separator < 1 || lower.length - separator - 1 < checksumLength) return undefined;
  const prefix = lower.slice(0, separator);
  if (/[^\x21-\x7e]/.test(prefix)) return undefined;
  const values: number[] = [];
  for (const character of lower.slice(separator + 1)) {
    const value = alphabet.indexOf(character);
    if (value < 0) return undefined;
    values.push(value);
  }
  if (checksum([...expand(prefix), ...values]) !== 1) return undefined;
  const data = values.slice(0, -checksumLength);
  const left = (data.length * 5) % 8;
  const padding = (data.at(-1) ?? 0) & ((1 << left) - 1);
  // What fills the last group of five is less than a group, and zero.
  return left >= 5 || padding !== 0 ? undefined : { prefix, byteLength: Math.floor((data.length * 5) / 8) };
}

function expand(prefix: string): number[] {
  const codes = Array.from(prefix, (character) => character.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

function checksum(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (let bit = 0; bit < generators.length; bit++) if ((top >> bit) & 1) sum ^= generators[bit] ?? 0;
  }
  return sum;
}
