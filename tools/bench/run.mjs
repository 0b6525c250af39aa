// @ts-check
// Measures the product beside a peer: npm run bench [-- --quick] [-- --write] [-- --only ROWS]
// --quick: the rows that take seconds. --write: the figures go to docs/benchmarks.md. --only: editing, repository, memory.
import { cpus, loadavg, totalmem, release } from 'node:os';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Bench } from './bench.mjs';
import { editedReal, editedSynthetic } from './documents.mjs';
import { writeDocument } from './document-figures.mjs';
import { generateRepository } from './generate.mjs';
import { killServers } from './language-server.mjs';
import { installPeer } from './peers.mjs';
import { pace } from './process-usage.mjs';
import { copyProduct } from './product.mjs';
import { coldStart, keystrokes, questions, repositorySize } from './rows-editing.mjs';
import { eventLoopBlocks, idle, keptHeap, openDocuments, retainedBuilds } from './rows-memory.mjs';
import { provenance } from './rows-provenance.mjs';
import { repositoryChecks } from './rows-repository.mjs';

const flags = process.argv.slice(2);
const isQuick = flags.includes('--quick');
const only = flags.includes('--only') ? (flags[flags.indexOf('--only') + 1] ?? '').split(',') : [];
const groups = ['editing', 'size', 'memory', 'idle', 'block', 'repository'];
const unknown = flags.find(
  (flag, at) => !['--quick', '--write', '--only'].includes(flag) && flags[at - 1] !== '--only',
);
if (unknown !== undefined || only.some((group) => !groups.includes(group))) {
  console.error(`usage: npm run bench -- [--quick] [--write] [--only ${groups.join(',')}]`);
  process.exit(2);
}
if (process.platform !== 'linux') {
  console.error('not measured: CPU and memory of the servers are read from /proc, which only Linux has');
  process.exit(2);
}

const project = join(import.meta.dirname, '..', '..');
const cache = join(project, '.cache', 'bench');
const trees = join(cache, 'repos');
const real = join(project, '..', 'shared', 'repos', 'onedr0p+home-ops');
mkdirSync(trees, { recursive: true });

const product = await copyProduct(cache);
if ('reason' in product) {
  console.error(`not measured: ${product.reason}`);
  process.exit(2);
}
const peer = await installPeer(cache);
const hasPeer = 'server' in peer;
if (!hasPeer)
  console.log(`PEER SKIPPED: yaml-language-server 2.0.0: ${peer.reason}. Only rows without it are judged.\n`);

const bench = new Bench(product.server, hasPeer ? peer.server : undefined, console.log);
const paces = [pace().milliseconds];
const runs = (/** @type {string} */ group) => only.length === 0 || only.includes(group);
const startedAt = new Date();
/** @type {(group: string, make: () => unknown) => Promise<void>} */
const measure = async (group, make) => {
  if (!runs(group)) return;
  try {
    await make();
  } catch (error) {
    killServers();
    bench.fail(`${group}: stopped`, error);
  }
  paces.push(pace().milliseconds);
};

const tree = editedReal(trees, real) ?? editedSynthetic(trees, 400);
console.log(
  `Edited in ${tree.name}. Times are medians; load ${loadavg()[0]?.toFixed(1)}, pace ${paces[0]?.toFixed(1)} ms.\n`,
);
await measure('editing', () => coldStart(bench, tree, isQuick ? 5 : 12));
await measure('editing', () => keystrokes(bench, tree, isQuick ? 12 : 40));
await measure('editing', () => questions(bench, tree, isQuick ? 12 : 40));
await measure('memory', () => openDocuments(bench, generateRepository(trees, 400), 400));
await measure('repository', () =>
  repositoryChecks(bench, {
    cache,
    cli: product.cli,
    trees,
    real,
    sizes: isQuick ? [400, 1600] : [400, 1600, 5000, 20_000],
    rounds: isQuick ? 3 : 5,
  }),
);
await measure('block', () =>
  eventLoopBlocks(bench, {
    cache,
    repository: generateRepository(trees, isQuick ? 400 : 5000),
    repositoryName: `${isQuick ? '400' : '5,000'} files`,
    rounds: 3,
  }),
);
await measure('memory', () =>
  keptHeap(bench, {
    cache,
    small: generateRepository(trees, 400),
    large: generateRepository(trees, isQuick ? 5000 : 20_000),
  }),
);
await measure('memory', async () => {
  const small = generateRepository(trees, 400);
  const places = [
    ...(existsSync(real) ? [{ name: 'onedr0p/home-ops', root: real, must: 30, stretch: 15 }] : []),
    { name: '5,000 files', root: generateRepository(trees, 5000), must: 120, stretch: 60 },
  ];
  for (const place of places) await retainedBuilds(bench, { cache, small, ...place });
});
await measure('memory', async () => {
  if (existsSync(real))
    await provenance(bench, { cache, name: 'onedr0p/home-ops', root: real, rounds: isQuick ? 5 : 11 });
});
if (!isQuick) {
  await measure('size', () => repositorySize(bench, [editedSynthetic(trees, 400), editedSynthetic(trees, 20_000)], 30));
  await measure('idle', () => idle(bench, generateRepository(trees, 20_000), 60));
}

const machine = {
  date: startedAt.toISOString().slice(0, 10),
  processor: `${cpus().length} × ${cpus()[0]?.model.trim()}`,
  memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
  system: `${process.platform} ${release()}`,
  node: process.version,
  peerNode: hasPeer ? peer.server.node : undefined,
  tree: tree.name,
  load: loadavg()[0] ?? 0,
  pace: /** @type {[number, number]} */ ([Math.min(...paces), Math.max(...paces)]),
};
if (flags.includes('--write')) await writeDocument(join(project, 'docs', 'benchmarks.md'), bench.rows, machine);
const minutes = ((Date.now() - startedAt.getTime()) / 60_000).toFixed(1);
console.log(
  `\n${bench.missed === 0 ? 'No goal was missed' : `${bench.missed} goals were missed`}; ${minutes} minutes, pace ${machine.pace.map((time) => time.toFixed(1)).join(' to ')} ms, load ${machine.load.toFixed(1)}.`,
);
if (!hasPeer) console.log(`PEER SKIPPED: ${peer.reason}`);
process.exit(bench.missed === 0 ? 0 : 1);
