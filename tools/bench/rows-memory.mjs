// @ts-check
// What the product keeps, what it does while nobody types, and how long it lets nobody in.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LanguageServer, sleep, uriOf } from './language-server.mjs';
import { loadSources } from './product.mjs';

/** @typedef {import('./bench.mjs').Bench} Bench */

const probe = join(import.meta.dirname, 'probe.cjs');

/** @param {Bench} bench @param {string} root @param {number} count */
export async function openDocuments(bench, root, count) {
  const files = readdirSync(root, { recursive: true }).map(String).filter((file) => file.endsWith('.yaml')).sort().slice(0, count);
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

/** @param {Bench} bench @param {{ cache: string, small: string, large: string, withBuilds: boolean }} options */
export async function keptHeap(bench, { cache, small, large, withBuilds }) {
  await loadSources(cache, 'kept-heap-sources', sources);
  const script = join(import.meta.dirname, 'kept-heap.cjs');
  const args = ['--expose-gc', script, join(cache, 'kept-heap-sources.cjs'), large, small, withBuilds ? 'all' : ''];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the heap could not be measured: ${stderr.slice(-2000)}`);
  const { files, index, all } = JSON.parse(stdout);
  bench.limit(`kept heap per indexed file, builds excluded (${files} files)`, index / files / 1024, { unit: 'KiB', must: 3, stretch: 1.5 });
  if (all !== undefined) bench.note('kept heap per file with clusters and builds', `${(all / files / 1024).toFixed(1)} KiB`, '', 'closed by the build engine');
}

/** @param {Bench} bench @param {string} root @param {number} seconds */
export async function idle(bench, root, seconds) {
  const server = new LanguageServer(bench.ours, { root, pulls: true });
  await server.initialize();
  // Held open by the server until something changes.
  server.request('workspace/diagnostic', { previousResultIds: [], partialResultToken: 'bench' }).catch(() => {});
  await sleep(1000);
  await server.settled(2000);
  const before = { cpu: server.cpu(), bytes: server.bytesReceived };
  await sleep(seconds * 1000);
  const share = ((server.cpu() - before.cpu) / (seconds * 1000)) * 100;
  const bytes = server.bytesReceived - before.bytes;
  await server.stop();
  bench.limit(`idle CPU over ${seconds} s, 20,000 files, findings pulled`, share, { unit: '%', must: 0.2, stretch: 0.2, beside: `${bytes} bytes sent` });
}

/**
 * The longest turn of the server's event loop: opening and editing large documents, and reading repositories.
 * @param {Bench} bench
 * @param {{ cache: string, repository: string, repositoryName: string, rounds: number }} options
 */
export async function eventLoopBlocks(bench, { cache, repository, repositoryName, rounds }) {
  const large = writeLargeFiles(join(cache, 'repos', 'large'));
  const nothing = join(cache, 'repos', 'nothing');
  rmSync(nothing, { recursive: true, force: true });
  mkdirSync(join(nothing, '.git'), { recursive: true });
  const goal = { unit: 'ms', must: 50, stretch: 25 };
  for (const { name, file, pick } of large.documents) {
    const measure = () => editLarge(bench, large.root, file, pick);
    bench.limit(`event loop block, document of 256 KB, ${name}`, await best(rounds, measure), goal);
  }
  bench.limit('event loop block, reading files of 1 MB', await best(rounds, () => readFolder(bench, nothing, large.root)), goal);
  bench.limit(`event loop block, reading ${repositoryName}`, await best(rounds, () => readFolder(bench, nothing, repository)), goal);
}

/** What else runs on the machine can only make a block longer. @type {(rounds: number, measure: () => Promise<number>) => Promise<number>} */
async function best(rounds, measure) {
  let shortest = Infinity;
  for (let round = 0; round < rounds; round++) shortest = Math.min(shortest, await measure());
  return shortest;
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
    server.change(uri, [{ range: { start: { line, character: 0 }, end: { line, character: 0 } }, text: `# edit ${number}\n` }]);
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
  const linked = server.message(({ method, params }) => method === 'fluxwright/snapshotChanged' && params.root.includes(folder), 'a snapshot', 300_000);
  server.notify('workspace/didChangeWorkspaceFolders', { event: { added: [{ uri: uriOf(folder), name: 'added' }], removed: [] } });
  await linked;
  await sleep(300);
  const { longest } = await server.probe('longest');
  await server.stop();
  return longest;
}

/**
 * A cluster with two documents files of 256 KB and four files of 1 MB.
 * @param {string} root
 */
function writeLargeFiles(root) {
  rmSync(root, { recursive: true, force: true });
  const write = (/** @type {string} */ path, /** @type {string} */ text) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  mkdirSync(join(root, '.git'), { recursive: true });
  const upTo = (/** @type {number} */ bytes, /** @type {(index: number) => string} */ part, start = '') => {
    let text = start;
    for (let index = 0; ; index++) {
      const next = part(index);
      if (text.length + next.length > bytes) return text;
      text += next;
    }
  };
  const many = upTo(256 * 1024, (index) => `---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: part-${index}\n  namespace: flux-system\nspec:\n  interval: 1h\n  path: ./parts\n  prune: true\n  suspend: true\n  targetNamespace: part-${index}\n  sourceRef:\n    kind: GitRepository\n    name: flux-system\n`);
  const one = upTo(256 * 1024, (index) => `    key-${index}:\n      enabled: true\n      image: registry.example.org/part:${index}\n      list:\n        - name: first\n          value: "${index}"\n`, 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: large\n  namespace: flux-system\nspec:\n  interval: 1h\n  chartRef:\n    kind: OCIRepository\n    name: large\n  values:\n');
  write('clusters/alpha/flux-system/gotk-sync.yaml', `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata:\n  name: flux-system\n  namespace: flux-system\nspec:\n  interval: 1m\n  url: ssh://git@example.org/platform/fleet\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: flux-system\n  namespace: flux-system\nspec:\n  interval: 10m\n  path: ./clusters/alpha\n  prune: true\n  sourceRef:\n    kind: GitRepository\n    name: flux-system\n`);
  write('clusters/alpha/many.yaml', many);
  write('clusters/alpha/one.yaml', one);
  write('parts/settings.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n');
  for (let number = 0; number < 4; number++) {
    const text =
      number % 2 === 0
        ? upTo(1_000_000, (index) => `  key-${index}: value ${index} of a long settings file\n`, `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: large-${number}\n  namespace: flux-system\ndata:\n`)
        : upTo(1_000_000, (index) => `---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: part-${number}-${index}\n  namespace: flux-system\ndata:\n  key: value\n`);
    write(`clusters/alpha/large-${number}.yaml`, text);
  }
  return {
    root,
    documents: [
      { name: 'many documents', file: 'clusters/alpha/many.yaml', pick: '  name: part-600\n' },
      { name: 'one document', file: 'clusters/alpha/one.yaml', pick: '    key-900:' },
    ],
  };
}
