import { setFlagsFromString } from 'node:v8';

/**
 * Two settings of V8 that suit short work (docs/decisions/0006); one that a V8 does not know is ignored. It waits longer
 * before it compiles a function to optimized code: a check of a repository is over before most of that work pays, and an
 * edit repeats little. And it clears the young generation on one thread: what lies there is a megabyte or two, for which
 * the others cost more to wake than they save.
 */
export function setEngineFlags(): void {
  setFlagsFromString('--interrupt-budget=1000000');
  setFlagsFromString('--no-parallel-scavenge');
}
