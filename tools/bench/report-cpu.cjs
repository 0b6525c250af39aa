// Loaded into a program of node before its own code; writes the CPU milliseconds it took, start included, to descriptor 3.
'use strict';
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  require('node:fs').writeSync(
    3,
    JSON.stringify({ cpu: (user + system) / 1000, resident: process.resourceUsage().maxRSS / 1024 }),
  );
});
