const integer = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** After a failed first try go-yaml cuts the prefix off and takes a sign behind it. */
const lateSign = /^0(?:b([-+][01]+)|o([-+][0-7]+))$/;

const smallest = -(2n ** 63n);
const largest = 2n ** 64n - 1n;

function fromDigits(sign: string, digits: string, prefix: string): number | bigint | undefined {
  // Fifteen decimal digits and twelve of any other base are exact as a number.
  if (digits.length <= 12) {
    const value = Number(prefix + digits);
    return sign === '-' && value !== 0 ? -value : value;
  }
  const magnitude = BigInt(prefix + digits);
  const value = sign === '-' ? -magnitude : magnitude;
  // A sign excludes Go's unsigned second try.
  if (value < smallest || value > (sign === '' ? largest : 2n ** 63n - 1n)) return undefined;
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

/**
 * An integer as go-yaml reads it, underscores already removed: Go's prefixes `0x`, `0b`, `0o`, and a leading zero for
 * octal. bigint beyond 2^53; undefined when the text is none or does not fit 64 bits.
 */
export function readInteger(plain: string, allowsLateOctalSign: boolean): number | bigint | undefined {
  const found = integer.exec(plain);
  if (found !== null) {
    const [, sign = '', hex, binary, octal, decimal] = found;
    if (hex !== undefined) return fromDigits(sign, hex, '0x');
    if (binary !== undefined) return fromDigits(sign, binary, '0b');
    if (octal !== undefined) return fromDigits(sign, octal, '0o');
    return fromDigits(sign, decimal ?? '', '');
  }
  const late = lateSign.exec(plain);
  if (late === null) return undefined;
  if (late[1] !== undefined) return fromDigits(late[1][0] ?? '', late[1].slice(1), '0b');
  if (late[2] === undefined || !allowsLateOctalSign) return undefined;
  return fromDigits(late[2][0] ?? '', late[2].slice(1), '0o');
}

/** A float as go-yaml reads it; undefined when the text is none or is out of range. */
export function readFloat(plain: string): number | undefined {
  if (!float.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}
