// @ts-check
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApiServer, writeKubeconfig } from '../api-server.mjs';
import { answer, choose, connect, editorShows, kustomization, notice, root, source } from '../cluster-steps.mjs';
import { graphFrame } from '../graph-page.mjs';
import { actUntilSeen, eventually, runCommand, runUntilSeen } from '../steps.mjs';

export const title = 'an open file shows the state of its object, and a commit is followed until it is live';
export const file = 'clusters/home/apps.yaml';

const context = 'staging';

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, home, folder }) {
  const server = await startApiServer();
  try {
    await follow(page, home, folder, server);
  } finally {
    rmSync(join(home, '.kube'), { recursive: true, force: true });
    await server.stop();
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} home
 * @param {string} folder
 * @param {import('../../kube/support/api-server').ReplayedApiServer} server
 */
async function follow(page, home, folder, server) {
  const git = (/** @type {string[]} */ ...args) => {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];
    const { status, stdout, stderr } = spawnSync('git', [...identity, '-C', folder, ...args], { encoding: 'utf8' });
    assert.equal(status, 0, `git ${args.join(' ')}: ${stdout}${stderr}`);
    return stdout.trim();
  };
  const commit = (/** @type {string} */ message, what = '--all') => {
    git('add', what);
    git('commit', '--quiet', `--message=${message}`);
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    return `main@sha1:${git('rev-parse', 'HEAD')}`;
  };
  git('init', '--quiet', '--initial-branch=main');
  const first = commit('one');
  /** @param {string} name @param {string} at @param {Record<string, unknown>} [status] */
  const applied = (name, at, status = {}) => {
    const inventory = name === 'apps' ? ['podinfo_podinfo-settings__ConfigMap'] : [];
    const known = name === 'apps' ? kustomization(name, './apps', inventory) : root;
    return { ...known, status: { ...known.status, lastAppliedRevision: at, lastAttemptedRevision: at, ...status } };
  };
  const fetched = (/** @type {string} */ at) => ({
    ...source,
    status: { ...source.status, artifact: { revision: at } },
  });
  server.put(fetched(first));
  server.put(applied('flux-system', first));
  server.put(applied('apps', first));
  server.put(controller);
  server.put(event);
  server.put(pod);
  server.writeLog('kc-1', `${JSON.stringify(logLine)}\n`);
  writeKubeconfig(home, server.url, [context]);
  await page.locator('.monaco-editor .squiggly-error').first().waitFor({ timeout: 60_000 });

  await runCommand(page, 'Flux: Show Views');
  await connect(page, context);
  await seen(page, 'choose the context of clusters/home');
  await runCommand(page, 'Flux: Bind Cluster to Context…');
  await choose(page, 'clusters/home');
  await choose(page, context);
  await answer(page, `Server: ${server.url}`, 'Bind');

  const at = `main@${first.slice(10, 18)}`;
  await seen(page, `${context}: applied, not health-checked · ${at}`);
  await marked(page, `applied, not health-checked at ${at}`);
  const calm = await gutterOf(page);
  assert.equal(calm.length, 1, 'one line of the file has an icon beside it');
  await page.locator('.statusbar-item', { hasText: `${first.slice(10, 18)}: applied, not health-checked` }).waitFor();

  // What is typed is not what the cluster has.
  await page.locator('.monaco-editor .view-line', { hasText: 'prune' }).first().click();
  await page.keyboard.press('End');
  await page.keyboard.type(' #x');
  // Not saved, or by then not committed.
  await marked(page, 'file differs: not');
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('Control+Z');
  await eventually(async () => {
    const marks = await marksOf(page);
    return marks.includes(`health-checked at ${at}`) && !marks.includes('differs');
  }, 'a text that is as before is still called another');

  // A failure of this very text goes to the field that it speaks of.
  const failure = { type: 'Ready', status: 'False', reason: 'BuildFailed', message: 'kustomize build failed' };
  server.put(applied('apps', first, { conditions: [failure] }));
  await seen(page, `${context}: failed · BuildFailed`);
  await marked(page, 'BuildFailed: kustomize build failed');
  await eventually(async () => {
    const [icon, ...more] = await gutterOf(page);
    return icon !== undefined && icon !== calm[0] && more.length === 0;
  }, 'the icon beside the line is that of another state');
  await page.locator('.statusbar-item', { hasText: 'Flux: 1 failing' }).waitFor();

  const name = page.locator('.monaco-editor .view-line', { hasText: 'name: apps' }).first();
  const hover = page.locator('.monaco-hover', { hasText: 'kustomize build failed' });
  await actUntilSeen(hover, async () => {
    await page.mouse.move(5, 5);
    await name.locator('span span').last().hover();
  });
  assert.match(await hover.innerText(), /Applied revision[^]*Ready False · BuildFailed: kustomize build failed/);
  await eventually(
    async () => (await hover.innerText()).includes('an event of the controller'),
    'the hover shows no event',
  );
  const said = await hover.innerText();
  assert.match(said, /Last lines of its controller:[^]*a line of the controller/);
  assert.match(said, /Age: \d+[dhms]/);
  await page.keyboard.press('Escape');

  // The line leads to the row; words find it, too.
  const tree = page.getByRole('tree', { name: 'Cluster Objects' });
  await page.locator('.codelens-decoration a', { hasText: 'BuildFailed' }).first().click();
  const selected = tree.locator('.monaco-list-row.selected', { hasText: 'apps' });
  await selected.waitFor();
  const found = page.locator('.quick-input-list .monaco-list-row', { hasText: 'podinfo/podinfo-settings' });
  await actUntilSeen(found, async () => {
    await runCommand(page, 'Flux: Search Cluster Objects…');
    await page.locator('.quick-input-widget input').fill('settings configmap');
  });
  await page.keyboard.press('Escape');

  // The other views of the container.
  await page
    .getByRole('tree', { name: 'Sources and Images' })
    .getByRole('treeitem', { name: /^Git/ })
    .first()
    .waitFor();
  const controllers = page.getByRole('tree', { name: 'Controllers' });
  await actUntilSeen(controllers.getByRole('treeitem', { name: /^Flux check, 3 problems/ }), async () => {
    await page.getByRole('button', { name: /^Controllers Section/ }).click();
  });

  const second = await followCommit(page, folder, server, { commit, fetched, applied });

  // The way back to the first commit: a revert or a pinned source, with what either renders.
  const history = [{ lastReconciledStatus: 'ReconciliationSucceeded', metadata: { revision: first } }];
  server.put(applied('flux-system', second, { history }));
  const [bad, good] = [second.slice(10), first.slice(10)];
  const choice = page.locator('.quick-input-list .monaco-list-row', { hasText: good.slice(0, 12) }).first();
  await runUntilSeen(page, 'Flux: Prepare Way Back…', choice);
  await choice.click();
  await editorShows(page, [`git revert --no-edit ${good}..${bad}`, 'spec:', `commit: ${good}`]);
  await notice(page, `The way back to ${good.slice(0, 8)} is prepared.`);
  await page.locator('.tabs-container .tab', { hasText: `${bad.slice(0, 8)} ↔ ${good.slice(0, 8)}` }).click();
  await page.locator('.monaco-diff-editor .line-insert, .monaco-diff-editor .char-insert').first().waitFor();
  await editorShows(page, ['color: green', 'kind: ConfigMap']);
  assert.ok(
    server.seen.every(({ method }) => method !== 'PATCH'),
    'a way back writes nothing',
  );

  // The graph has the same states, and follows them.
  const graph = await graphFrame(page);
  const node = (/** @type {string} */ state) =>
    graph.locator(`.node[aria-label*="apps"][aria-label*="${state}"]`).first();
  await node('Applied, health not checked').waitFor();
  server.put(applied('apps', first, { conditions: [failure] }));
  await node('Failed').waitFor();

  // What is not connected any more has no colors, not even the last ones.
  const marks = graph.locator('.node .mark, .node .bar');
  assert.ok((await marks.count()) > 0);
  await runCommand(page, 'Flux: Disconnect from Cluster');
  await choose(page, context);
  await eventually(async () => (await marks.count()) === 0, 'a graph without a cluster still shows states');
  assert.equal(await node('Failed').count(), 0, 'nor are they in its words');
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} folder
 * @param {import('../../kube/support/api-server').ReplayedApiServer} server
 * @param {{ commit: (message: string, what?: string) => string, fetched: (at: string) => any, applied: (name: string, at: string) => any }} cluster
 */
