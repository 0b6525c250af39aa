const pattern =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[-+]\d\d:\d\d))|(?: +(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?))?$/;

const pad = (value: number): string => String(value).padStart(2, '0');

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * The text Go's JSON has for a scalar that go-yaml takes for a time: RFC 3339 with nanoseconds, zeros at the end cut.
 * undefined when it is no time (resolve.go, `parseTimestamp`; layouts as Go's time.Parse reads them).
 */
export function readTimestamp(text: string): string | undefined {
  // Cheap exit for the numbers and versions that come here.
  if (text[4] !== '-') return undefined;
  const found = pattern.exec(text);
  if (found === null) return undefined;
  const [, year = '', month = '', day = ''] = found;
  const [hour, minute, second, fraction] = found[4] === undefined ? found.slice(9, 13) : found.slice(4, 8);
  const zone = found[8] ?? 'Z';
  const [m, d] = [Number(month), Number(day)];
  const [h, min, s] = [Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0)];
  if (m < 1 || m > 12 || d < 1 || d > daysIn(Number(year), m) || h > 23 || min > 59 || s > 59) return undefined;
  if (zone !== 'Z' && (Number(zone.slice(1, 3)) > 24 || Number(zone.slice(4)) > 60)) return undefined;
  const digits = (fraction ?? '').slice(0, 9).replace(/0+$/, '');
  const tail = digits === '' ? '' : `.${digits}`;
  return `${year}-${pad(m)}-${pad(d)}T${pad(h)}:${pad(min)}:${pad(s)}${tail}${/^.00:00$/.test(zone) ? 'Z' : zone}`;
}
