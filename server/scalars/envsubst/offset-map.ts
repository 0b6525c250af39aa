/** A stretch of output that was copied from the input, or stands for one expression of it. */
export interface Stretch {
  /** Where it starts in the output; it ends where the next one starts. */
  readonly output: number;
  readonly input: number;
  /** True: the same text, so that offsets inside correspond. */
  readonly isCopy: boolean;
}

/** Stretches by ascending `output`, without gaps; none for an empty output. All offsets are UTF-16. */
export type OffsetMap = readonly Stretch[];

/** The stretch an output offset falls into; the last one behind the end, undefined where there is none. */
export function stretchAt(map: OffsetMap, output: number): Stretch | undefined {
  let low = 0;
  let high = map.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((map[middle]?.output ?? 0) <= output) low = middle;
    else high = middle - 1;
  }
  return map[low];
}

/** The input offset an output offset stems from: inside an expression's value, that of its `${`. */
export function inputOffset(map: OffsetMap, output: number): number {
  const stretch = stretchAt(map, output);
  if (stretch === undefined) return output;
  return stretch.isCopy ? stretch.input + Math.max(0, output - stretch.output) : stretch.input;
}
