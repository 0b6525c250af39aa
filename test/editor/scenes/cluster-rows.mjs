// @ts-check
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startApiServer, writeKubeconfig } from '../api-server.mjs';
import {
  answer,
  choose,
  chooseFromMenu,
  connect,
  kustomization,
  notice,
  objectRow,
  openRow,
  release,
  root,
  showViews,
  source,
  typeInto,
} from '../cluster-steps.mjs';
import { actUntilSeen, eventually, runCommand } from '../steps.mjs';

export const title =
  'rows are grouped, filtered, favored, searched, and found from the line that declares their object';
export const file = 'clusters/home/apps.yaml';

const context = 'staging';
const apps = kustomization('apps', './apps', []);

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, home }) {
  const server = await startApiServer();
  try {
    server.put(source);
    server.put(root);
    server.put(kustomization('infra', './infra', []));
    server.put({ ...apps, spec: { ...apps.spec, dependsOn: [{ name: 'infra' }] } });
    server.put(release);
    writeKubeconfig(home, server.url, [context]);
    await showViews(page);
    await connect(page, context);
    await group(page);
    await favor(page, server);
    await find(page, server.url);
  } finally {
    rmSync(join(home, '.kube'), { recursive: true, force: true });
    await server.stop();
  }
}

/** How far a row stands in. @param {import('playwright-core').Locator} row */
const levelOf = async (row) => Number(await row.getAttribute('aria-level'));

/** @param {import('playwright-core').Page} page */
async function group(page) {
  const row = (/** @type {RegExp} */ name) => objectRow(page, name);
  const isGone = (/** @type {RegExp} */ name) =>
    eventually(async () => (await row(name).count()) === 0, `a row ${name} is still there`);
  await row(/^Kustomizations, 3/).waitFor();
  await row(/^Helm Releases, 1/).waitFor();

  await runCommand(page, 'Flux: Group Objects by Namespace');
  await row(/^flux-system, 3/).waitFor();
  await isGone(/^Kustomizations/);
  await openRow(page, row(/^web, 1/), row(/^web, HelmRelease, (?!web)/));

  // Under what it waits for, and there alone.
  await runCommand(page, 'Flux: Group Objects by Dependency');
  const infra = row(/^infra, Kustomization, flux-system/);
  await infra.waitFor();
  const waiting = row(/^apps, Kustomization, flux-system/);
  assert.equal(await waiting.count(), 0, 'what waits for another stands beside it');
  await openRow(page, infra, waiting);
  assert.equal(await levelOf(waiting), (await levelOf(infra)) + 1);

  await runCommand(page, 'Flux: Filter Objects…');
  await typeInto(page, 'Words that must all occur', 'web helmrelease');
  await isGone(/^infra, /);
  await row(/^web, HelmRelease, web/).waitFor();
  await page.locator('.pane-header', { hasText: 'Cluster Objects' }).getByText('filter: web helmrelease').waitFor();
  await runCommand(page, 'Flux: Clear Filter of Objects');
  await infra.waitFor();

  await runCommand(page, 'Flux: Group Objects by Kind');
  await row(/^Kustomizations, 3/).waitFor();
  await isGone(/^infra, Kustomization/);
}

/** @param {import('playwright-core').Page} page @param {import('../../kube/support/api-server').ReplayedApiServer} server */
async function favor(page, server) {
  const row = (/** @type {RegExp} */ name) => objectRow(page, name);
  const ordinary = row(/^apps, flux-system/);
  await openRow(page, row(/^Kustomizations, 3/), ordinary);
  await chooseFromMenu(page, ordinary, 'Add to Favorites');
  const favorite = row(/^apps, Kustomization, flux-system/);
  await openRow(page, row(/^Favorites, 1/), favorite);

  // It stands twice, and both rows follow what happens.
  server.put({ ...apps, spec: { ...apps.spec, suspend: true } });
  await row(/^apps, Kustomization, flux-system, suspended/).waitFor();
  await row(/^apps, flux-system, suspended/).waitFor();
  server.put(apps);
  await row(/^apps, flux-system, (?!suspended)/).waitFor();

  await chooseFromMenu(page, favorite, 'Remove from Favorites');
  await eventually(async () => (await row(/^Favorites/).count()) === 0, 'a group without favorites stays');
  await row(/^Kustomizations, 3/).waitFor();
}

/** @param {import('playwright-core').Page} page @param {string} url */
async function find(page, url) {
  const tree = page.getByRole('tree', { name: 'Cluster Objects' });
  const isSelected = (/** @type {string} */ label) =>
    tree.locator(`.monaco-list-row.selected[aria-label^="${label}"]`).waitFor();
  // No row of its group was opened before.
  const found = page.locator('.quick-input-list .monaco-list-row', { hasText: 'HelmRelease web/web' });
  await actUntilSeen(found, async () => {
    await runCommand(page, 'Flux: Search Cluster Objects…');
    await page.locator('.quick-input-widget input').fill('web helm');
  });
  await found.click();
  await isSelected('web, web, ');

  // A line is that of an object once its cluster is bound, as from the row of the cluster.
  await page.locator('.monaco-editor .view-line', { hasText: 'prune' }).first().click();
  await runCommand(page, 'Flux: Reveal in Cluster Objects');
  await notice(page, 'No object of a connected cluster is declared here.');
  const cluster = page
    .getByRole('tree', { name: 'Clusters', exact: true })
    .getByRole('treeitem', { name: /^Cluster clusters\/home/ });
  await chooseFromMenu(page, cluster, 'Bind Cluster to Context…');
  await choose(page, context, 'Which Context Is Cluster');
  await answer(page, `Server: ${url}`, 'Bind');
  await page
    .locator('.codelens-decoration', { hasText: `${context}: ` })
    .first()
    .waitFor();
  await page.locator('.monaco-editor .view-line', { hasText: 'prune' }).first().click();
  await runCommand(page, 'Flux: Reveal in Cluster Objects');
  await isSelected('apps, flux-system, ');
}
