// @ts-check
// What an author feels: start, keystrokes, completion and hover. Both servers in turns, so that what else the machine does
// strikes both.
import { join } from 'node:path';
import { Editing } from './editing.mjs';
import { LanguageServer, uriOf } from './language-server.mjs';
import { wake } from './wake.mjs';

/**
 * @typedef {import('./bench.mjs').Bench} Bench
 * @typedef {import('./documents.mjs').EditedTree} EditedTree
 * @typedef {{ first: number[], second: number[], cpu: number }} Edits times in milliseconds, CPU for each edit
 */

/** Spawn to the first findings that are not empty. @param {Bench} bench @param {EditedTree} tree @param {number} rounds */
export async function coldStart(bench, tree, rounds) {
  const { ks100 } = tree.samples;
  const lines = ks100.text.split('\n');
  lines[ks100.local.line] = `${ks100.local.indent}${ks100.local.key}: wrong`;
  const text = lines.join('\n');
  const start = async (/** @type {import('./language-server.mjs').ServerCommand} */ command) => {
    const server = new LanguageServer(command, { root: tree.root });
    const uri = uriOf(join(tree.root, ks100.path));
    const found = server.publication(uri, ({ diagnostics }) => diagnostics.length > 0, 'a first finding');
    await server.initialize();
    server.open(uri, text);
    const time = (await found) - server.spawnedAt;
    const cpu = server.cpu();
    await server.stop();
    return { time, cpu };
  };
  /** @type {Record<'ours' | 'peer', { time: number, cpu: number }[]>} */
  const measured = { ours: [], peer: [] };
  for (let round = 0; round < rounds; round++) {
    measured.ours.push(await start(bench.ours));
    if (bench.peer) measured.peer.push(await start(bench.peer));
  }
  const [ours, peer] = [measured.ours, measured.peer];
  bench.compare(
    'cold start to first findings',
    ours.map(({ time }) => time),
    peer.map(({ time }) => time),
    { unit: 'ms', must: 1 / 3, stretch: 1 / 6 },
  );
  bench.compare(
    'cold start, CPU',
    ours.map(({ cpu }) => cpu),
    peer.map(({ cpu }) => cpu),
    { unit: 'ms' },
  );
}

/** @param {Bench} bench @param {EditedTree} tree @param {number} edits */
export async function keystrokes(bench, tree, edits) {
  const small = {
    local: await edit(bench, tree, 'ks100', 'local', edits),
    graph: await edit(bench, tree, 'ks100', 'graph', edits),
  };
  bench.compare('keystroke to findings, 100 lines', small.local.ours.first, small.local.peer?.first, {
    unit: 'ms',
    must: 1 / 10,
    stretch: 1 / 30,
  });
  bench.compare('keystroke to graph findings, 100 lines', small.graph.ours.second, small.graph.peer?.second, {
    unit: 'ms',
    must: 1 / 4,
    stretch: 1 / 15,
  });
  bench.compare('CPU per edit, both passes', [small.local.ours.cpu], small.local.peer && [small.local.peer.cpu], {
    unit: 'ms',
    must: 1,
    stretch: 1 / 3,
  });
  bench.compare(
    'CPU per edit of a referenced name',
    [small.graph.ours.cpu],
    small.graph.peer && [small.graph.peer.cpu],
    { unit: 'ms', must: 1, stretch: 1 / 3 },
  );
  const many = await edit(bench, tree, 'ks3000', 'local', edits);
  bench.compare('3,000 lines in 150 documents', many.ours.first, many.peer?.first, {
    unit: 'ms',
    must: 1 / 10,
    stretch: 1 / 50,
  });
  bench.compare('3,000 lines in 150 documents, CPU per edit', [many.ours.cpu], many.peer && [many.peer.cpu], {
    unit: 'ms',
    must: 1 / 5,
    stretch: 1 / 15,
  });
  const one = await edit(bench, tree, 'release3000', 'local', edits);
  bench.compare('one document of 3,000 lines', one.ours.first, one.peer?.first, {
    unit: 'ms',
    must: 1 / 3,
    stretch: 1 / 20,
  });
  bench.compare('one document of 3,000 lines, CPU per edit', [one.ours.cpu], one.peer && [one.peer.cpu], {
    unit: 'ms',
  });
}

