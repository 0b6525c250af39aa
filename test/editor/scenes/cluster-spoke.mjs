// @ts-check
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApiServer } from '../api-server.mjs';
import {
  answer,
  choose,
  chooseFromMenu,
  connect,
  editorShows,
  kustomization,
  notice,
  root,
  showViews,
  source,
} from '../cluster-steps.mjs';
import { actUntilSeen, eventually } from '../steps.mjs';

export const title = 'objects of another cluster are listed only, until its kubeconfig is bound to a context';
export const file = 'clusters/home/apps.yaml';

/** The same object in both clusters, in another state. @param {'True' | 'False'} ready @param {string} reason */
const release = (ready, reason) => ({
  apiVersion: 'helm.toolkit.fluxcd.io/v2',
  kind: 'HelmRelease',
  metadata: { name: 'web', namespace: 'web', generation: 1 },
  spec: { interval: '10m', chartRef: { kind: 'OCIRepository', name: 'web' } },
  status: { observedGeneration: 1, conditions: [{ type: 'Ready', status: ready, reason, message: reason }] },
});

/** @param {string} message */
const event = (message) => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: 'web.1', namespace: 'web' },
  involvedObject: { kind: 'HelmRelease', name: 'web', namespace: 'web', apiVersion: 'helm.toolkit.fluxcd.io/v2' },
  ...{ type: 'Normal', reason: 'Told', message, lastTimestamp: '2026-01-01T00:00:00Z' },
});

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, home }) {
  const [hub, spoke] = [await startApiServer(), await startApiServer()];
  try {
    hub.put(source);
    hub.put(root);
    const remote = kustomization('remote', './apps', [
      'podinfo_podinfo-settings__ConfigMap',
      'web_web_helm.toolkit.fluxcd.io_HelmRelease',
    ]);
    hub.put({ ...remote, spec: { ...remote.spec, kubeConfig: { secretRef: { name: 'spoke' } } } });
    hub.put(release('True', 'InstallSucceeded'));
    hub.put(event('of the hub'));
    spoke.put(release('False', 'InstallFailed'));
    spoke.put(event('of the spoke'));
    writeTwo(home, hub.url, spoke.url);
    await showViews(page);
    await connect(page, 'hub');
    await follow(page, hub, spoke);
  } finally {
    rmSync(join(home, '.kube'), { recursive: true, force: true });
    await hub.stop();
    await spoke.stop();
  }
}

/** @typedef {import('../../kube/support/api-server').ReplayedApiServer} Server */

/** Whether a server was asked for the events of the release: pointers over other rows ask, too. @param {Server} server */
const isAsked = (server) =>
  server.seen.some(({ query }) => query.get('fieldSelector')?.includes('involvedObject.name=web,') === true);

/** @param {import('playwright-core').Page} page @param {Server} hub @param {Server} spoke */
async function follow(page, hub, spoke) {
  const tree = page.getByRole('tree', { name: 'Cluster Objects' });
  const row = (/** @type {RegExp} */ name) => tree.getByRole('treeitem', { name }).first();
  const applier = row(/^remote, flux-system, .*applies to another cluster/);
  await actUntilSeen(applier, async () => {
    await row(/^Kustomizations/).click();
    await page.keyboard.press('ArrowRight');
  });

  // Listed from the inventory alone: the hub's object of that name says nothing about it.
  const listed = row(/^web, HelmRelease, web, in another cluster$/);
  await actUntilSeen(listed, async () => {
    await applier.click();
    await page.keyboard.press('ArrowRight');
  });
  await row(/^podinfo-settings, ConfigMap, podinfo, in another cluster$/).waitFor();
  await chooseFromMenu(page, listed, 'Show Events');
  await notice(page, 'lives in another cluster. Bind the Kustomization');
  assert.ok(!isAsked(hub), 'the hub is asked for what lives in the spoke');
  assert.equal(spoke.seen.length, 0, 'nothing reaches a cluster that nobody connected');

  await chooseFromMenu(page, applier, 'Bind Cluster to Context…');
  await choose(page, 'spoke');
  await answer(page, `Server: ${spoke.url}`, 'Bind');
  await connect(page, 'spoke');

  // The same object, now as the spoke has it.
  const child = row(/^web, HelmRelease, web, failed, InstallFailed/);
  await child.waitFor();
  await chooseFromMenu(page, child, 'Show Events');
  await editorShows(page, ['Events of HelmRelease web/web in spoke', 'of the spoke']);
  assert.deepEqual([isAsked(hub), isAsked(spoke)], [false, true]);

  // The hub's own is another row, in its own state.
  const own = row(/^web, web, (?!failed)/);
  await actUntilSeen(own, async () => {
    await row(/^Helm releases|^HelmReleases/i).click();
    await page.keyboard.press('ArrowRight');
  });
  hub.put({ ...release('True', 'UpgradeSucceeded'), status: { ...release('False', 'UpgradeFailed').status } });
  await row(/^web, web, failed, UpgradeFailed/).waitFor();
  await eventually(async () => (await child.count()) === 1, 'the row of the spoke follows the hub');
}

/** @param {string} home @param {string} hub @param {string} spoke */
function writeTwo(home, hub, spoke) {
  mkdirSync(join(home, '.kube'), { recursive: true });
  const named = ['hub', 'spoke'].map((name) => `  - { name: ${name}, context: { cluster: ${name}, user: me } }`);
  const lines = [
    'apiVersion: v1',
    'kind: Config',
    'clusters:',
    `  - { name: hub, cluster: { server: '${hub}' } }`,
    `  - { name: spoke, cluster: { server: '${spoke}' } }`,
    'users: [{ name: me, user: { token: only-for-this-scene } }]',
    ...['contexts:', ...named, ''],
  ];
  writeFileSync(join(home, '.kube', 'config'), lines.join('\n'));
}
