/** A number as Go writes it with 'f' and the fewest digits: never with an exponent. */
export function plainFloat(value: number): string {
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-])(\d+)$/.exec(String(value));
  if (parts === null) return String(value);
  const [, sign = '', first = '', rest = '', direction, exponent = '0'] = parts;
  const digits = first + rest;
  if (direction === '-') return `${sign}0.${'0'.repeat(Number(exponent) - 1)}${digits}`;
  return sign + digits.padEnd(Number(exponent) + 1, '0');
}
