// @ts-check
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApiServer, writeKubeconfig } from '../api-server.mjs';
import { connect } from '../cluster-steps.mjs';
import { actUntilSeen, runCommand } from '../steps.mjs';

export const title = 'ten thousand objects and a hundred events a second leave the window at work';
export const file = 'clusters/home/apps.yaml';
/** The extension of test/editor/probes/stopwatch measures. */
export const prepare = async (/** @type {string} */ folder) => writeFileSync(join(folder, '.stopwatch'), '');

const context = 'staging';
const count = 10_000;
const perSecond = 100;
const stormFor = 20_000;
const applied = 'main@sha1:8c2f0b3d5a1e4f6789012345678901234567abcd';

/** Of ten objects four are Kustomizations, four HelmReleases, one a HelmChart, and one a GitRepository. */
const kinds = ['Kustomization', 'HelmRelease', 'Kustomization', 'HelmRelease', 'HelmChart'].concat([
  'Kustomization',
  'HelmRelease',
  'Kustomization',
  'HelmRelease',
  'GitRepository',
]);
/** @type {Readonly<Record<string, string>>} */
const groups = {
  Kustomization: 'kustomize.toolkit.fluxcd.io/v1',
  HelmRelease: 'helm.toolkit.fluxcd.io/v2',
  HelmChart: 'source.toolkit.fluxcd.io/v1',
  GitRepository: 'source.toolkit.fluxcd.io/v1',
};

/** @param {number} at @param {number} [round] @param {boolean} [isFailing] */
function object(at, round = 0, isFailing = false) {
  const kind = kinds[at % 10] ?? 'Kustomization';
  const namespace = `team-${String(Math.floor(at / 10) % 50).padStart(2, '0')}`;
  const name = `object-${String(at).padStart(5, '0')}`;
  const entries = Array.from({ length: kind === 'Kustomization' ? 10 : 0 }, (_, number) => {
    return { id: `${namespace}_${name}-${number}_apps_Deployment`, v: 'v1' };
  });
  const condition = {
    ...{ type: 'Ready', status: isFailing ? 'False' : 'True', reason: isFailing ? 'BuildFailed' : 'Succeeded' },
    ...{
      message: `Applied revision, round ${round}`,
      observedGeneration: 1,
      lastTransitionTime: '2026-01-01T00:00:00Z',
    },
  };
  return {
    apiVersion: groups[kind] ?? '',
    kind,
    metadata: { name, namespace, generation: 1, labels: { team: namespace } },
    spec: {
      interval: '10m',
      wait: true,
      sourceRef: { kind: 'GitRepository', name: `object-${String(at - (at % 10) + 9).padStart(5, '0')}` },
    },
    status: {
      ...{ observedGeneration: 1, conditions: [condition] },
      ...(kind === 'GitRepository' ? { artifact: { revision: applied } } : { lastAppliedRevision: applied }),
      ...(entries.length > 0 ? { inventory: { entries } } : {}),
    },
  };
}

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, home }) {
  const server = await startApiServer();
  const traffic = await countTraffic(page);
  /** @type {NodeJS.Timeout | undefined} */
  let storm;
  try {
    for (let at = 0; at < count; at += 1) server.put(object(at));
    server.compact();
    writeKubeconfig(home, server.url, [context]);
    await page.locator('.monaco-editor .squiggly-error').first().waitFor({ timeout: 60_000 });
    await runCommand(page, 'Flux: Show Views');
    const before = await rest(home);

    // The list: from Connect until the last kind is there.
    if (process.env['PROFILE'] !== undefined) writeFileSync(join(home, 'probe-profile'), '');
    traffic.bytes = 0;
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
    console.log(`        to the window: ${Math.round(traffic.bytes / 1024)} KB`);

    rmSync(join(home, 'probe-profile'), { force: true });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const profile = join(home, 'probe.cpuprofile');
    if (existsSync(profile)) writeFileSync(process.env['PROFILE'] ?? '', readFileSync(profile));

    // Rows in pages; the filter finds what no page was opened for.
    await open(page, row(/^Kustomizations, 4000/), row(/^object-00000 … object-/));
    await open(page, row(/^object-00000 … object-/), row(/^object-00000, team-00/));

    // The storm, with a page of 500 rows open; now and then one of them fails, and its row has to say so.
    traffic.bytes = 0;
    const begun = Date.now();
    const calm = (await figuresOf(home)).cpu;
    let round = 0;
    /** @type {number[]} */
    const waits = [];
    storm = setInterval(() => {
      round += 1;
      for (let event = 0; event < perSecond / 20; event += 1)
        server.put(object((round * 37 + event * 1009) % count, round));
    }, 50);
    while (Date.now() - begun < stormFor) {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      const said = Date.now();
      server.put(object(0, round, true));
      await row(/^object-00000, team-00, failed/).waitFor();
      waits.push(Date.now() - said);
      server.put(object(0, round));
      await row(/^object-00000, team-00, ready/).waitFor();
    }
    clearInterval(storm);
    const stormed = await rest(home);
    const seconds = (Date.now() - begun) / 1000;
    waits.sort((a, b) => a - b);
    console.log(`        storm of ${perSecond} events a second: longest blocks ${longest(stormed, begun)},`);
    console.log(
      `        ${Math.round((stormed.cpu - calm) / seconds / 10)} % of a CPU, memory ${megabytes(stormed.rss)} MB`,
    );
    console.log(
      `        event → row: ${waits.map(String).join(', ')} ms; ${Math.round(traffic.bytes / 1024 / seconds)} KB/s to the window`,
    );
    await runCommand(page, 'Flux: Filter Objects…');
    await page.locator('.quick-input-widget', { hasText: 'Words that must all occur' }).waitFor();
    await page.keyboard.type('object-09998');
    await page.keyboard.press('Enter');
    await row(/^Helm Releases, 1$/).waitFor();
    await runCommand(page, 'Flux: Clear Filter of Objects');
    assert.ok(after.rss - before.rss < 150 * 1024 * 1024, 'memory of the host');
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
  const traffic = { bytes: 0 };
  const session = await page.context().newCDPSession(page);
  // Also of connections that were made before: the window has made them all.
  session.on('Network.webSocketFrameReceived', ({ response: { opcode, payloadData } }) => {
    traffic.bytes += opcode === 2 ? Math.round((payloadData.length * 3) / 4) : payloadData.length;
  });
  await session.send('Network.enable');
  return traffic;
}

/** @param {string} home @returns {Promise<{ at: number, rss: number, cpu: number, blocks: { at: number, long: number, cpu: number }[] }>} */
async function figuresOf(home) {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (existsSync(join(home, 'probe.json'))) return JSON.parse(readFileSync(join(home, 'probe.json'), 'utf8'));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the probe does not measure');
}

/** Figures after the host had time to write them. @param {string} home */
async function rest(home) {
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  return figuresOf(home);
}

/**
 * The longest times in which the event loop stood still, each with the CPU that the host took in it.
 * @param {{ blocks: { at: number, long: number, cpu: number }[] }} figures
 * @param {number} since
 */
function longest({ blocks }, since) {
  const here = blocks.filter(({ at }) => at >= since).sort((a, b) => b.long - a.long);
  const over = here.filter(({ long }) => long > 50).length;
  const worst = here.slice(0, 3).map(({ long, cpu }) => `${long} (CPU ${cpu})`);
  return `${worst.join(', ')} ms, ${over} over 50 ms`;
}
