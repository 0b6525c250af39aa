// @ts-check
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startApiServer, writeKubeconfig } from '../api-server.mjs';
import {
  chooseFromMenu,
  connect,
  kustomization,
  objectRow,
  openRow,
  release,
  root,
  showViews,
  source,
} from '../cluster-steps.mjs';
import { actUntilSeen, eventually, runCommand } from '../steps.mjs';

export const title = 'the filter finds objects by word and state, also those whose rows were never opened';
export const file = 'clusters/home/apps.yaml';

const context = 'staging';
/** @typedef {import('playwright-core').Page} Page */

const failing = {
  type: 'Ready',
  status: 'False',
  reason: 'BuildFailed',
  message: 'kustomize build failed',
  lastTransitionTime: '2026-01-01T00:00:00Z',
};
const named = (/** @type {number} */ at) => `many-${String(at).padStart(4, '0')}`;
/** One of more objects than a page has rows. @param {number} at @param {Record<string, unknown>} [status] @param {Record<string, unknown>} [spec] */
function many(at, status = {}, spec = {}) {
  const plain = kustomization(named(at), './apps', ['_podinfo__Namespace'], status);
  return { ...plain, spec: { ...plain.spec, ...spec } };
}
const broken = { conditions: [failing] };

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, home }) {
  const server = await startApiServer();
  try {
    server.put(source);
    server.put(root);
    for (let at = 0; at < 1_100; at += 1) server.put(many(at));
    server.put(many(700, broken));
    server.put(many(800, {}, { suspend: true }));
    server.put({
      ...release,
      status: { observedGeneration: 1, conditions: [{ ...failing, reason: 'InstallFailed' }] },
    });
    writeKubeconfig(home, server.url, [context]);
    await showViews(page);
    await connect(page, context);
    await follow(page, server);
  } finally {
    rmSync(join(home, '.kube'), { recursive: true, force: true });
    await server.stop();
  }
}

/** @param {Page} page @param {import('../../kube/support/api-server').ReplayedApiServer} server */
async function follow(page, server) {
  const row = (/** @type {RegExp} */ name) => objectRow(page, name);
  const isGone = (/** @type {RegExp} */ name) =>
    eventually(async () => (await row(name).count()) === 0, `a row ${name} is still there`);
  const header = page.locator('.pane-header', { hasText: 'Cluster Objects' });
  const all = row(/^Kustomizations, 1101, 1 failing$/);
  await all.waitFor();
  await row(/^Helm Releases, 1, 1 failing$/).waitFor();

  // No page was opened, and no group: both kinds have what fails, and nothing else.
  await filter(page, 'is:failing');
  await row(/^Kustomizations, 1, 1 failing$/).waitFor();
  await row(/^Helm Releases, 1, 1 failing$/).waitFor();
  await header.getByText('filter: is:failing').waitFor();
  await openRow(page, row(/^Kustomizations, 1, /), row(/^many-0700, flux-system, failed, BuildFailed/));
  // Who looks for something has found what it is about.
  await isGone(/^Root Causes/);

  // It follows what happens.
  server.put(many(1_050, broken));
  await row(/^many-1050, flux-system, failed/).waitFor();
  server.put(many(700));
  await isGone(/^many-0700/);
  await row(/^Kustomizations, 1, 1 failing$/).waitFor();

  // A word beside a state: both hold.
  await filter(page, 'is:failing web', 'is:failing');
  await row(/^Helm Releases, 1, 1 failing$/).waitFor();
  await isGone(/^Kustomizations/);

  // One of two states.
  await filter(page, 'is:suspended is:failing kustomization');
  await row(/^Kustomizations, 2, 1 failing$/).waitFor();
  await isGone(/^Helm Releases/);
  // The group went with the filter before, and comes closed.
  await openRow(page, row(/^Kustomizations, 2, /), row(/^many-0800, flux-system, suspended/));
  await row(/^many-1050, flux-system, failed/).waitFor();

  // A word alone, of an object that no page was opened for. It becomes a favorite, which a word finds, too.
  await filter(page, '-0999');
  await row(/^Kustomizations, 1$/).waitFor();
  await chooseFromMenu(page, row(/^many-0999, flux-system/), 'Add to Favorites');
  await row(/^Favorites, 1$/).waitFor();
  await filter(page, 'IS:Favorite');
  await row(/^Favorites, 1$/).waitFor();
  await row(/^Kustomizations, 1$/).waitFor();
  await row(/^many-0999, flux-system/).waitFor();

  // A state that nothing has leaves the context alone.
  await filter(page, 'is:stalled');
  await isGone(/^Kustomizations/);
  await row(new RegExp(`^${context}, 2 failing$`)).waitFor();

  await runCommand(page, 'Flux: Clear Filter of Objects');
  await all.waitFor();
  await row(/^Helm Releases, 1, 1 failing$/).waitFor();
  await row(/^Root Causes, 2, blocks 1$/).waitFor();
  await eventually(async () => !(await header.innerText()).includes('filter:'), 'the view still names a filter');
}

/**
 * Filters by a text. The box has the filter that is there.
 * @param {Page} page
 * @param {string} text
 * @param {string} [before]
 */
async function filter(page, text, before) {
  const box = page.locator('.quick-input-widget', { hasText: 'Words that must all occur' }).locator('input').first();
  await actUntilSeen(box, () => runCommand(page, 'Flux: Filter Objects…'));
  if (before !== undefined) assert.equal(await box.inputValue(), before);
  await box.fill(text);
  await page.keyboard.press('Enter');
}
