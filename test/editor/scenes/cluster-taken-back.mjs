// @ts-check
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  root,
  showViews,
  source,
} from '../cluster-steps.mjs';
import { eventually, runCommand, runUntilSeen } from '../steps.mjs';

export const title = 'suspending and resuming say what Git takes back';
export const file = 'clusters/home/apps.yaml';

const context = 'staging';
const by = 'Kustomization flux-system/flux-system';
const resumed = `${by} sets spec.suspend to false for Kustomization flux-system/apps. It resumes it with its next apply.`;
const suspended = `${by} sets spec.suspend to true for Kustomization flux-system/backup. It suspends it again with its next apply.`;

/** Of three Kustomizations one is never suspended in Git, one always is, and one is what anybody makes it. */
export const prepare = async (/** @type {string} */ folder) => {
  const place = join(folder, 'clusters', 'home');
  const apps = readFileSync(join(place, 'apps.yaml'), 'utf8');
  const named = (/** @type {string} */ name) => apps.replace('name: apps', `name: ${name}`);
  writeFileSync(join(place, 'apps.yaml'), `${apps.trimEnd()}\n  suspend: false\n`);
  writeFileSync(join(place, 'backup.yaml'), `${named('backup').trimEnd()}\n  suspend: true\n`);
  writeFileSync(join(place, 'infra.yaml'), named('infra'));
};

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, home }) {
  const server = await startApiServer();
  try {
    server.put(source);
    const names = ['flux-system', 'apps', 'backup', 'infra'];
    const entries = names.map((name) => ({
      id: `flux-system_${name}_kustomize.toolkit.fluxcd.io_Kustomization`,
      v: 'v1',
    }));
    server.put({ ...root, status: { ...root.status, inventory: { entries } } });
    for (const name of ['apps', 'backup', 'infra']) {
      const object = kustomization(name, './apps', ['_podinfo__Namespace']);
      server.put({ ...object, spec: { ...object.spec, suspend: name === 'backup' } });
    }
    writeKubeconfig(home, server.url, [context]);
    await showViews(page);
    await connect(page, context);
    await runCommand(page, 'Flux: Bind Cluster to Context…');
    await choose(page, 'clusters/home', 'Bind Which Cluster?');
    await choose(page, context, 'Which Context Is Cluster');
    await answer(page, `Server: ${server.url}`, 'Bind');
    await openRow(page, objectRow(page, /^Kustomizations, 4/), objectRow(page, /^apps, flux-system/));
    await suspend(page, server);
    await resume(page, server);
  } finally {
    rmSync(join(home, '.kube'), { recursive: true, force: true });
    await server.stop();
  }
}

/** @typedef {import('../../kube/support/api-server').ReplayedApiServer} Server */
/** @typedef {import('playwright-core').Page} Page */

/** What was suspended and resumed, in order. @param {Server} server */
const writes = (server) =>
  server.seen.flatMap(({ method, path, body }) =>
    method === 'PATCH' ? [`${path.split('/').at(-1)} ${JSON.stringify(JSON.parse(body).spec.suspend)}`] : [],
  );

/** What the box says that asks for a reason. @param {Page} page */
async function asked(page) {
  const box = page.locator('.quick-input-widget', { hasText: 'Why?' });
  await box.waitFor();
  return { box, text: (await box.innerText()).replaceAll('\u00a0', ' ') };
}

/** @param {Page} page @param {Server} server */
async function suspend(page, server) {
  // Before anything is done; who gives up then has done nothing.
  await chooseFromMenu(page, objectRow(page, /^apps, flux-system/), 'Suspend…');
  const first = await asked(page);
  assert.ok(first.text.includes(resumed), first.text);
  await page.keyboard.press('Escape');
  await first.box.waitFor({ state: 'hidden' });

  await chooseFromMenu(page, objectRow(page, /^infra, flux-system/), 'Suspend…');
  const second = await asked(page);
  assert.ok(!second.text.includes('spec.suspend'), second.text);
  await page.keyboard.type('moving house');
  await page.keyboard.press('Enter');
  await objectRow(page, /^infra, flux-system, suspended by anyone, moving house/).waitFor();
  assert.deepEqual(writes(server), ['infra true']);

  // Many at once: only of those that do not stay suspended.
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await runUntilSeen(page, 'Flux: Suspend Several Objects…', rows.filter({ hasText: 'flux-system/apps' }).first());
  await rows.filter({ hasText: 'flux-system/apps' }).first().click();
  await page.keyboard.press('Enter');
  const third = await asked(page);
  assert.ok(third.text.includes(resumed), third.text);
  await page.keyboard.press('Enter');
  await objectRow(page, /^apps, flux-system, suspended by anyone/).waitFor();
  assert.deepEqual(writes(server), ['infra true', 'apps true']);
}

/** @param {Page} page @param {Server} server */
async function resume(page, server) {
  await chooseFromMenu(page, objectRow(page, /^backup, flux-system, suspended/), 'Resume');
  await notice(page, `Kustomization flux-system/backup in ${context} is resumed. ${suspended}`);
  await chooseFromMenu(page, objectRow(page, /^infra, flux-system, suspended/), 'Resume');
  await notice(page, `Kustomization flux-system/infra in ${context} is resumed.`);
  const told = await page.locator('.notification-list-item-message').allInnerTexts();
  assert.ok(
    told.every((text) => !text.includes('infra') || !text.includes('spec.suspend')),
    told.join('\n'),
  );
  assert.deepEqual(writes(server).slice(2), ['backup null', 'infra null']);

  // The list of many says it, too. What Git did meanwhile is not undone by a notice.
  server.put({ ...kustomization('backup', './apps', ['_podinfo__Namespace']), spec: { suspend: true } });
  await objectRow(page, /^backup, flux-system, suspended/).waitFor();
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await runUntilSeen(page, 'Flux: Resume Several Objects…', rows.filter({ hasText: 'flux-system/backup' }).first());
  await rows.filter({ hasText: 'flux-system/backup' }).first().click();
  await page.keyboard.press('Enter');
  await notice(page, `Resume 1 object in ${context}: 1 of 1 done. ${suspended}`);
  await eventually(() => Promise.resolve(writes(server).at(-1) === 'backup null'), 'nothing is resumed');
}
