// @ts-check

/** @type {(values: readonly number[], share: number) => number} */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? NaN;
  const high = sorted[Math.ceil(at)] ?? NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** @type {(values: readonly number[]) => number} */
export const median = (values) => quantile(values, 0.5);

/** Slope of log(cost) over log(size) between two points. @type {(small: [number, number], large: [number, number]) => number} */
export const growthExponent = ([smallSize, smallCost], [largeSize, largeCost]) =>
  Math.log(largeCost / smallCost) / Math.log(largeSize / smallSize);