/** @param {Bench} bench @param {EditedTree} tree @param {number} rounds */
export async function questions(bench, tree, rounds) {
  const goals = {
    ks100: { lines: '100 lines', must: 1 / 2, stretch: 1 / 4 },
    ks3000: { lines: '3,000 lines', must: 1 / 4, stretch: 1 / 15 },
  };
  for (const question of /** @type {const} */ (['hover', 'completion'])) {
    for (const name of /** @type {const} */ (['ks100', 'ks3000'])) {
      const { lines, must, stretch } = goals[name];
      const times = await inTurns(bench, tree, name, rounds, (editing) => editing.ask(question));
      bench.compare(`${question} right after a change, ${lines}`, times.ours, times.peer, {
        unit: 'ms',
        must,
        stretch,
      });
    }
  }
}

/** The same document in a small and in a large repository, edited in turns. @param {Bench} bench @param {[EditedTree, EditedTree]} trees @param {number} edits */
export async function repositorySize(bench, [small, large], edits) {
  for (const kind of /** @type {const} */ (['local', 'graph'])) {
    const servers = [await openIn(bench.ours, small, 'ks100', true), await openIn(bench.ours, large, 'ks100', true)];
    /** @type {number[][]} */
    const times = [[], []];
    for (let round = 0; round < edits + warmUp; round++) {
      for (const [index, editing] of servers.entries()) {
        wake();
        const { first, second } = await editing.edit(kind);
        if (round >= warmUp) times[index]?.push(kind === 'local' ? first : second);
      }
    }
    for (const { server } of servers) await server.stop();
    const what = kind === 'local' ? 'keystroke to findings' : 'keystroke to graph findings';
    bench.compare(`${what}, 20,000 files against 400`, times[1] ?? [], times[0], {
      unit: 'ms',
      must: 1.5,
      stretch: 1.1,
      against: '400 files',
    });
  }
}

const warmUp = 10;
const restMilliseconds = 300;

/** @type {(bench: Bench, tree: EditedTree, name: keyof EditedTree['samples'], kind: 'local' | 'graph', edits: number) => Promise<{ ours: Edits, peer: Edits | undefined }>} */
async function edit(bench, tree, name, kind, edits) {
  /** @type {Map<Editing, { first: number[], second: number[], cpu: number, from: number }>} */
  const seen = new Map();
  await inTurns(bench, tree, name, edits, async (editing, isWarm) => {
    const figures = seen.get(editing) ?? { first: [], second: [], cpu: 0, from: 0 };
    seen.set(editing, figures);
    if (isWarm && figures.from === 0) figures.from = editing.server.cpu();
    const { first, second } = await editing.edit(kind);
    if (isWarm) {
      figures.first.push(first);
      figures.second.push(second);
      // Everything since the first counted edit: also what is cleaned up after the answer.
      figures.cpu = (editing.server.cpu() - figures.from) / figures.first.length;
    }
    return first;
  });
  const [ours, peer] = [...seen.values()];
  if (ours === undefined) throw new Error('nothing was edited');
  return { ours, peer };
}

/**
 * Both sides have done nothing for as long when they are asked. The peer checks 200 ms after a change, and would be asked just
 * after it worked, with everything still in the processor's caches.
 * @param {Editing} editing
 */
async function rested({ server }) {
  const left = server.heardAt + restMilliseconds - performance.now();
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
}

/** @type {(bench: Bench, tree: EditedTree, name: keyof EditedTree['samples'], rounds: number, step: (editing: Editing, isWarm: boolean) => Promise<number>) => Promise<{ ours: number[], peer: number[] | undefined }>} */
async function inTurns(bench, tree, name, rounds, step) {
  const ours = await openIn(bench.ours, tree, name, true);
  const peer = bench.peer && (await openIn(bench.peer, tree, name, false));
  /** @type {{ ours: number[], peer: number[] }} */
  const times = { ours: [], peer: [] };
  for (let round = 0; round < rounds + warmUp; round++) {
    const isWarm = round >= warmUp;
    await rested(ours);
    wake();
    const time = await step(ours, isWarm);
    if (isWarm) times.ours.push(time);
    if (peer === undefined) continue;
    await rested(peer);
    wake();
    const peerTime = await step(peer, isWarm);
    if (isWarm) times.peer.push(peerTime);
  }
  await ours.server.stop();
  await peer?.server.stop();
  return { ours: times.ours, peer: peer && times.peer };
}

/** @type {(command: import('./language-server.mjs').ServerCommand, tree: EditedTree, name: keyof EditedTree['samples'], hasPasses: boolean) => Promise<Editing>} */
async function openIn(command, tree, name, hasPasses) {
  const server = new LanguageServer(command, { root: tree.root });
  await server.initialize();
  const editing = new Editing(server, tree.samples[name], hasPasses);
  await editing.open();
  return editing;
}
