/**
 * A number as Go writes it with the fewest digits: with an exponent of two digits below 1e-4 and from a power of ten on
 * (6 in strconv with 'g', 21 in fmt with `%v`).
 */
export function shortFloat(value: number, exponentFrom: number): string {
  if (value === 0 || !Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  const scientific = value.toExponential();
  const exponent = Number(scientific.slice(scientific.indexOf('e') + 1));
  if (exponent >= -4 && exponent < exponentFrom) return plainFloat(value);
  return scientific.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** A number as Go writes it with 'f' and the fewest digits: never with an exponent. */
export function plainFloat(value: number): string {
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-])(\d+)$/.exec(String(value));
  if (parts === null) return String(value);
  const [, sign = '', first = '', rest = '', direction, exponent = '0'] = parts;
  const digits = first + rest;
  if (direction === '-') return `${sign}0.${'0'.repeat(Number(exponent) - 1)}${digits}`;
  return sign + digits.padEnd(Number(exponent) + 1, '0');
}
