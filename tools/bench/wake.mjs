// @ts-check
// A machine that rested runs at a fraction of its speed for some milliseconds, which is longer than most answers take, and
// strikes whoever is asked first. Before each measured step all processors work for a while, so that every side finds them
// awake. Only the driver works: no server's CPU counts it.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

const milliseconds = 40;

const turns = new Int32Array(new SharedArrayBuffer(4));
const code = `const { workerData: { turns, milliseconds } } = require('node:worker_threads');
for (let turn = 0; ; turn = Atomics.load(turns, 0)) {
  Atomics.wait(turns, 0, turn);
  for (const end = Date.now() + milliseconds; Date.now() < end;);
}`;

let isStarted = false;

/** Works on all processors for {@link milliseconds}. */
export function wake() {
  if (!isStarted) {
    isStarted = true;
    for (let i = 1; i < availableParallelism(); i++) {
      new Worker(code, { eval: true, workerData: { turns, milliseconds } }).unref();
    }
  }
  Atomics.add(turns, 0, 1);
  Atomics.notify(turns, 0);
  for (const end = Date.now() + milliseconds + 2; Date.now() < end;);
}
