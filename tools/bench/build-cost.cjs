// CPU in ms of the first analysis of a folder, and the bytes that it keeps: node --expose-gc build-cost.cjs SOURCES FOLDER
'use strict';
const [sources, folder] = process.argv.slice(2);
const { createNodeFiles, createNodeClock, createNodeLog, createWorkspace, finish } = require(sources);

const heap = () => {
  for (let round = 0; round < 5; round++) globalThis.gc();
  return process.memoryUsage().heapUsed;
};
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

(async () => {
  const before = heap();
  const start = process.cpuUsage();
  const ports = {
    files: createNodeFiles(folder),
    git: { remotes: () => undefined, isTracked: () => undefined },
    clock: createNodeClock(),
    log: createNodeLog('error', () => {}),
  };
  const workspace = createWorkspace(ports);
  finish(workspace.link());
  const { user, system } = process.cpuUsage(start);
  // The trees of the first link are held until the second.
  workspace.touch(['.sops.yaml']);
  finish(workspace.link());
  await settle();
  const kept = heap() - before;
  console.log(JSON.stringify({ cpu: (user + system) / 1000, heap: kept, files: workspace.snapshot.fileCount }));
})();
