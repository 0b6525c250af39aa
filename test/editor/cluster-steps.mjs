// @ts-check
// Steps of scenes with a cluster, and the objects of the cluster that test/editor/repository describes.
import { actUntilSeen, eventually, runCommand, runUntilSeen } from './steps.mjs';

export const revision = 'main@sha1:8c2f0b3d5a1e4f6789012345678901234567abcd';
const namespace = 'flux-system';
const ready = (message = 'Applied revision') => [
  { type: 'Ready', status: 'True', reason: 'Succeeded', message, lastTransitionTime: '2026-01-01T00:00:00Z' },
];

export const source = {
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'GitRepository',
  metadata: { name: namespace, namespace, generation: 1 },
  spec: { interval: '5m', url: 'ssh://git@git.example.com/home/cluster.git', ref: { branch: 'main' } },
  status: { observedGeneration: 1, artifact: { revision }, conditions: ready('stored artifact') },
};

/**
 * A Kustomization as its controller left it.
 * @param {string} name
 * @param {string} path
 * @param {readonly string[]} inventory
 * @param {Record<string, unknown>} [status]
 */
export function kustomization(name, path, inventory, status = {}) {
  const labels = { 'kustomize.toolkit.fluxcd.io/name': namespace, 'kustomize.toolkit.fluxcd.io/namespace': namespace };
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace, generation: 1, labels, creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: { interval: '10m', path, prune: true, sourceRef: { kind: 'GitRepository', name: namespace } },
    status: {
      observedGeneration: 1,
      lastAppliedRevision: revision,
      lastAttemptedRevision: revision,
      conditions: ready(),
      inventory: { entries: inventory.map((id) => ({ id, v: 'v1' })) },
      ...status,
    },
  };
}

/** The root, and what it applies. */
export const root = kustomization(namespace, './clusters/home', [
  'flux-system_flux-system_kustomize.toolkit.fluxcd.io_Kustomization',
  'flux-system_flux-system_source.toolkit.fluxcd.io_GitRepository',
  'flux-system_apps_kustomize.toolkit.fluxcd.io_Kustomization',
]);

export const settings = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'podinfo-settings',
    namespace: 'podinfo',
    labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': namespace },
  },
  data: { color: 'green' },
};

/** A release whose chart is an artifact of a registry. */
export const release = {
  apiVersion: 'helm.toolkit.fluxcd.io/v2',
  kind: 'HelmRelease',
  metadata: { name: 'web', namespace: 'web', generation: 1 },
  spec: { interval: '10m', chartRef: { kind: 'OCIRepository', name: 'web' } },
  status: { observedGeneration: 1, conditions: ready('Helm install succeeded') },
};

/**
 * A controller that does what it is asked.
 * @param {import('../kube/support/api-server').ReplayedApiServer} server
 */
export function obey(server) {
  server.controller = (object) => {
    const asked = object.metadata.annotations?.['reconcile.fluxcd.io/requestedAt'];
    const status = /** @type {Record<string, unknown>} */ (object['status'] ?? {});
    if (asked === undefined || status['lastHandledReconcileAt'] === asked) return undefined;
    const observedGeneration = object.metadata.generation;
    return { ...object, status: { ...status, observedGeneration, lastHandledReconcileAt: asked } };
  };
}

/** Shows the views of a window that is connected to nothing. @param {import('playwright-core').Page} page */
export async function showViews(page) {
  await page.locator('.monaco-editor .squiggly-error').first().waitFor({ timeout: 60_000 });
  const welcome = page.locator('.welcome-view', { hasText: 'No cluster is connected.' });
  await runUntilSeen(page, 'Flux: Show Views', welcome);
}

/** @param {import('playwright-core').Page} page @param {string} name */
export async function connect(page, name) {
  await runCommand(page, 'Flux: Connect to Cluster…');
  await choose(page, name);
  await page
    .getByRole('tree', { name: 'Cluster Objects' })
    .getByRole('treeitem', { name: new RegExp(`^${name}`) })
    .waitFor();
}

