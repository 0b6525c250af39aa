// @ts-check
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startApiServer, writeKubeconfig } from '../api-server.mjs';
import {
  act,
  answer,
  choose,
  connect,
  editorShows,
  editorText,
  kustomization,
  revision,
  root,
  settings,
  showViews,
  source,
} from '../cluster-steps.mjs';
import { eventually, runCommand } from '../steps.mjs';

export const title = 'events, controller log, history, export, trace and comparisons of live objects with Git';
export const file = 'clusters/home/apps.yaml';

const context = 'staging';

const line = {
  level: 'info',
  ts: '2026-01-01T00:00:00Z',
  msg: 'server-side apply completed',
  controllerKind: 'Kustomization',
  name: 'apps',
  namespace: 'flux-system',
};

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, home }) {
  const server = await startApiServer();
  try {
    fill(server);
    writeKubeconfig(home, server.url, [context]);
    await showViews(page);
    await connect(page, context);
    await read(page, server);
  } finally {
    rmSync(join(home, '.kube'), { recursive: true, force: true });
    await server.stop();
  }
}

/** @param {import('../../kube/support/api-server').ReplayedApiServer} server */
function fill(server) {
  server.put(source);
  server.put(root);
  const history = [
    { lastReconciledStatus: 'ReconciliationSucceeded', totalReconciliations: 7, metadata: { revision } },
  ];
  const inventory = ['_podinfo__Namespace', 'podinfo_podinfo-settings__ConfigMap'];
  server.put(kustomization('apps', './apps', inventory, { history }));
  server.put(settings);
  server.put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'kc-1', namespace: 'flux-system', labels: { app: 'kustomize-controller' } },
  });
  server.logs.set(
    'kc-1',
    [line, { ...line, name: 'others', msg: 'of another object' }].map((one) => JSON.stringify(one)).join('\n') + '\n',
  );
  server.put({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'apps.1', namespace: 'flux-system' },
    involvedObject: {
      kind: 'Kustomization',
      name: 'apps',
      namespace: 'flux-system',
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    },
    type: 'Warning',
    reason: 'BuildFailed',
    message: 'accumulating resources failed',
    count: 3,
    lastTimestamp: '2026-01-01T00:00:00Z',
  });
}

/** @param {import('playwright-core').Page} page @param {string} name */
async function closeEditor(page, name) {
  const tab = page.locator('.tabs-container .tab', { hasText: name }).first();
  await tab.click({ button: 'middle' });
  await tab.waitFor({ state: 'detached' });
}

/**
 * @param {import('playwright-core').Page} page
 * @param {import('../../kube/support/api-server').ReplayedApiServer} server
 */
async function read(page, server) {
  const apps = 'Kustomization flux-system/apps';
  // The one of the context, not the one at the cursor.
  const live = new RegExp(`${apps}.*${context}`);

  await act(page, 'Flux: Show Events', live);
  await editorShows(page, [
    `Events of ${apps} in ${context}`,
    'Warning  BuildFailed  3 times',
    'accumulating resources failed',
  ]);

  await act(page, 'Flux: Show Controller Log', live);
  await editorShows(page, ['INFO kustomize-controller server-side apply completed']);
  assert.ok(!(await editorText(page)).includes('of another object'));
  // Lines come as they are written, and the stream ends with the editor.
  await eventually(() => Promise.resolve(server.followersOf('kc-1') === 1), 'nobody follows the log');
  server.writeLog('kc-1', `${JSON.stringify({ ...line, ts: '2026-01-01T00:00:01Z', msg: 'written just now' })}\n`);
  await editorShows(page, ['INFO kustomize-controller written just now', 'and as they are written']);
  await closeEditor(page, 'apps.log');
  await eventually(() => Promise.resolve(server.followersOf('kc-1') === 0), 'a log that nobody sees is still followed');
  // Stopped by hand the text stays.
  await act(page, 'Flux: Show Controller Log', live);
  await eventually(() => Promise.resolve(server.followersOf('kc-1') === 1), 'nobody follows the log');
  await page.getByRole('button', { name: 'Stop Following' }).first().click();
  await editorShows(page, ['no longer followed']);
  await eventually(() => Promise.resolve(server.followersOf('kc-1') === 0), 'a stopped log is still followed');

  await act(page, 'Flux: Show History', live);
  await editorShows(page, [`History of ${apps} in ${context}`, `ReconciliationSucceeded: ${revision}`]);

  await act(page, 'Flux: Export YAML', live);
  await editorShows(page, ['kind: Kustomization', 'path: ./apps']);
  assert.ok(!/status:|resourceVersion|managedFields/.test(await editorText(page)));

  // The trace ends at the line of the file that declares the object.
  await act(page, 'Flux: Trace to Source and File…', live);
  await page
    .locator('.quick-input-list .monaco-list-row', { hasText: 'GitRepository flux-system/flux-system' })
    .first()
    .waitFor();
  await choose(page, 'clusters/home/apps.yaml:');
  await page.locator('.tabs-container .tab.active', { hasText: 'apps.yaml' }).waitFor();

  // The cluster of the repository is not bound yet, so it is asked for, with the server's address.
  await act(page, 'Flux: Compare with Git', live);
  await answer(page, 'No context is bound to cluster', 'Choose Context…');
  await choose(page, server.url);
  await answer(page, `Server: ${server.url}`, 'Bind');
  await page.locator('.tabs-container .tab.active', { hasText: `Kustomization apps: ${context} ↔ Git` }).waitFor();
  await editorShows(page, ['retryIntervall: 1m']);
  await page.locator('.monaco-diff-editor .line-insert, .monaco-diff-editor .char-insert').first().waitFor();

  // All that it applies, side by side in one editor: the cluster has none of it.
  await act(page, 'Flux: Compare All with Git…', live);
  await page.locator('.tabs-container .tab.active', { hasText: `${apps}: ${context} ↔ Git` }).waitFor();
  await page.locator('.multiDiffEntry', { hasText: 'The cluster does not have it yet.' }).first().waitFor();

  // All that a file renders to, from that file.
  await act(page, 'Flux: Trace to Source and File…', live);
  await choose(page, 'clusters/home/apps.yaml:');
  await page.locator('.tabs-container .tab.active', { hasText: 'apps.yaml' }).waitFor();
  await runCommand(page, 'Flux: Compare All with Git…');
  await choose(page, 'clusters/home/apps.yaml', 'Compare All with Git');
  await page.locator('.tabs-container .tab.active', { hasText: `clusters/home/apps.yaml: ${context} ↔ Git` }).waitFor();
  await page.locator('.multiDiffEntry', { hasText: 'retryIntervall' }).first().waitFor();
  assert.ok(
    server.seen.every(({ method, query }) => method !== 'PATCH' || query.get('dryRun') === 'All'),
    'a comparison writes nothing',
  );
}
