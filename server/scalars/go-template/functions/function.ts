import { type JsonValue } from '../../../model/json';
import { printed } from '../values';

/** A function of a template; undefined where its result is not known here. */
export type TemplateFunction = (...args: readonly JsonValue[]) => JsonValue | undefined;

/** Functions by their names. */
export type Functions = Readonly<Record<string, TemplateFunction>>;

/** A function of texts; undefined where one of its arguments is something else, or there are more or fewer. */
export function ofTexts(count: number, make: (...texts: string[]) => JsonValue | undefined): TemplateFunction {
  return (...args) => {
    const texts = args.filter((arg) => typeof arg === 'string');
    return args.length === count && texts.length === count ? make(...texts) : undefined;
  };
}

/** The same of one value, as it is printed. */
export const ofPrinted =
  (make: (text: string) => JsonValue | undefined): TemplateFunction =>
  (value = null, ...rest) => {
    const text = printed(value);
    return text === undefined || rest.length > 0 ? undefined : make(text);
  };

/**
 * A whole number of any type, or a text that is written as one, as slim-sprig's functions of numbers take it. Go's `int`,
 * which literals and lengths have, is a bigint here; numbers of inputs, and what is worked out, are its `int64`.
 */
export function integerOf(value: JsonValue): number | undefined {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  return typeof value === 'string' && /^(?:0|-?[1-9]\d{0,14})$/.test(value) ? Number(value) : undefined;
}

/** An `int`, which alone is taken where a function asks for one; Go refuses an `int64` there. */
export const intOf = (value: JsonValue): number | undefined => (typeof value === 'bigint' ? Number(value) : undefined);
