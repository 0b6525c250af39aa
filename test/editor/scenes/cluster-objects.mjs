// @ts-check
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startApiServer, writeKubeconfig } from '../api-server.mjs';
import { act, connect, notice } from '../cluster-steps.mjs';
import { actUntilSeen, eventually, runCommand, runUntilSeen } from '../steps.mjs';

export const title = 'live objects are shown, follow what happens, and can be suspended, resumed and reconciled';
export const file = 'clusters/home/apps.yaml';

const context = 'staging';
const production = 'eu-prod-1';

const revision = 'main@sha1:8c2f0b3d5a1e4f6789012345678901234567abcd';
const source = {
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'GitRepository',
  metadata: { name: 'own', namespace: 'flux-system', generation: 1 },
  spec: { interval: '10m', url: 'https://git.example/own' },
  status: {
    observedGeneration: 1,
    artifact: { revision },
    conditions: [{ type: 'Ready', status: 'True', reason: 'Succeeded', message: 'stored artifact' }],
  },
};

/** @param {'True' | 'False'} ready @param {string} reason @param {string} message */
function kustomization(ready, reason, message) {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'apps', namespace: 'flux-system', generation: 1 },
    spec: {
      interval: '10m',
      path: './apps',
      prune: true,
      wait: true,
      sourceRef: { kind: 'GitRepository', name: 'own' },
    },
    status: {
      observedGeneration: 1,
      lastAppliedRevision: revision,
      conditions: [
        {
          type: 'Ready',
          status: ready,
          reason,
          message,
          observedGeneration: 1,
          lastTransitionTime: '2026-01-01T00:00:00Z',
        },
      ],
      inventory: { entries: [{ id: 'podinfo_podinfo-settings__ConfigMap', v: 'v1' }] },
    },
  };
}

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, home }) {
  const server = await startApiServer();
  const kubeconfig = join(home, '.kube');
  try {
    await follow(page, home, server);
  } finally {
    rmSync(kubeconfig, { recursive: true, force: true });
    await server.stop();
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} home
 * @param {import('../../kube/support/api-server').ReplayedApiServer} server
 */
async function follow(page, home, server) {
  server.put(source);
  server.put(kustomization('True', 'ReconciliationSucceeded', 'Applied revision'));
  writeKubeconfig(home, server.url, [context, production]);
  await page.locator('.monaco-editor .squiggly-error').first().waitFor({ timeout: 60_000 });

  const welcome = page.locator('.welcome-view', { hasText: 'No cluster is connected.' });
  await runUntilSeen(page, 'Flux: Show Views', welcome);
  assert.equal(server.seen.length, 0, 'nothing is asked of a cluster before Connect');

  await connect(page, context);
  const tree = page.getByRole('tree', { name: 'Cluster Objects' });
  await tree.getByRole('treeitem', { name: new RegExp(`^${context}`) }).waitFor();
  const group = tree.getByRole('treeitem', { name: /^Kustomizations/ }).first();
  const row = (/** @type {RegExp} */ name) => tree.getByRole('treeitem', { name }).first();
  await actUntilSeen(row(/^apps, flux-system, ready/), async () => {
    await group.click();
    await page.keyboard.press('ArrowRight');
  });

  await actUntilSeen(row(/^podinfo-settings, ConfigMap, podinfo/), async () => {
    await row(/^apps, /).click();
    await page.keyboard.press('ArrowRight');
  });

  // A row leads to the line that declares its object.
  await row(/^podinfo-settings, ConfigMap, podinfo/).hover();
  await row(/^podinfo-settings, ConfigMap, podinfo/)
    .getByRole('button', { name: 'Open File' })
    .click();
  await page.locator('.tabs-container .tab.active', { hasText: 'configmap.yaml' }).waitFor();

  // An event of the cluster, and the badge with what fails.
  const begun = Date.now();
  server.put(kustomization('False', 'BuildFailed', 'kustomize build failed'));
  await row(/^apps, flux-system, failed, BuildFailed/).waitFor();
  console.log(`        the row changed ${Date.now() - begun} ms after the event`);
  await page.locator('.activitybar .badge-content', { hasText: '1' }).first().waitFor();
  server.put(kustomization('True', 'ReconciliationSucceeded', 'Applied revision'));
  await row(/^apps, flux-system, ready/).waitFor();

  await act(page, 'Flux: Suspend…', context);
  await page.locator('.quick-input-widget', { hasText: 'Why?' }).waitFor();
  await page.keyboard.type('maintenance');
  await page.keyboard.press('Enter');
  await row(/^apps, flux-system, suspended by anyone, maintenance/).waitFor();
  await act(page, 'Flux: Resume', context);
  await row(/^apps, flux-system, (ready|reconciling)/).waitFor();

  // Nobody answers yet: the row offers to cancel.
  await row(/^apps, /).hover();
  await row(/^apps, /)
    .getByRole('button', { name: 'Reconcile', exact: true })
    .click();
  const working = row(/^apps, .*, in progress$/);
  await working.hover();
  await working.getByRole('button', { name: 'Cancel', exact: true }).click();
  await row(/^apps, flux-system, (ready|reconciling)((?!in progress).)*$/).waitFor();

  // A controller that does what it is asked.
  server.controller = (object) => {
    const asked = object.metadata.annotations?.['reconcile.fluxcd.io/requestedAt'];
    const status = /** @type {Record<string, unknown>} */ (object['status'] ?? {});
    if (asked === undefined || status['lastHandledReconcileAt'] === asked) return undefined;
    const observedGeneration = object.metadata.generation;
    return { ...object, status: { ...status, observedGeneration, lastHandledReconcileAt: asked } };
  };
  await act(page, 'Flux: Reconcile', context);
  await notice(page, `Kustomization flux-system/apps in ${context} is reconciled.`);

  // A login that may not change anything is told so before anything is sent.
  server.allows = (_, verb) => verb !== 'patch';
  const patches = () => server.seen.filter(({ method }) => method === 'PATCH').length;
  const before = patches();
  await connect(page, production);
  await tree.getByRole('treeitem', { name: new RegExp(`^${production}`) }).waitFor();
  await act(page, 'Flux: Suspend…', production);
  await notice(page, `Your login in ${production} may not change Kustomization flux-system/apps`);
  server.allows = () => true;
  assert.equal(patches(), before);

  await runCommand(page, 'Flux: Disconnect from Cluster');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: production }).first().click();
  const gone = tree.getByRole('treeitem', { name: new RegExp(`^${production}`) });
  await eventually(async () => (await gone.count()) === 0, 'the row of a context that was disconnected stays');
  await row(/^apps, flux-system, ready/).waitFor();
}
