// @ts-check
import { readdirSync, readFileSync } from 'node:fs';

/**
 * CPU milliseconds of all threads of a running process, with the nanosecond clock of the scheduler: `utime` counts in
 * ticks of ten milliseconds, which is more than an edit takes.
 * @param {number} pid
 */
export function cpuOf(pid) {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ')[0]);
    } catch {
      // The thread ended between the two calls.
    }
  }
  return nanoseconds / 1e6;
}

/** MiB of resident memory. @param {number} pid */
export function residentOf(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) / 1024;
}

/** Milliseconds that a fixed piece of work takes: what the machine gives us at this moment. Compare within one run only. */
export function pace() {
  const times = [];
  let value = 0;
  // The first rounds compile it.
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    for (let index = 0; index < 2_000_000; index++) value = (value * 31 + index) | 0;
    times.push(performance.now() - start);
  }
  return { milliseconds: Math.min(...times.slice(2)), value };
}
