/** Digits and decimal exponent of the shortest text that reads back as the value, which is not zero. */
function shortest(value: number): { readonly digits: string; readonly exponent: number } {
  const [mantissa = '', exponent = '0'] = Math.abs(value).toExponential().split('e');
  return { digits: mantissa.replace('.', ''), exponent: Number(exponent) };
}

function withExponent(digits: string, exponent: number): string {
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  const size = String(Math.abs(exponent)).padStart(2, '0');
  return `${digits[0] ?? '0'}${fraction}e${exponent < 0 ? '-' : '+'}${size}`;
}

function withoutExponent(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return digits + '0'.repeat(exponent + 1 - digits.length);
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** A float as Go's `strconv.FormatFloat(value, 'g', -1, 64)` writes it. */
function general(value: number): string {
  const { digits, exponent } = shortest(value);
  const text = exponent < -4 || exponent >= 6 ? withExponent(digits, exponent) : withoutExponent(digits, exponent);
  return value < 0 ? `-${text}` : text;
}

/**
 * A number as it stands in kustomize's output, finite: through Go's JSON, which writes whole numbers below 10^21 without
 * an exponent, then as go-yaml v2 reads and writes that text (64-bit integers stay, all else is a float).
 */
export function numberText(value: number | bigint): string {
  if (typeof value === 'bigint') return String(value);
  if (Number.isSafeInteger(value)) return String(value === 0 ? 0 : value);
  if (Number.isInteger(value) && Math.abs(value) < 1e21) {
    // Go pads the shortest digits with zeros, which may lead out of the range of integers.
    const { digits, exponent } = shortest(value);
    const whole = BigInt(withoutExponent(digits, exponent)) * (value < 0 ? -1n : 1n);
    if (whole >= -(2n ** 63n) && whole < 2n ** 64n) return String(whole);
  }
  return general(value);
}
