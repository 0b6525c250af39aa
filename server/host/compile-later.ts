import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 wait longer before it compiles a function to optimized code. A check of a repository is over before most of
 * that work pays, and an edit repeats little; its threads took half of the CPU of both (docs/decisions/0006). A V8 that does
 * not know the flag ignores it.
 */
export function compileLater(): void {
  setFlagsFromString('--interrupt-budget=1000000');
}
