import { type JsonValue } from '../../../model/json';
import { type Functions, integerOf, type TemplateFunction } from './function';

/** A function of whole numbers; undefined where an argument is none, or the result is beyond what is exact. */
const ofIntegers =
  (least: number, make: (numbers: readonly number[]) => number | undefined): TemplateFunction =>
  (...args: readonly JsonValue[]) => {
    const numbers = args.map(integerOf).filter((value) => value !== undefined);
    if (numbers.length !== args.length || numbers.length < least) return undefined;
    const made = make(numbers);
    return made !== undefined && Number.isSafeInteger(made) ? made : undefined;
  };

const asInt: TemplateFunction = (value = null, ...rest) => {
  const found = rest.length > 0 ? undefined : integerOf(value);
  return found === undefined ? undefined : BigInt(found);
};

/** Functions of whole numbers (slim-sprig numeric.go). */
export const numberFunctions: Functions = {
  int: asInt,
  int64: ofIntegers(1, ([value]) => value),
  atoi: asInt,
  add: ofIntegers(0, (numbers) => numbers.reduce((sum, value) => sum + value, 0)),
  add1: ofIntegers(1, ([value = 0]) => value + 1),
  sub: ofIntegers(2, ([a = 0, b = 0]) => a - b),
  mul: ofIntegers(1, (numbers) => numbers.reduce((product, value) => product * value, 1)),
  div: ofIntegers(2, ([a = 0, b = 0]) => (b === 0 ? undefined : Math.trunc(a / b))),
  mod: ofIntegers(2, ([a = 0, b = 0]) => (b === 0 ? undefined : a % b)),
  max: ofIntegers(1, (numbers) => Math.max(...numbers)),
  min: ofIntegers(1, (numbers) => Math.min(...numbers)),
};
