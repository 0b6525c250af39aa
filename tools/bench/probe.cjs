// Loaded into a language server before its own code; answers questions of the bench over the IPC channel.
'use strict';

// Longest time that one turn of the event loop took, as the smaller of wall and CPU time: on a busy machine the process is
// put aside (wall), and V8's helper threads work beside it (CPU); a block of our own making shows in both.
let longest = 0;
let isWatching = false;
let wall = 0;
let cpu = 0;

const processCpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const watch = () => {
  const now = performance.now();
  const used = processCpu();
  longest = Math.max(longest, Math.min(now - wall, used - cpu));
  wall = now;
  cpu = used;
  if (isWatching) setImmediate(watch);
};

process.on('message', (question) => {
  if (question === 'watch') {
    longest = 0;
    wall = performance.now();
    cpu = processCpu();
    isWatching = true;
    setImmediate(watch);
    process.send({});
  }
  if (question === 'longest') {
    isWatching = false;
    process.send({ longest });
  }
  if (question === 'heap') {
    for (let round = 0; round < 4; round++) globalThis.gc();
    process.send({ heap: process.memoryUsage().heapUsed });
  }
});
process.channel.unref();
