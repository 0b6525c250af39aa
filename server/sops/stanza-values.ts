import { type JsonValue } from '../model/json';

/** One value of the stanza as the field's type wants it; `fits` is false where SOPS refuses the value. */
export interface FieldReading<T> {
  readonly value: T;
  readonly fits: boolean;
}

/**
 * A text field. Numbers and booleans are taken as SOPS takes them (its decoder converts weakly: `version: 3.9` reads
 * as "3.9", true as "1"); nothing and null give the empty text.
 */
export function readText(value: JsonValue | undefined): FieldReading<string> {
  if (value === undefined || value === null) return { value: '', fits: true };
  if (typeof value === 'string') return { value, fits: true };
  if (typeof value === 'boolean') return { value: value ? '1' : '0', fits: true };
  if (typeof value === 'number' || typeof value === 'bigint') return { value: String(value), fits: true };
  return { value: '', fits: false };
}

/** A whole number (the threshold); a text of digits is taken, as flattened files hold nothing else. */
export function readWhole(value: JsonValue | undefined): FieldReading<number> {
  if (value === undefined || value === null || value === '') return { value: 0, fits: true };
  if (typeof value === 'boolean') return { value: value ? 1 : 0, fits: true };
  if (typeof value === 'number') return { value: Math.trunc(value), fits: Number.isFinite(value) };
  if (typeof value === 'string' && /^[+-]?\d{1,9}$/.test(value)) return { value: Number(value), fits: true };
  return { value: 0, fits: false };
}

const trueWords = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const falseWords = new Set(['', '0', 'f', 'F', 'FALSE', 'false', 'False']);

/** A switch (`mac_only_encrypted`); the words are those of Go's `strconv.ParseBool`. */
export function readSwitch(value: JsonValue | undefined): FieldReading<boolean> {
  if (value === undefined || value === null) return { value: false, fits: true };
  if (typeof value === 'boolean') return { value, fits: true };
  if (typeof value === 'number' || typeof value === 'bigint') return { value: Number(value) !== 0, fits: true };
  if (typeof value !== 'string') return { value: false, fits: false };
  return { value: trueWords.has(value), fits: trueWords.has(value) || falseWords.has(value) };
}

const time = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|([+-])(\d\d):(\d\d))$/;

/**
 * The time as SOPS writes it back and authenticates the MAC with: fractions of a second dropped, the zone as written
 * (`+00:00` becomes `Z`). undefined when it is no RFC 3339 time (Go's `time.Parse(time.RFC3339, …)`).
 */
export function readTime(text: string): string | undefined {
  const match = time.exec(text);
  if (match === null) return undefined;
  const [
    ,
    year = '',
    month = '',
    day = '',
    hour = '',
    minute = '',
    second = '',
    ,
    zone = '',
    sign,
    zoneHours,
    zoneMinutes,
  ] = match;
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > days) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  if (sign !== undefined && (Number(zoneHours) > 24 || Number(zoneMinutes) > 60)) return undefined;
  const isUtc = sign !== undefined && Number(zoneHours) === 0 && Number(zoneMinutes) === 0;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${isUtc ? 'Z' : zone}`;
}