/** A row of the tree of live objects, by how its label begins. @param {import('playwright-core').Page} page @param {RegExp} name */
export const objectRow = (page, name) =>
  page.getByRole('tree', { name: 'Cluster Objects' }).getByRole('treeitem', { name }).first();

/**
 * Opens a row of a tree until one below it shows.
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Locator} row
 * @param {import('playwright-core').Locator} below
 */
export async function openRow(page, row, below) {
  await actUntilSeen(below, async () => {
    await row.click({ timeout: 2_000 });
    await page.keyboard.press('ArrowRight');
  });
}

/**
 * Types into the box that asks for a text, and sends it.
 * @param {import('playwright-core').Page} page
 * @param {string} asked what the box says
 * @param {string} text
 */
export async function typeInto(page, asked, text) {
  await page.locator('.quick-input-widget', { hasText: asked }).waitFor();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/**
 * Chooses a row of the list that is open.
 * @param {import('playwright-core').Page} page
 * @param {string | RegExp} text
 * @param {string} [title] of the list, where another may still be open that has such a row, too
 */
export async function choose(page, text, title = '') {
  const list = page.locator('.quick-input-widget', { hasText: title });
  await list.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click();
}

/**
 * Chooses from the menu of a row. By the pointer and a key: in its first tenth of a second a menu takes no click.
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Locator} row
 * @param {string} entry
 */
export async function chooseFromMenu(page, row, entry) {
  const item = page.getByRole('menuitem', { name: entry, exact: true });
  for (let attempt = 1; ; attempt += 1) {
    await actUntilSeen(item, async () => {
      await page.keyboard.press('Escape');
      await row.click({ button: 'right' });
    });
    try {
      await item.hover({ timeout: 2_000 });
      await page.keyboard.press('Enter');
      await item.waitFor({ state: 'detached', timeout: 2_000 });
      return;
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}

/**
 * Answers a dialog that has the text.
 * @param {import('playwright-core').Page} page
 * @param {string | RegExp} text
 * @param {string} button
 */
export async function answer(page, text, button) {
  const dialog = page.locator('.monaco-dialog-box', { hasText: text });
  await dialog.waitFor();
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/**
 * Waits until a notification says something. The workbench shows three at a time for a few seconds, and the key Escape of
 * another step hides them all; then they are looked for where it keeps them.
 * @param {import('playwright-core').Page} page
 * @param {string} text
 */
export async function notice(page, text) {
  const message = page.locator('.notification-list-item-message', { hasText: text }).first();
  const isShown = await message.waitFor({ timeout: 5_000 }).then(
    () => true,
    () => false,
  );
  if (isShown) return;
  await runCommand(page, 'Notifications: Show Notifications');
  await message.waitFor({ timeout: 5_000 }).catch(async () => {
    const others = await page.locator('.notification-list-item-message').allInnerTexts();
    throw new Error(`no notification says: ${text}\nbut: ${others.join('\n')}`);
  });
  await page.keyboard.press('Escape');
}

/**
 * Waits until an editor shows all texts.
 * @param {import('playwright-core').Page} page
 * @param {readonly string[]} texts
 */
export async function editorShows(page, texts) {
  for (const text of texts) {
    await eventually(async () => (await editorText(page)).includes(text), `no editor shows: ${text}`);
  }
}

/** All text that editors show now. @param {import('playwright-core').Page} page */
export async function editorText(page) {
  const parts = await page.locator('.monaco-editor .view-lines').allInnerTexts();
  return parts.join('\n').replaceAll('\u00a0', ' ');
}

/** Runs a command and chooses an object for it. @param {import('playwright-core').Page} page @param {string} command @param {string | RegExp} object */
export async function act(page, command, object) {
  const list = page.locator('.quick-input-list .monaco-list-row', { hasText: object }).first();
  await runUntilSeen(page, command, list);
  await list.click();
}
