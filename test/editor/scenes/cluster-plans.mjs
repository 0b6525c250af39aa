// @ts-check
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApiServer, writeKubeconfig } from '../api-server.mjs';
import {
  act,
  answer,
  choose,
  connect,
  editorShows,
  kustomization,
  notice,
  obey,
  root,
  settings,
  showViews,
  source,
} from '../cluster-steps.mjs';
import { eventually, runCommand, runUntilSeen } from '../steps.mjs';

export const title = 'a chain, many objects at once, a freeze, its undoing and the way back, and a deletion';
export const file = 'clusters/home/apps.yaml';

const context = 'eu-prod-1';
const apps = 'Kustomization flux-system/apps';
// The one of the context, not the one at the cursor.
const live = new RegExp(`${apps}.*${context}`);
const good = '1'.repeat(40);

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, home }) {
  const server = await startApiServer();
  const machine = join(home, '..', 'data', 'Machine');
  try {
    server.put(source);
    const history = [{ lastReconciledStatus: 'ReconciliationSucceeded', metadata: { revision: `main@sha1:${good}` } }];
    server.put({ ...root, status: { ...root.status, history } });
    server.put(kustomization('apps', './apps', ['_podinfo__Namespace', 'podinfo_podinfo-settings__ConfigMap']));
    server.put(settings);
    obey(server);
    writeKubeconfig(home, server.url, [context]);
    await showViews(page);
    await connect(page, context);
    await reconcileFile(page, server);
    await chain(page, server);
    await many(page, server);
    await freeze(page, server);
    await back(page, server);
    await remove(page, server, machine);
  } finally {
    rmSync(join(home, '.kube'), { recursive: true, force: true });
    rmSync(machine, { recursive: true, force: true });
    await server.stop();
  }
}

/** A production context asks for its name. @param {import('playwright-core').Page} page */
async function typeName(page) {
  await page.locator('.quick-input-widget', { hasText: 'type its name to go on' }).waitFor();
  await page.keyboard.type(context);
  await page.keyboard.press('Enter');
}

/** @param {import('playwright-core').Page} page @param {string} reason */
async function giveReason(page, reason) {
  await page.locator('.quick-input-widget', { hasText: 'Why?' }).waitFor();
  await page.keyboard.type(reason);
  await page.keyboard.press('Enter');
}

/** @typedef {import('../../kube/support/api-server').ReplayedApiServer} Server */

/** Names of what was patched, in order. @param {Server} server @param {number} [from] */
const patched = (server, from = 0) =>
  server.seen
    .slice(from)
    .filter(({ method }) => method === 'PATCH')
    .map(({ path }) => path.split('/').slice(-2).join('/'));

/** All that the open file passes through, in the context that its cluster is bound to. @param {import('playwright-core').Page} page @param {Server} server */
async function reconcileFile(page, server) {
  await runCommand(page, 'Flux: Reconcile This File');
  await answer(page, 'No context is bound to cluster', 'Choose Context…');
  await choose(page, server.url);
  await answer(page, `Server: ${server.url}`, 'Bind');
  await typeName(page);
  await editorShows(page, [
    `Reconcile clusters/home/apps.yaml in ${context}`,
    '[✓] GitRepository flux-system/flux-system',
    `[✓] ${apps}`,
    '3 of 3 done.',
  ]);
  assert.deepEqual(patched(server), [
    'gitrepositories/flux-system',
    'kustomizations/flux-system',
    'kustomizations/apps',
  ]);
}

/** @param {import('playwright-core').Page} page @param {Server} server */
async function chain(page, server) {
  const before = server.seen.length;
  await act(page, 'Flux: Reconcile Chain from Source', live);
  await typeName(page);
  await editorShows(page, [
    '[✓] GitRepository flux-system/flux-system',
    '[✓] Kustomization flux-system/flux-system',
    `[✓] ${apps}`,
    '3 of 3 done.',
  ]);
  await eventually(() => Promise.resolve(patched(server, before).length === 3), 'three objects are asked');
  assert.deepEqual(patched(server, before), [
    'gitrepositories/flux-system',
    'kustomizations/flux-system',
    'kustomizations/apps',
  ]);
}

/** @param {Server} server @param {string} name */
const isSuspended = (server, name) => {
  const object = server.objects.get(`kustomize.toolkit.fluxcd.io/Kustomization/flux-system/${name}`);
  return /** @type {{ suspend?: boolean } | undefined} */ (object?.['spec'])?.suspend === true;
};

