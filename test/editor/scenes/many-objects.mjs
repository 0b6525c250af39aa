// @ts-check
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manyObjects, startApiServer, writeKubeconfig } from '../api-server.mjs';
import { connect } from '../cluster-steps.mjs';
import { actUntilSeen, runCommand } from '../steps.mjs';

export const title = 'ten thousand objects and a hundred events a second leave the window at work';
export const file = 'clusters/home/apps.yaml';
/** The extension of test/editor/probes/stopwatch measures. */
export const prepare = async (/** @type {string} */ folder) => writeFileSync(join(folder, '.stopwatch'), '');

const context = 'staging';
const count = 10_000;
const perSecond = 100;
const stormFor = 60_000;
/** Milliseconds of processor time that the host's loop may stand still for, and from an event to its row. */
const longestBlock = 50;
const longestWait = 300;
const wholePiece = 262_144;
/** Megabytes that the storm may leave behind. A kilobyte kept of each of its 6,000 events is more. */
const mostLeft = 4;
/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, home }) {
  const server = await startApiServer();
  const oneOfMany = await manyObjects();
  const traffic = await countTraffic(page);
  /** @type {NodeJS.Timeout | undefined} */
  let storm;
  try {
    for (let at = 0; at < count; at += 1) server.put(oneOfMany(at));
    server.compact();
    writeKubeconfig(home, server.url, [context]);
    await page.locator('.monaco-editor .squiggly-error').first().waitFor({ timeout: 60_000 });
    await runCommand(page, 'Flux: Show Views');
    const empty = await collected(home);
    const before = await rest(home);

    // The list: from Connect until the last kind is there.
    if (process.env['PROFILE'] !== undefined) writeFileSync(join(home, 'probe-profile'), '');
    traffic.bytes = traffic.lists = 0;
    const listed = Date.now();
    await connect(page, context);
    const tree = page.getByRole('tree', { name: 'Cluster Objects' });
    const row = (/** @type {RegExp} */ name) => tree.getByRole('treeitem', { name }).first();
    await row(/^Helm Releases, 4000/).waitFor({ timeout: 60_000 });
    await row(/^Kustomizations, 4000/).waitFor({ timeout: 60_000 });
    const shown = Date.now();
    const after = await rest(home);
    const megabytes = (/** @type {number} */ bytes) => Math.round(bytes / 1024 / 1024);
    console.log(`        ${count} objects shown after ${shown - listed} ms`);
    console.log(
      `        host while listing: ${Math.round(after.cpu - before.cpu)} ms of CPU, longest blocks ${longest(after, listed)}`,
    );
    console.log(`        host memory: ${megabytes(before.rss)} → ${megabytes(after.rss)} MB`);
    console.log(
      `        to the window: ${Math.round(traffic.bytes / 1024)} KB, and ${Math.round(traffic.lists / 1024)} KB of installed extensions`,
    );

    rmSync(join(home, 'probe-profile'), { force: true });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const profile = join(home, 'probe.cpuprofile');
    if (existsSync(profile)) writeFileSync(process.env['PROFILE'] ?? '', readFileSync(profile));

    // Rows in pages; the filter finds what no page was opened for.
    await open(page, row(/^Kustomizations, 4000/), row(/^object-00000 … object-/));
    await open(page, row(/^object-00000 … object-/), row(/^object-00000, team-00/));

    // The storm, with a page of 500 rows open. Two or three objects a second begin to fail or are well again; now and then it
    // is one whose row is seen, and has to say so.
    const label = await watchRow(page, 'object-00000, ');
    const listedHeap = await collected(home);
    await rest(home);
    traffic.bytes = 0;
    const begun = Date.now();
    const { cpu: calm, heap } = await figuresOf(home);
    let round = 0;
    /** @type {number[]} */
    const waits = [];
    let halfHeap = 0;
    storm = setInterval(() => {
      round += 1;
      for (let event = 0; event < perSecond / 20; event += 1) {
        const at = (round * 37 + event * 1009) % count;
        if (at > 0) server.put(oneOfMany(at, { round, isFailing: (round + event) % 40 === 0 }));
      }
    }, 50);
    while (Date.now() - begun < stormFor) {
      if (halfHeap === 0 && Date.now() - begun > stormFor / 2) halfHeap = await collected(home);
      await new Promise((resolve) => setTimeout(resolve, 1_300 + (waits.length % 10) * 37));
      for (const state of ['failed', 'ready']) {
        const said = Date.now();
        server.put(oneOfMany(0, { round, isFailing: state === 'failed' }));
        await row(new RegExp(`^object-00000, team-00, ${state}`)).waitFor();
        waits.push((await label.since(said, state)) - said);
      }
    }
    clearInterval(storm);
    const bytes = traffic.bytes;
    const stormed = await rest(home);
    const seconds = (Date.now() - begun) / 1000;
    waits.sort((a, b) => a - b);
    console.log(
      `        storm of ${perSecond} events a second for ${Math.round(seconds)} s: longest blocks ${longest(stormed, begun)}`,
    );
    console.log(
      `        host in the storm: ${((stormed.cpu - calm) / seconds / 10).toFixed(1)} % of a CPU, memory ${megabytes(stormed.rss)} MB, of which objects ${megabytes(heap)} → ${megabytes(stormed.heap)} MB`,
    );
    console.log(
      `        event → row: median ${waits[waits.length >> 1]}, 95 % within ${waits[Math.floor(waits.length * 0.95)]}, longest ${waits.at(-1)} ms, of ${waits.length}`,
    );
    const stormedHeap = await collected(home);
    console.log(
      `        objects after a collection: ${megabytes(empty)} MB before the list, ${megabytes(listedHeap)} after it, ${megabytes(halfHeap)} in the storm, ${megabytes(stormedHeap)} after it`,
    );
    console.log(`        to the window in the storm: ${(bytes / 1024 / seconds).toFixed(1)} KB/s`);
    await runCommand(page, 'Flux: Filter Objects…');
    await page.locator('.quick-input-widget', { hasText: 'Words that must all occur' }).waitFor();
    await page.keyboard.type('object-09998');
    await page.keyboard.press('Enter');
    await row(/^Helm Releases, 1$/).waitFor();
    await runCommand(page, 'Flux: Clear Filter of Objects');
    assert.ok(after.rss - before.rss < 150 * 1024 * 1024, 'memory of the host');
    assert.ok(stormedHeap - listedHeap < mostLeft * 1024 * 1024, 'memory that the storm leaves behind');
    assert.ok(after.cpu - before.cpu < 3_000, 'CPU of the host while listing');
    // On the wall others count, too: the API server, the browser and the scene itself share the processors.
    const blocks = stormed.blocks.filter(({ at, cpu }) => at >= listed && cpu > longestBlock);
    assert.deepEqual(blocks, [], 'blocks of the host');
    assert.ok((waits[Math.floor(waits.length * 0.95)] ?? 0) <= longestWait, 'event → row');
  } finally {
    clearInterval(storm);
    rmSync(join(home, '.kube'), { recursive: true, force: true });
    rmSync(join(home, 'probe-profile'), { force: true });
    await server.stop();
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Locator} row
 * @param {import('playwright-core').Locator} below
 */
async function open(page, row, below) {
  await actUntilSeen(below, async () => {
    await row.click();
    await page.keyboard.press('ArrowRight');
  });
}

/** Bytes that the server sends to the window, messages of the extension host among them. @param {import('playwright-core').Page} page */
async function countTraffic(page) {
  const traffic = { bytes: 0, lists: 0 };
  const session = await page.context().newCDPSession(page);
  // Also of connections that were made before: the window has made them all.
  session.on('Network.webSocketFrameReceived', ({ response: { opcode, payloadData } }) => {
    const bytes = opcode === 2 ? Math.round((payloadData.length * 3) / 4) : payloadData.length;
    // Once in a while the editor's server sends the manifests of all installed extensions, in pieces of 256 KiB.
    if (bytes >= wholePiece) traffic.lists += bytes;
    else traffic.bytes += bytes;
  });
  await session.send('Network.enable');
  return traffic;
}

/**
 * Keeps when the label of a row became another, as the page itself sees it.
 * @param {import('playwright-core').Page} page
 * @param {string} start how its label begins
 */
async function watchRow(page, start) {
  await page.evaluate((begin) => {
    /** @type {{ at: number, label: string }[]} */
    const seen = [];
    const look = () => {
      const label =
        document.querySelector(`[role="treeitem"][aria-label^="${begin}"]`)?.getAttribute('aria-label') ?? '';
      if (label !== '' && label !== seen.at(-1)?.label) seen.push({ at: Date.now(), label });
    };
    new MutationObserver(look).observe(document.body, {
      ...{ subtree: true, childList: true, attributes: true },
      attributeFilter: ['aria-label'],
    });
    Object.assign(globalThis, { seenOfRow: seen });
  }, start);
  return {
    /** When the row said a state, after a time. @param {number} time @param {string} state @returns {Promise<number>} */
    since: (time, state) =>
      page.evaluate(
        ([after, word]) => {
          /** @type {{ at: number, label: string }[]} */
          const seen = Reflect.get(globalThis, 'seenOfRow');
          return seen.find(({ at, label }) => at >= Number(after) && label.includes(`, ${word}`))?.at ?? Infinity;
        },
        [time, state],
      ),
  };
}

/** @param {string} home @returns {Promise<{ at: number, rss: number, heap: number, cpu: number, blocks: { at: number, long: number, cpu: number }[] }>} */
async function figuresOf(home) {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (existsSync(join(home, 'probe.json'))) return JSON.parse(readFileSync(join(home, 'probe.json'), 'utf8'));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the probe does not measure');
}

/** What a collection of garbage leaves in the host, in bytes. @param {string} home @returns {Promise<number>} */
async function collected(home) {
  const said = join(home, 'probe-heap.json');
  rmSync(said, { force: true });
  writeFileSync(join(home, 'probe-collect'), '');
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (existsSync(said)) return JSON.parse(readFileSync(said, 'utf8')).heap;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the probe does not collect');
}

/** Figures after the host had time to write them. @param {string} home */
async function rest(home) {
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  return figuresOf(home);
}

/**
 * The longest times in which the event loop stood still: on the wall, and by the processor time that its thread took in them.
 * @param {{ blocks: { at: number, long: number, cpu: number }[] }} figures
 * @param {number} since
 */
function longest({ blocks }, since) {
  const here = blocks.filter(({ at }) => at >= since);
  const worst = (/** @type {'long' | 'cpu'} */ by) =>
    [...here]
      .sort((a, b) => b[by] - a[by])
      .slice(0, 3)
      .map((block) => block[by]);
  const over = (/** @type {'long' | 'cpu'} */ by) => here.filter((block) => block[by] > longestBlock).length;
  return `${worst('long').join(', ')} ms on the wall (${over('long')} over 50), ${worst('cpu').join(', ')} ms of CPU (${over('cpu')} over 50)`;
}
