const millisecondsOf: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3, // U+00B5, micro sign
  μs: 1e-3, // U+03BC, Greek letter mu
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

// Go counts nanoseconds in 64 bits.
const longest = 2 ** 63 / 1e6;

const whole = /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
const part = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;

/**
 * Reads a duration as Go's `time.ParseDuration` does (`1h30m`, `-1.5s`, `0`).
 * @returns milliseconds; undefined when Go refuses the text.
 */
export function parseDuration(text: string): number | undefined {
  if (!whole.test(text)) return undefined;
  let sum = 0;
  for (const [, count = '', unit = ''] of text.matchAll(part)) sum += Number(count) * (millisecondsOf[unit] ?? 0);
  if (sum > longest) return undefined;
  return text.startsWith('-') && sum !== 0 ? -sum : sum;
}

/** The two patterns of Flux's own durations: most fields take hours, timeouts of sources and notification do not. */
export type FluxDurationUnits = 'ms-s-m-h' | 'ms-s-m';

const withHours = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/;
const withoutHours = /^(?:\d+(?:\.\d+)?(?:ms|s|m))+$/;

/** True when the text fits the pattern that Flux's CRDs (config/crd/bases) give the field. */
export function isFluxDuration(text: string, units: FluxDurationUnits): boolean {
  return (units === 'ms-s-m-h' ? withHours : withoutHours).test(text);
}
