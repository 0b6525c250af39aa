// Heap that the index of a folder keeps: node --expose-gc kept-heap.cjs SOURCES FOLDER
'use strict';
const [sources, folder] = process.argv.slice(2);
const { createNodeFiles, createNodeClock, createNodeLog, createWorkspace, finish, Repository } = require(sources);

const heap = () => {
  for (let round = 0; round < 5; round++) globalThis.gc();
  return process.memoryUsage().heapUsed;
};
const indexed = () => {
  const repository = finish(Repository.read(createNodeFiles(folder)));
  for (const path of repository.yamlFiles()) repository.facts(path);
  return repository;
};
const linked = () => {
  const clock = createNodeClock();
  const ports = {
    files: createNodeFiles(folder),
    git: { remotes: () => undefined, isTracked: () => undefined },
    clock,
    log: createNodeLog('error', () => {}),
  };
  const workspace = createWorkspace(ports);
  finish(workspace.link());
  // The trees of the first link are held until the second, so that rules need not read them again.
  workspace.touch(['.sops.yaml']);
  finish(workspace.link());
  return workspace;
};
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

(async () => {
  // Code that is compiled on the first use is not the index.
  const small = process.argv[4];
  if (small) finishWarmUp(small);
  await settle();
  const before = heap();
  const repository = indexed();
  // Weak references are cleared between turns of the event loop.
  await settle();
  const withIndex = heap();
  const files = repository.yamlFileCount;
  const workspace = process.argv[5] === 'all' ? linked() : undefined;
  await settle();
  const withBuilds = workspace === undefined ? undefined : heap() - withIndex;
  console.log(
    JSON.stringify({
      files,
      index: withIndex - before,
      all: withBuilds,
      kept: repository.yamlFileCount + (workspace?.snapshot?.fileCount ?? 0),
    }),
  );
})();

function finishWarmUp(small) {
  const repository = finish(Repository.read(createNodeFiles(small)));
  for (const path of repository.yamlFiles()) repository.facts(path);
}
