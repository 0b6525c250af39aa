// @ts-check
// What the product keeps, what it does while nobody types, and how long it lets nobody in.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { killServers, LanguageServer, sleep, uriOf } from './language-server.mjs';
import { writeLargeFiles } from './large-files.mjs';
import { loadSources } from './product.mjs';

/** @typedef {import('./bench.mjs').Bench} Bench */

const probe = join(import.meta.dirname, 'probe.cjs');

/** @param {Bench} bench @param {string} root @param {number} count */
export async function openDocuments(bench, root, count) {
  const files = readdirSync(root, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .slice(0, count);
  const measure = async (/** @type {import('./language-server.mjs').ServerCommand} */ command) => {
    const server = new LanguageServer(command, { root });
    await server.initialize();
    const told = [];
    for (const file of files) {
      const uri = uriOf(join(root, file));
      told.push(server.publication(uri, () => true, `findings of ${file}`));
      server.open(uri, readFileSync(join(root, file), 'utf8'));
    }
    await Promise.all(told);
    await server.settled(1000);
    const resident = server.resident();
    await server.stop();
    return resident;
  };
  const rounds = 2;
  /** @type {number[]} */
  const ours = [];
  /** @type {number[]} */
  const peer = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await measure(bench.ours));
    if (bench.peer) peer.push(await measure(bench.peer));
  }
  bench.compare(`RSS, ${files.length} open documents`, ours, peer, { unit: 'MiB', must: 1, stretch: 0.7 });
}

const sources = `
export { createNodeFiles } from './server/host/node-files';
export { createNodeClock } from './server/host/node-clock';
export { createNodeLog } from './server/host/node-log';
export { finish } from './server/model/steps';
export { Repository } from './server/workspace/repository';
export { createWorkspace } from './server/workspace/workspace';
`;

/** @typedef {{ files: number, index: number, all: number | undefined }} KeptHeap bytes */