/** @param {import('playwright-core').Page} page @param {Server} server */
async function many(page, server) {
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: apps }).first();
  await runUntilSeen(page, 'Flux: Suspend Several Objects…', row);
  await row.click();
  await page.keyboard.press('Enter');
  await typeName(page);
  await giveReason(page, 'a look at it');
  await eventually(() => Promise.resolve(isSuspended(server, 'apps')), 'apps is not suspended');
  const noted = server.objects.get('kustomize.toolkit.fluxcd.io/Kustomization/flux-system/apps')?.metadata.annotations;
  assert.equal(noted?.['fluxwright.dev/suspend-reason'], 'a look at it');
  await runCommand(page, 'Flux: Undo Suspending or Resuming…');
  await choose(page, 'Resume 1');
  await typeName(page);
  await eventually(() => Promise.resolve(!isSuspended(server, 'apps')), 'apps is not resumed');
}

/** @param {import('playwright-core').Page} page @param {Server} server */
async function freeze(page, server) {
  await runCommand(page, 'Flux: Freeze Cluster…');
  // Two of the three kinds are left chosen.
  await choose(page, 'ImageUpdateAutomation');
  await page.keyboard.press('Enter');
  const dialog = page.locator('.monaco-dialog-box', { hasText: `Freeze ${context}: suspend 2 objects?` });
  await dialog.waitFor();
  await editorShows(page, ['Suspended, in this order:', 'Kustomization flux-system/flux-system', apps]);
  const before = server.seen.length;
  await answer(page, 'What runs goes on running', 'Freeze');
  await typeName(page);
  await giveReason(page, 'incident 7');
  await eventually(() => Promise.resolve(isSuspended(server, 'apps')), 'apps is not frozen');
  await notice(page, '2 of 2 done.');
  await runCommand(page, 'Flux: Verify Freeze…');
  await choose(page, 'incident 7');
  await editorShows(page, [`2 of 2 objects are suspended in ${context}: incident 7`]);
  assert.deepEqual(patched(server, before), ['kustomizations/flux-system', 'kustomizations/apps']);
  await runCommand(page, 'Flux: Unfreeze Cluster…');
  await choose(page, 'incident 7');
  await typeName(page);
  await eventually(
    () => Promise.resolve(!isSuspended(server, 'apps') && !isSuspended(server, 'flux-system')),
    'the freeze did not end',
  );
}

/** @param {import('playwright-core').Page} page @param {Server} server */
async function back(page, server) {
  const before = server.seen.length;
  await runCommand(page, 'Flux: Prepare Way Back…');
  await choose(page, good.slice(0, 12));
  await editorShows(page, [`git revert --no-edit ${good}..`, `commit: ${good}`]);
  assert.deepEqual(patched(server, before), [], 'a way back writes nothing');
}

/** @param {import('playwright-core').Page} page @param {Server} server @param {string} machine */
async function remove(page, server, machine) {
  await runCommand(page, 'Flux: Delete…');
  await notice(page, 'Deleting objects is off.');
  mkdirSync(machine, { recursive: true });
  writeFileSync(join(machine, 'settings.json'), JSON.stringify({ 'fluxwright.allowDelete': true }));
  const list = page
    .locator('.quick-input-list .monaco-list-row', { hasText: 'Kustomization flux-system/flux-system' })
    .first();
  await runUntilSeen(page, 'Flux: Delete…', list);
  await list.click();
  await answer(page, 'is the root sync of the cluster', 'OK');
  await act(page, 'Flux: Delete…', live);
  await typeName(page);
  const dialog = page.locator('.monaco-dialog-box', {
    hasText: 'kustomize-controller deletes what it applied: 2 objects.',
  });
  await dialog.waitFor();
  const said = await dialog.innerText();
  for (const text of [
    '1 Namespace: everything in them goes with them.',
    'ConfigMap podinfo/podinfo-settings',
    'Kustomization flux-system/flux-system applies it and makes it again',
  ]) {
    assert.ok(said.includes(text), `${text}\n${said}`);
  }
  assert.ok(!server.seen.some(({ method }) => method === 'DELETE'));
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await eventually(
    () => Promise.resolve(!server.objects.has('kustomize.toolkit.fluxcd.io/Kustomization/flux-system/apps')),
    'apps was not deleted',
  );
}
