// @ts-check
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApiServer, writeKubeconfig } from '../api-server.mjs';
import { connect, kustomization, objectRow, openRow, root, showViews, source } from '../cluster-steps.mjs';
import { actUntilSeen, eventually } from '../steps.mjs';

export const title = 'one failure that blocks many stands on top of its context, and a Canary follows its phase';
export const file = 'clusters/home/apps.yaml';

const context = 'staging';
const declared = (/** @type {string} */ name) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`;

export const prepare = async (/** @type {string} */ folder) =>
  writeFileSync(join(folder, 'clusters', 'home', 'infra.yaml'), declared('infra'));

/** @typedef {import('../../kube/support/api-server').ReplayedApiServer} Server */
/** @typedef {import('playwright-core').Page} Page */

/** @param {string} status @param {string} reason @param {string} [message] */
const condition = (status, reason, message = reason) => ({
  conditions: [{ type: 'Ready', status, reason, message, lastTransitionTime: '2026-01-01T00:00:00Z' }],
});
const well = condition('True', 'ReconciliationSucceeded');
const broken = condition('False', 'BuildFailed', 'kustomize build failed');

/** @param {string} name @param {Record<string, unknown>} status @param {readonly string[]} [needs] */
function applier(name, status, needs = []) {
  const plain = kustomization(name, './apps', [`_${name}__Namespace`], status);
  return { ...plain, spec: { ...plain.spec, dependsOn: needs.map((other) => ({ name: other })) } };
}

/** One that waits for infra, or for what its place in the list says. @param {string} name */
const waiting = (name, needs = ['infra']) =>
  applier(name, condition('False', 'DependencyNotReady', `dependency '${needs[0]}' is not ready`), needs);

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, home }) {
  const server = await startApiServer();
  try {
    server.put(source);
    server.put(root);
    server.put(applier('infra', broken));
    for (const name of ['apps', 'backup', 'web']) server.put(waiting(name));
    server.put(canary('Progressing', { canaryWeight: 20, failedChecks: 1 }));
    writeKubeconfig(home, server.url, [context]);
    await showViews(page);
    await connect(page, context);
    await causes(page, server);
    await delivery(page, server);
  } finally {
    rmSync(join(home, '.kube'), { recursive: true, force: true });
    await server.stop();
  }
}

/** Labels of the rows one step below a context, from above. @param {Page} page */
async function topLabels(page) {
  const rows = page.getByRole('tree', { name: 'Cluster Objects' }).locator('[role="treeitem"][aria-level="2"]');
  const found = await rows.evaluateAll((all) =>
    all.map((row) => ({ at: Number(row.getAttribute('data-index')), label: row.getAttribute('aria-label') ?? '' })),
  );
  return found.sort((a, b) => a.at - b.at).map(({ label }) => label);
}

/** @param {Page} page @param {Server} server */
async function causes(page, server) {
  const row = (/** @type {RegExp} */ name) => objectRow(page, name);
  const group = row(/^Root Causes, 1, blocks 3$/);
  await group.waitFor();
  const [first = ''] = await topLabels(page);
  assert.match(first, /^Root Causes/, 'something stands above what fails first');

  const cause = row(/^infra, Kustomization, flux-system, failed, BuildFailed, blocks 3$/);
  await openRow(page, group, cause);
  const blocked = (/** @type {string} */ name) =>
    row(new RegExp(`^${name}, Kustomization, flux-system, waiting, because of Kustomization flux-system/infra$`));
  await openRow(page, cause, blocked('apps'));
  await blocked('backup').waitFor();
  await blocked('web').waitFor();

  // The row is that of the object: it leads to the line that declares it.
  await actUntilSeen(page.locator('.tabs-container .tab.active', { hasText: 'infra.yaml' }), async () => {
    await cause.hover();
    await cause.getByRole('button', { name: 'Open File' }).click({ timeout: 2_000 });
  });

  // A second cause, which blocks less, stands below; what waits for nothing that exists names what does not.
  server.put(waiting('web', ['nowhere']));
  await row(/^Root Causes, 2, blocks 3$/).waitFor();
  await row(/^infra, Kustomization, flux-system, failed, BuildFailed, blocks 2$/).waitFor();
  await row(/^Kustomization flux-system\/nowhere does not exist, blocks 1$/).waitFor();

  // One after the other ends, and the group goes with the last.
  server.put(applier('web', well));
  await row(/^Root Causes, 1, blocks 2$/).waitFor();
  await eventually(async () => (await row(/does not exist/).count()) === 0, 'a cause stays that blocks nothing');
  server.put(applier('infra', well));
  for (const name of ['apps', 'backup']) server.put(applier(name, well));
  await eventually(async () => (await row(/^Root Causes/).count()) === 0, 'the group stays when nothing fails');
  await row(/^Kustomizations, 5$/).waitFor();
}

/** @param {string} phase @param {Record<string, unknown>} [status] */
function canary(phase, status = {}) {
  const [ready, message] = {
    Progressing: ['Unknown', 'New revision detected, progressing canary analysis.'],
    Failed: ['False', 'Canary analysis failed, Deployment scaled to zero.'],
    Succeeded: ['True', 'Canary analysis completed successfully, promotion finished.'],
  }[phase] ?? ['Unknown', 'Waiting for approval.'];
  return {
    apiVersion: 'flagger.app/v1beta1',
    kind: 'Canary',
    metadata: { name: 'podinfo', namespace: 'test', generation: 1 },
    spec: { targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'podinfo' } },
    status: {
      ...{ phase, canaryWeight: 0, failedChecks: 0, ...status },
      conditions: [
        ...[{ type: 'Promoted', status: ready, reason: phase, message, lastTransitionTime: '2026-01-01T00:00:00Z' }],
      ],
    },
  };
}

/** @param {Page} page @param {Server} server */
async function delivery(page, server) {
  const row = (/** @type {RegExp} */ name) => objectRow(page, name);
  const progressing = row(/^podinfo, test, reconciling, New revision detected/);
  await openRow(page, row(/^Canaries, 1$/), progressing);
  const tooltip = page.locator('.monaco-hover', { hasText: 'Canary test/podinfo' });
  const tells = (/** @type {readonly string[]} */ texts) =>
    eventually(
      async () => {
        const said = (await tooltip.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
        return texts.every((text) => said.includes(text));
      },
      `the tooltip does not say: ${texts.join(', ')}`,
    );
  const point = (/** @type {import('playwright-core').Locator} */ at) =>
    actUntilSeen(tooltip, async () => {
      await page.mouse.move(5, 5);
      await at.locator('.label-name').first().hover({ timeout: 2_000 });
    });
  await point(progressing);
  await tells([
    'reconciling',
    'Target: Deployment podinfo',
    'Analysis: Progressing',
    'Weight: 20 %',
    'Failed checks: 1',
  ]);
  // Flagger does what it is told by the spec alone: there is nothing to be asked for.
  assert.equal(await progressing.getByRole('button', { name: 'Reconcile', exact: true }).count(), 0);
  await progressing.getByRole('button', { name: 'Suspend…', exact: true }).waitFor();

  server.put(canary('WaitingPromotion', { canaryWeight: 50 }));
  await row(/^podinfo, test, waiting, Waiting for approval/).waitFor();
  server.put(canary('Failed', { failedChecks: 5 }));
  const failed = row(/^podinfo, test, failed, Failed$/);
  await failed.waitFor();
  await row(/^Canaries, 1, 1 failing$/).waitFor();
  await row(/^Root Causes, 1$/).waitFor();
  await point(failed);
  await tells(['failed', 'Analysis: Failed', 'Failed checks: 5', 'scaled to zero']);
  server.put(canary('Succeeded'));
  await row(/^podinfo, test, ready$/).waitFor();
  await row(/^Canaries, 1$/).waitFor();
  await eventually(async () => (await row(/^Root Causes/).count()) === 0, 'what failed is over, and still a cause');
}