/** @param {{ cache: string, small: string, root: string, withBuilds: boolean }} options @returns {Promise<KeptHeap>} */
async function measureHeap({ cache, small, root, withBuilds }) {
  await loadSources(cache, 'kept-heap-sources', sources);
  const script = join(import.meta.dirname, 'kept-heap.cjs');
  const args = ['--expose-gc', script, join(cache, 'kept-heap-sources.cjs'), root, small, withBuilds ? 'all' : ''];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the heap could not be measured: ${stderr.slice(-2000)}`);
  return JSON.parse(stdout);
}

/** @param {Bench} bench @param {{ cache: string, small: string, large: string }} options */
export async function keptHeap(bench, { cache, small, large }) {
  const { files, index } = await measureHeap({ cache, small, root: large, withBuilds: false });
  bench.limit(`kept heap per indexed file, builds excluded (${files} files)`, index / files / 1024, {
    unit: 'KiB',
    must: 3,
    stretch: 1.5,
  });
}

/**
 * What a workspace keeps besides its index: builds with their origins, and the parts they are made of.
 * @param {Bench} bench
 * @param {{ cache: string, small: string, name: string, root: string, must: number, stretch: number }} options MiB
 */
export async function retainedBuilds(bench, { cache, small, name, root, must, stretch }) {
  const { index, all = 0 } = await measureHeap({ cache, small, root, withBuilds: true });
  const unit = 'MiB';
  bench.limit(`retained builds with origins, ${name}`, (all - index) / 1024 / 1024, { unit, must, stretch });
}

/** @param {Bench} bench @param {string} root @param {number} seconds */
export async function idle(bench, root, seconds) {
  const server = new LanguageServer(bench.ours, { root, pulls: true });
  await server.initialize();
  // Held open by the server until something changes.
  server.request('workspace/diagnostic', { previousResultIds: [], partialResultToken: 'bench' }).catch(() => {});
  await sleep(1000);
  await server.settled(2000);
  // V8 gives memory back when little is allocated: up to three collections in the first 130 s (docs/benchmarks.md).
  await sleep(180_000);
  await server.settled(2000);
  const before = { cpu: server.cpu(), bytes: server.bytesReceived };
  await sleep(seconds * 1000);
  const share = ((server.cpu() - before.cpu) / (seconds * 1000)) * 100;
  const bytes = server.bytesReceived - before.bytes;
  await server.stop();
  bench.limit(`idle CPU over ${seconds} s, 20,000 files, findings pulled`, share, {
    unit: '%',
    must: 0.2,
    stretch: 0.2,
    beside: `${bytes} bytes sent`,
  });
}

/**
 * The longest turn of the server's event loop: opening and editing large documents, and reading repositories.
 * @param {Bench} bench
 * @param {{ cache: string, repository: string, repositoryName: string, rounds: number }} options
 */
export async function eventLoopBlocks(bench, { cache, repository, repositoryName, rounds }) {
  const { documents, folders } = writeLargeFiles(join(cache, 'repos'));
  const nothing = join(cache, 'repos', 'nothing');
  rmSync(nothing, { recursive: true, force: true });
  mkdirSync(join(nothing, '.git'), { recursive: true });
  const row = async (/** @type {string} */ name, /** @type {() => Promise<number>} */ measure) => {
    try {
      // What else runs on the machine can only make a block longer.
      let shortest = Infinity;
      for (let round = 0; round < rounds; round++) shortest = Math.min(shortest, await measure());
      bench.limit(name, shortest, { unit: 'ms', must: 50, stretch: 25 });
    } catch (error) {
      killServers();
      bench.fail(name, error);
    }
  };
  for (const { name, root, file, pick } of documents)
    await row(`event loop block, document of 256 KB, ${name}`, () => editLarge(bench, root, file, pick));
  for (const { name, root } of folders)
    await row(`event loop block, reading ${name}`, () => readFolder(bench, nothing, root));
  await row(`event loop block, reading ${repositoryName}`, () => readFolder(bench, nothing, repository));
}

/** @type {(bench: Bench, root: string, file: string, pick: string) => Promise<number>} */
async function editLarge(bench, root, file, pick) {
  const server = new LanguageServer(bench.ours, { root, preload: probe });
  await server.initialize();
  const uri = uriOf(join(root, file));
  const text = readFileSync(join(root, file), 'utf8');
  const line = text.slice(0, text.indexOf(pick)).split('\n').length - 1;
  let opened = server.publication(uri, () => true, 'findings');
  // Code is loaded and compiled by a first document; what is measured is the text.
  server.open(uri, text);
  await opened;
  server.close(uri);
  await server.settled();
  await server.probe('watch');
  opened = server.publication(uri, () => true, 'findings');
  server.open(uri, text);
  await opened;
  for (let number = 0; number < 6; number++) {
    const fresh = server.publication(uri, ({ version }) => version === number + 2, 'fresh findings');
    server.change(uri, [
      { range: { start: { line, character: 0 }, end: { line, character: 0 } }, text: `# edit ${number}\n` },
    ]);
    await fresh;
    await sleep(150);
  }
  const { longest } = await server.probe('longest');
  await server.stop();
  return longest;
}

/** @type {(bench: Bench, nothing: string, folder: string) => Promise<number>} */
async function readFolder(bench, nothing, folder) {
  const server = new LanguageServer(bench.ours, { root: nothing, preload: probe });
  await server.initialize();
  const uri = uriOf(join(nothing, 'first.yaml'));
  const told = server.publication(uri, () => true, 'findings');
  server.open(uri, 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: first\n');
  await told;
  await server.settled();
  await server.probe('watch');
  const linked = server.message(
    ({ method, params }) => method === 'fluxwright/snapshotChanged' && params.root.includes(folder),
    'a snapshot',
    60_000,
  );
  server.notify('workspace/didChangeWorkspaceFolders', {
    event: { added: [{ uri: uriOf(folder), name: 'added' }], removed: [] },
  });
  await linked;
  await sleep(300);
  const { longest } = await server.probe('longest');
  await server.stop();
  return longest;
}