async function followCommit(page, folder, server, { commit, fetched, applied }) {
  writeFileSync(
    join(folder, 'apps', 'podinfo', 'configmap.yaml'),
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: podinfo-settings\n  namespace: podinfo\ndata:\n  color: green\n',
  );
  // The editor saves by itself, at times also what is undone a moment later: that is not part of it.
  const second = commit('two', 'apps');
  await runCommand(page, 'Flux: Is My Commit Live?');
  await notice(page, 'GitRepository flux-system/flux-system has not fetched it yet.');
  server.put(fetched(second));
  await notice(page, 'It is fetched and not yet applied by Kustomization flux-system/apps.');
  server.put(applied('apps', second));
  const live = `Commit ${second.slice(10, 18)} in ${context}: applied, not health-checked.`;
  await notice(page, live);

  // What says so is a line away.
  const place = page.locator('#status\\.editor\\.selection');
  assert.doesNotMatch(await place.innerText(), /Ln 4,/);
  const said = page.locator('.notification-list-item', { hasText: live });
  await said.getByRole('button', { name: 'Open Line' }).click();
  await eventually(async () => /Ln 4, .*selected/.test(await place.innerText()), 'the name of apps is not selected');
  return second;
}

const controller = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'source-controller',
    namespace: 'flux-system',
    labels: { 'app.kubernetes.io/part-of': 'flux', 'app.kubernetes.io/version': 'v2.9.2' },
  },
  spec: { replicas: 1, template: { spec: { containers: [{ name: 'manager', image: 'r/source-controller:v1.9.2' }] } } },
  status: {
    ...{ observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 },
    conditions: [{ type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' }],
  },
};

const event = {
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: 'apps.1', namespace: 'flux-system' },
  involvedObject: {
    ...{ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' },
    ...{ name: 'apps', namespace: 'flux-system' },
  },
  ...{ type: 'Warning', reason: 'BuildFailed', message: 'an event of the controller' },
  ...{ firstTimestamp: '2026-01-01T00:00:00Z', lastTimestamp: '2026-01-01T00:00:00Z' },
};

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'kc-1', namespace: 'flux-system', labels: { app: 'kustomize-controller' } },
};
const logLine = {
  ...{ level: 'error', ts: '2026-01-01T00:00:00Z', msg: 'a line of the controller' },
  ...{ controllerKind: 'Kustomization', name: 'apps', namespace: 'flux-system' },
};

/** Pictures beside the lines of the editor, as the window draws them. @param {import('playwright-core').Page} page */
async function gutterOf(page) {
  return page.locator('.monaco-editor .cgmr').evaluateAll((marks) =>
    marks.flatMap((mark) => {
      const { backgroundImage } = getComputedStyle(mark);
      return backgroundImage.includes('data:image/svg') ? [backgroundImage] : [];
    }),
  );
}

/** A line above an object. @param {import('playwright-core').Page} page @param {string} text */
async function seen(page, text) {
  const lens = page.locator('.codelens-decoration', { hasText: text }).first();
  await lens.waitFor();
}

/** What stands behind the texts of the editor. @param {import('playwright-core').Page} page */
async function marksOf(page) {
  const texts = await page.locator('.monaco-editor .view-line span').evaluateAll((spans) =>
    spans.flatMap((span) => {
      const { content } = getComputedStyle(span, '::after');
      return content === 'none' || content === 'normal' ? [] : [content];
    }),
  );
  return texts.join('\n').replaceAll('\u00a0', ' ');
}

/** @param {import('playwright-core').Page} page @param {string} text */
async function marked(page, text) {
  await eventually(async () => (await marksOf(page)).includes(text), `no mark says: ${text}`);
}
