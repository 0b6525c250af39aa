import { setFlagsFromString } from 'node:v8';

/** What runs: a command that ends, or a server that answers for hours. */
export type Run = 'command' | 'server';

/**
 * Two settings of V8 that suit short work (docs/decisions/0006); one that a V8 does not know is ignored. It waits longer
 * before it compiles a function to optimized code: a check of a repository is over before most of that work pays, and an
 * edit repeats so little that a server waits longer still. And it clears the young generation on one thread: what lies
 * there is a megabyte or two, for which the others cost more to wake than they save.
 */
export function setEngineFlags(run: Run): void {
  setFlagsFromString(`--interrupt-budget=${run === 'server' ? 4_000_000 : 1_000_000}`);
  setFlagsFromString('--no-parallel-scavenge');
}
