import { type ValueType } from '../../../schemas/sops/value-types';
import { formatFloat, parseFloatText } from './go-float';

/** Types of values; a comment is none. */
export type PlainType = Exclude<ValueType, 'comment'>;

/**
 * A value in clear: its type, and the bytes that SOPS encrypts and feeds to the checksum (a number in decimal, `True`, the text in
 * UTF-8). Bytes and not text, so that they can be overwritten when the file is closed.
 */
export interface PlainValue {
  readonly type: PlainType;
  readonly bytes: Uint8Array;
}

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8');

export const textValue = (text: string): PlainValue => ({ type: 'str', bytes: bytesOf(text) });
export const intValue = (value: number | bigint): PlainValue => ({ type: 'int', bytes: bytesOf(String(value)) });
export const floatValue = (value: number): PlainValue => ({ type: 'float', bytes: bytesOf(formatFloat(value)) });
export const boolValue = (value: boolean): PlainValue => ({ type: 'bool', bytes: bytesOf(value ? 'True' : 'False') });

/** The bytes as text; what is no UTF-8 becomes replacement characters. */
export const textOf = (value: PlainValue): string => Buffer.from(value.bytes).toString('utf8');

export const equalPlain = (a: PlainValue, b: PlainValue): boolean =>
  a.type === b.type && Buffer.compare(a.bytes, b.bytes) === 0;

const smallestInt = -(2n ** 63n);
const largestInt = 2n ** 63n - 1n;

/** True for a whole number that Go holds in 64 bits; SOPS refuses others. */
export const fitsInt = (value: number | bigint): boolean => BigInt(value) >= smallestInt && BigInt(value) <= largestInt;

const trueWords = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const falseWords = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);
const time = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9})\d*)?(Z|[+-]\d\d:\d\d)$/;

/**
 * What decrypted bytes mean (getsops/sops aes/cipher.go), in the one form that the checksum is made of; undefined when they do not
 * fit the type.
 */
export function readPlain(type: PlainType, bytes: Uint8Array): PlainValue | undefined {
  if (type === 'str' || type === 'bytes') return { type, bytes };
  const text = Buffer.from(bytes).toString('utf8');
  switch (type) {
    case 'int': {
      if (!/^[+-]?\d{1,40}$/.test(text)) return undefined;
      const value = BigInt(text.replace(/^\+/, ''));
      return fitsInt(value) ? intValue(value) : undefined;
    }
    case 'float': {
      const value = parseFloatText(text);
      return value === undefined ? undefined : floatValue(value);
    }
    case 'bool':
      if (trueWords.has(text)) return boolValue(true);
      return falseWords.has(text) ? boolValue(false) : undefined;
    case 'time': {
      const match = time.exec(text);
      if (match === null) return undefined;
      const fraction = (match[2] ?? '').replace(/0+$/, '');
      const zone = /^[+-]00:00$/.test(match[3] ?? '') ? 'Z' : (match[3] ?? '');
      return { type, bytes: bytesOf(`${match[1] ?? ''}${fraction === '' ? '' : `.${fraction}`}${zone}`) };
    }
  }
}
