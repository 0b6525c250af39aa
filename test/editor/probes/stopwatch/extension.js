// @ts-check
// Runs in the extension host beside the extension, and writes what it measures there: how long the event loop stood still and
// how much of that its thread had a processor, and how much memory the process has. A file `~/probe-profile` asks for a CPU profile
// until it is removed; a file `~/probe-collect` for a collection of garbage, after which `~/probe-heap.json` says what was left.
'use strict';
const { existsSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { Session } = require('node:inspector');
const { homedir } = require('node:os');
const { join } = require('node:path');
const { performance } = require('node:perf_hooks');

const tick = 5;
const figures = join(homedir(), 'probe.json');

/** Processor time of the main thread in milliseconds, as the scheduler of Linux counts it. */
const threadTime = () => Number(readFileSync('/proc/self/schedstat', 'latin1').split(' ')[0]) / 1e6;

exports.activate = () => {
  let last = performance.now();
  let before = threadTime();
  /** @type {{ at: number, long: number, cpu: number }[]} */
  const blocks = [];
  setInterval(() => {
    const long = performance.now() - last - tick;
    const now = threadTime();
    // What the thread worked itself; for the rest of the time others had the processor, or the host stood still.
    if (long > 20) blocks.push({ at: Date.now(), long: Math.round(long), cpu: Math.round(now - before) });
    last = performance.now();
    before = now;
  }, tick);
  const cpu = process.cpuUsage();
  /** @type {number[]} */
  const heaps = [];
  setInterval(() => {
    const { user, system } = process.cpuUsage(cpu);
    const { rss, heapUsed } = process.memoryUsage();
    heaps.push(heapUsed);
    if (heaps.length > 40) heaps.shift();
    // Of ten seconds the lowest: what was left after the collector.
    const said = { at: Date.now(), rss, heap: Math.min(...heaps), cpu: (user + system) / 1000, blocks };
    writeFileSync(`${figures}.new`, JSON.stringify(said));
    renameSync(`${figures}.new`, figures);
    profile();
    void collect(() => {
      // That was the scene's own wish, no block.
      last = performance.now();
      before = threadTime();
    });
  }, 250);
};

/** @type {Session | undefined} */
let session;

function profile() {
  const isWanted = existsSync(join(homedir(), 'probe-profile'));
  if (isWanted && session === undefined) {
    session = new Session();
    session.connect();
    session.post('Profiler.enable');
    session.post('Profiler.setSamplingInterval', { interval: 500 });
    session.post('Profiler.start');
  } else if (!isWanted && session !== undefined) {
    const ended = session;
    session = undefined;
    ended.post('Profiler.stop', (_, result) => {
      writeFileSync(join(homedir(), 'probe.cpuprofile'), JSON.stringify(result.profile));
      ended.disconnect();
    });
  }
}

let isCollecting = false;

/** @param {() => void} collected called after each time that the loop stood still for it */
async function collect(collected) {
  const wish = join(homedir(), 'probe-collect');
  if (isCollecting || !existsSync(wish)) return;
  isCollecting = true;
  const asked = new Session();
  asked.connect();
  // It is collected in a turn of its own; what finalizers let go of then in a later one.
  for (let time = 0; time < 3; time += 1) {
    await new Promise((resolve) => asked.post('HeapProfiler.collectGarbage', () => resolve(collected())));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  asked.disconnect();
  const said = join(homedir(), 'probe-heap.json');
  writeFileSync(`${said}.new`, JSON.stringify({ heap: process.memoryUsage().heapUsed }));
  renameSync(`${said}.new`, said);
  rmSync(wish);
  isCollecting = false;
}
