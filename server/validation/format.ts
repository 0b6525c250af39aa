import { type JsonValue } from '../model/json';
import { parseDuration } from '../scalars/duration';
import { parseQuantity } from '../scalars/quantity';

const isBase64 = (text: string): boolean => {
  const written = text.replace(/[\r\n]/g, '');
  return written.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(written);
};

const dateTime = /^\d{4}-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:?\d{2})?)?$/;

// Looser than RFC 3339, as kube-openapi's own reading is: seconds and zone may be left out.
const isDateTime = (text: string): boolean => {
  const match = dateTime.exec(text);
  if (match === null) return false;
  const [month = 1, day = 1, hour = 0, minute = 0, second = 0] = match.slice(1).map((part) => Number(part || 0));
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 24 && minute <= 59 && second <= 60;
};

const longUnits =
  /\d\s*(?:ns|nanos?|nanoseconds?|us|µs|micros?|microseconds?|ms|millis?|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?)(?![A-Za-z])/;

const within = (value: number | bigint, bits: 31 | 63): boolean => {
  const limit = 1n << BigInt(bits);
  return typeof value === 'bigint' ? value >= -limit && value < limit : value >= -(2 ** bits) && value < 2 ** bits;
};

/**
 * True when the value has the form that the API server demands for the format; formats that it does not check and
 * values of another type pass. Source: kube-openapi's strfmt, apimachinery's resource.Quantity.
 */
export function hasFormat(format: string, value: JsonValue): boolean {
  if (typeof value === 'number' || typeof value === 'bigint') {
    if (format === 'int32') return within(value, 31);
    return format !== 'int64' || within(value, 63);
  }
  if (typeof value !== 'string') return true;
  switch (format) {
    case 'byte':
      return isBase64(value);
    case 'date-time':
      return isDateTime(value);
    case 'duration':
      // Besides Go's own units, days and weeks with or without a space.
      return parseDuration(value) !== undefined || longUnits.test(value);
    case 'quantity':
      return parseQuantity(value) !== undefined;
    default:
      return true;
  }
}
