// @ts-check
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startApiServer, writeKubeconfig } from '../api-server.mjs';
import {
  chooseFromMenu,
  connect,
  editorShows,
  kustomization,
  notice,
  obey,
  objectRow,
  openRow,
  release,
  root,
  showViews,
  source,
  typeInto,
} from '../cluster-steps.mjs';
import { eventually, runUntilSeen } from '../steps.mjs';

export const title = 'objects are reconciled with their source, by force, with a reset, and many in order';
export const file = 'clusters/home/apps.yaml';

const context = 'staging';
const requested = 'reconcile.fluxcd.io/requestedAt';

/** @typedef {import('../../kube/support/api-server').ReplayedApiServer} Server */

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, home }) {
  const server = await startApiServer();
  try {
    server.put(source);
    server.put(root);
    const apps = kustomization('apps', './apps', []);
    server.put({ ...apps, spec: { ...apps.spec, dependsOn: [{ name: 'infra' }] } });
    server.put(kustomization('infra', './infra', []));
    server.put(release);
    obey(server);
    writeKubeconfig(home, server.url, [context]);
    await showViews(page);
    await connect(page, context);
    await withSource(page, server);
    await forced(page, server);
    await many(page, server);
  } finally {
    rmSync(join(home, '.kube'), { recursive: true, force: true });
    await server.stop();
  }
}

/** What was patched, in order: which object, and what was sent. @param {Server} server @param {number} from */
const patches = (server, from) =>
  server.seen
    .slice(from)
    .filter(({ method }) => method === 'PATCH')
    .map(({ path, body }) => ({ object: path.split('/').slice(-2).join('/'), sent: JSON.parse(body) }));

/** @param {import('playwright-core').Page} page @param {Server} server */
async function withSource(page, server) {
  const row = objectRow(page, /^apps, flux-system/);
  await openRow(page, objectRow(page, /^Kustomizations, 3/), row);
  const before = server.seen.length;
  await chooseFromMenu(page, row, 'Reconcile with Source');
  await notice(page, `Kustomization flux-system/apps in ${context} is reconciled.`);
  const sent = patches(server, before);
  assert.deepEqual(
    sent.map(({ object }) => object),
    ['gitrepositories/flux-system', 'kustomizations/apps'],
  );
  for (const { sent: body } of sent) assert.deepEqual(Object.keys(body.metadata.annotations), [requested]);
}

/** @param {import('playwright-core').Page} page @param {Server} server */
async function forced(page, server) {
  const row = objectRow(page, /^web, web/);
  await openRow(page, objectRow(page, /^Helm Releases, 1/), row);
  for (const [entry, annotation] of /** @type {const} */ ([
    ['Reconcile with Force', 'reconcile.fluxcd.io/forceAt'],
    ['Reconcile with Reset', 'reconcile.fluxcd.io/resetAt'],
  ])) {
    const before = server.seen.length;
    await chooseFromMenu(page, row, entry);
    await eventually(() => Promise.resolve(patches(server, before).length === 1), `${entry} sends nothing`);
    const [{ object, sent } = { object: '', sent: undefined }] = patches(server, before);
    assert.equal(object, 'helmreleases/web');
    const { annotations } = sent.metadata;
    assert.deepEqual(Object.keys(annotations).sort(), [requested, annotation].sort());
    assert.equal(annotations[annotation], annotations[requested], 'helm-controller acts on one and the same time only');
    await eventually(
      async () => !/in progress/.test((await row.getAttribute('aria-label')) ?? ''),
      `${entry} has no end`,
    );
  }
}

/** Runs a command on both Kustomizations, of which apps waits for infra. @param {import('playwright-core').Page} page @param {string} command */
async function both(page, command) {
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await runUntilSeen(page, command, rows.filter({ hasText: 'flux-system/infra' }).first());
  for (const name of ['apps', 'infra'])
    await rows
      .filter({ hasText: `flux-system/${name}` })
      .first()
      .click();
  await page.keyboard.press('Enter');
}

/** @param {Server} server @param {string} name */
const isSuspended = (server, name) => {
  const object = server.objects.get(`kustomize.toolkit.fluxcd.io/Kustomization/flux-system/${name}`);
  return /** @type {{ suspend?: boolean } | undefined} */ (object?.['spec'])?.suspend === true;
};

/** @param {import('playwright-core').Page} page @param {Server} server */
async function many(page, server) {
  const order = ['kustomizations/infra', 'kustomizations/apps'];
  const since = async (/** @type {number} */ from, /** @type {string} */ what) => {
    await eventually(() => Promise.resolve(patches(server, from).length === 2), what);
    const sent = patches(server, from);
    assert.deepEqual(
      sent.map(({ object }) => object),
      order,
      `${what}: what others wait for comes first`,
    );
    return sent;
  };
  let from = server.seen.length;
  await both(page, 'Flux: Reconcile Several Objects…');
  for (const { sent } of await since(from, 'two are not reconciled')) assert.ok(requested in sent.metadata.annotations);
  const checklist = ['[✓] Kustomization flux-system/infra', '[✓] Kustomization flux-system/apps', '2 of 2 done.'];
  await editorShows(page, [`Reconcile 2 objects in ${context}`, ...checklist]);

  from = server.seen.length;
  await both(page, 'Flux: Suspend Several Objects…');
  await typeInto(page, 'Why?', 'moving house');
  await since(from, 'two are not suspended');
  await objectRow(page, /^infra, flux-system, suspended by anyone, moving house/).waitFor();
  assert.ok(isSuspended(server, 'infra') && isSuspended(server, 'apps'));

  from = server.seen.length;
  await both(page, 'Flux: Resume Several Objects…');
  for (const { sent } of await since(from, 'two are not resumed')) assert.equal(sent.spec.suspend, null);
  await editorShows(page, [`Resume 2 objects in ${context}`, '2 of 2 done.']);
  await objectRow(page, /^infra, flux-system, (?!suspended)/).waitFor();
  assert.ok(!isSuspended(server, 'infra') && !isSuspended(server, 'apps'));
}
