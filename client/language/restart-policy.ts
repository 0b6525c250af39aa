/** What to do after the server process ended on its own. */
export type RestartDecision = { readonly kind: 'restart'; readonly delay: number } | { readonly kind: 'give-up' };

/** Milliseconds before the first and the second restart. */
const delays = [1_000, 5_000] as const;
/** Crashes further apart than this, in milliseconds, are not counted together. */
const window = 10 * 60_000;

/**
 * Counts crashes: the first two within ten minutes end in a restart, each after a longer pause, the third ends the
 * attempts, so that a server which cannot run does not burn the user's battery.
 * @param now milliseconds from an arbitrary start, monotonic
 */
export function createRestartPolicy(now: () => number): () => RestartDecision {
  let crashes: readonly number[] = [];
  return () => {
    const time = now();
    crashes = [...crashes.filter((crash) => time - crash < window), time];
    const delay = delays[crashes.length - 1];
    return delay === undefined ? { kind: 'give-up' } : { kind: 'restart', delay };
  };
}
