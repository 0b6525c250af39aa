const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

function checksum(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    generators.forEach((generator, index) => (sum ^= (top >> index) & 1 ? generator : 0));
  }
  return sum;
}

/** Bech32 without a limit of length, as age writes recipients and identities: keys of tests are made when they run. */
export function writeBech32(prefix: string, bytes: Uint8Array): string {
  const groups: number[] = [];
  let [kept, bits] = [0, 0];
  for (const byte of bytes) {
    kept = ((kept << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) groups.push((kept >> (bits - 5)) & 31);
  }
  if (bits > 0) groups.push((kept << (5 - bits)) & 31);
  const codes = Array.from(prefix, (character) => character.charCodeAt(0));
  const expanded = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
  const sum = checksum([...expanded, ...groups, 0, 0, 0, 0, 0, 0]) ^ 1;
  const check = Array.from({ length: 6 }, (_, index) => (sum >> (5 * (5 - index))) & 31);
  return `${prefix}1${[...groups, ...check].map((group) => alphabet[group]).join('')}`;
}

/** Something with the form of an age recipient, different for each seed. Nobody has the key. */
export const recipientFrom = (seed: number): string =>
  writeBech32(
    'age',
    Uint8Array.from({ length: 32 }, (_, index) => (seed * 31 + index * 7) & 255),
  );

/** Something with the form of an age identity. It opens nothing. */
export const identityFrom = (seed: number): string =>
  writeBech32(
    'age-secret-key-',
    Uint8Array.from({ length: 32 }, (_, index) => (seed * 13 + index * 5) & 255),
  ).toUpperCase();
