// @ts-check
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApiServer } from '../api-server.mjs';
import {
  act,
  answer,
  choose,
  chooseFromMenu,
  editorShows,
  kustomization,
  notice,
  root,
  showViews,
  source,
} from '../cluster-steps.mjs';
import { actUntilSeen, runCommand, runUntilSeen } from '../steps.mjs';
import { findTraces } from '../traces.mjs';

export const title = 'no token or value of a Secret is in anything that the editor keeps, also with the log at trace';
export const file = 'clusters/home/apps.yaml';

const context = 'staging';
// Letters alone, so that it is the same word in every form; one for each way in.
const word = () =>
  `Q${randomBytes(18)
    .toString('hex')
    .replace(/\d/g, (digit) => 'ghjkmnpqrs'[Number(digit)] ?? 'z')}`;
const markers = { token: word(), environment: word(), live: word(), applied: word(), declared: word() };
const control = word();

/** @param {string} copy */
export function prepare(copy) {
  const podinfo = join(copy, 'apps', 'podinfo');
  const secret = [
    'apiVersion: v1',
    'kind: Secret',
    'metadata:',
    '  name: login',
    '  namespace: podinfo',
    'stringData:',
  ];
  writeFileSync(join(podinfo, 'login.yaml'), [...secret, `  password: ${markers.declared}`, ''].join('\n'));
  writeFileSync(
    join(podinfo, 'plain.yaml'),
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: plain\n  namespace: podinfo\ndata:\n  a: ${control}\n`,
  );
  const list = join(copy, 'apps', 'kustomization.yaml');
  writeFileSync(list, `${readFileSync(list, 'utf8').trimEnd()}\n  - podinfo/login.yaml\n  - podinfo/plain.yaml\n`);
  mkdirSync(join(copy, '.vscode'), { recursive: true });
  writeFileSync(join(copy, '.vscode', 'settings.json'), JSON.stringify({ 'fluxwright.trace.server': 'verbose' }));
  return Promise.resolve();
}

/** @param {import('../workbench.mjs').Window} window */
export async function play(window) {
  const { page, home, scratch } = window;
  const server = await startApiServer();
  try {
    fill(server);
    writeKubeconfigWithProgram(home, server.url);
    await showViews(page);
    await logEverything(page);
    await runCommand(page, 'Flux: Connect to Cluster…');
    await choose(page, context);
    await answer(page, 'runs a program to log in', 'Run and Remember');
    await page
      .getByRole('tree', { name: 'Cluster Objects' })
      .getByRole('treeitem', { name: /^staging/ })
      .waitFor();
    await look(page, server);
    const written = logs(scratch);
    if (written.length > 0) {
      assert.ok(
        written.join('').includes(control),
        'the trace of a plain document is in no log: its search proves nothing',
      );
    } else console.log('        this editor writes no log files; what may go there is tested by its own');
    const folders = ['data', 'tmp'].map((name) => join(scratch, name));
    for (const [name, marker] of Object.entries(markers)) {
      const { found, files } = findTraces(marker, folders);
      assert.deepEqual(found, [], name);
      console.log(`        ${name}: nothing in ${files} files`);
    }
  } finally {
    rmSync(join(home, '.kube'), { recursive: true, force: true });
    await server.stop();
  }
}

/** @param {import('playwright-core').Page} page @param {import('../../kube/support/api-server').ReplayedApiServer} server */
async function look(page, server) {
  // Documents with and without secrets are opened, changed and asked about.
  for (const name of ['plain.yaml', 'login.yaml']) {
    const row = page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first();
    await actUntilSeen(row, async () => {
      await page.keyboard.press('Control+P');
      await page.locator('.quick-input-widget input').fill(name, { timeout: 2_000 });
    });
    await row.click();
    await page.locator('.tabs-container .tab.active', { hasText: name }).waitFor();
    await page.locator('.monaco-editor .view-line', { hasText: 'podinfo' }).first().hover();
    await page.waitForTimeout(1_500);
  }

  // A Secret is compared by the names of its keys.
  const tree = page.getByRole('tree', { name: 'Cluster Objects' });
  const row = (/** @type {RegExp} */ name) => tree.getByRole('treeitem', { name }).first();
  await actUntilSeen(row(/^apps, flux-system/), async () => {
    await row(/^Kustomizations/).click();
    await page.keyboard.press('ArrowRight');
  });
  await actUntilSeen(row(/^login, Secret, podinfo/), async () => {
    await row(/^apps, flux-system/).click();
    await page.keyboard.press('ArrowRight');
  });
  for (const entry of ['Export YAML', 'Compare with Git']) {
    await chooseFromMenu(page, row(/^login, Secret, podinfo/), entry);
    if (entry === 'Export YAML') await editorShows(page, ['kind: Secret']);
    else {
      await answer(page, 'No context is bound to cluster', 'Choose Context…');
      await choose(page, context);
      await answer(page, `Server: ${server.url}`, 'Bind');
      await page.locator('.tabs-container .tab.active', { hasText: 'Secret login: ' }).waitFor();
    }
  }

  // A server that repeats what it was sent, in refusals of every kind.
  const apps = new RegExp(`Kustomization flux-system/apps.*${context}`);
  for (const code of [400, 403, 500]) {
    server.intercept = ({ headers, path }) =>
      path.endsWith('/events')
        ? { status: code, body: { kind: 'Status', message: `no ${headers.authorization} ${markers.token}`, code } }
        : undefined;
    await act(page, 'Flux: Show Events', apps);
    await notice(page, 'Kustomization flux-system/apps');
    await runCommand(page, 'Notifications: Clear All Notifications');
  }
  server.intercept = () => undefined;
}

/** @param {import('../../kube/support/api-server').ReplayedApiServer} server */
function fill(server) {
  server.put(source);
  server.put(root);
  server.put(kustomization('apps', './apps', ['podinfo_login__Secret']));
  const copy = JSON.stringify({ stringData: { password: markers.applied } });
  server.put({
    ...{ apiVersion: 'v1', kind: 'Secret' },
    metadata: {
      ...{ name: 'login', namespace: 'podinfo' },
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': copy },
    },
    data: { password: Buffer.from(markers.live).toString('base64') },
  });
}

/** Sets the level of our log to trace. @param {import('playwright-core').Page} page */
async function logEverything(page) {
  const trace = page.locator('.quick-input-list .monaco-list-row', { hasText: /^Trace/ }).first();
  const ours = page.locator('.quick-input-list .monaco-list-row', { hasText: /^Flux/ }).first();
  await runUntilSeen(page, 'Developer: Set Log Level', ours);
  await actUntilSeen(trace, () => ours.click({ timeout: 2_000 }));
  await trace.click();
}

/** Texts of all logs of the workbench. @param {string} scratch */
function logs(scratch) {
  const folder = join(scratch, 'data', 'logs');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
}

/** A login by a program that prints the token. @param {string} home @param {string} server */
function writeKubeconfigWithProgram(home, server) {
  mkdirSync(join(home, '.kube'), { recursive: true });
  const program = join(home, '.kube', 'login');
  const said = {
    kind: 'ExecCredential',
    apiVersion: 'client.authentication.k8s.io/v1',
    status: { token: markers.token },
  };
  writeFileSync(program, `#!/bin/sh\necho '${JSON.stringify(said)}'\necho "$SECRET" >&2\n`, { mode: 0o755 });
  const exec = `apiVersion: client.authentication.k8s.io/v1, command: '${program}', interactiveMode: Never`;
  const lines = [
    ...['apiVersion: v1', 'kind: Config', `clusters: [{ name: here, cluster: { server: '${server}' } }]`],
    `users: [{ name: me, user: { exec: { ${exec}, env: [{ name: SECRET, value: ${markers.environment} }] } } }]`,
    `contexts: [{ name: ${context}, context: { cluster: here, user: me } }]`,
    '',
  ];
  writeFileSync(join(home, '.kube', 'config'), lines.join('\n'));
}
