// @ts-check
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApiServer } from '../api-server.mjs';
import { connect, kustomization, notice, release, root, showViews, source } from '../cluster-steps.mjs';
import { actUntilSeen, eventually } from '../steps.mjs';

export const title = 'a row offers what its login may do, in one context and in the other';
export const file = 'clusters/home/apps.yaml';
export const settings = { 'fluxwright.readOnlyContexts': ['museum'] };

const contexts = { viewer: 'viewer', admin: 'admin', museum: 'admin' };
/** @typedef {keyof typeof contexts} Context */
/** @typedef {import('playwright-core').Page} Page */

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, home }) {
  const server = await startApiServer();
  try {
    server.put(source);
    server.put(root);
    server.put(kustomization('apps', './apps', ['_podinfo__Namespace']));
    server.put(release);
    for (const user of ['viewer', 'admin']) server.users.set(`token-of-${user}`, user);
    // In one namespace the viewer may change things.
    server.allows = (user, verb, _, namespace) =>
      user === 'admin' || ['get', 'list', 'watch'].includes(verb) || namespace === 'web';
    writeLogins(home, server.url);
    // Three contexts are opened at once.
    await page.setViewportSize({ width: 1280, height: 1200 });
    await showViews(page);

    await connect(page, 'viewer');
    await open(page, 'viewer');
    // Denied for all namespaces, then for the one that is looked at.
    const asked = () =>
      server.seen.flatMap(({ path, user, body }) => {
        if (!path.endsWith('/selfsubjectaccessreviews') || user !== 'viewer') return [];
        const { resource, namespace = '', verb } = JSON.parse(body).spec.resourceAttributes;
        return [`${verb} ${resource} ${namespace}`];
      });
    for (const review of ['patch kustomizations flux-system', 'patch helmreleases web']) {
      await eventually(() => Promise.resolve(asked().includes(review)), `nobody asks for ${review}`);
    }
    await offers(page, 'viewer', 'web, web', true);
    await offers(page, 'viewer', 'apps, flux-system', false);

    await connect(page, 'admin');
    await open(page, 'admin');
    await offers(page, 'admin', 'apps, flux-system', true);
    await offers(page, 'admin', 'web, web', true);

    // A context that the user calls read-only, though the login may all.
    await connect(page, 'museum');
    await open(page, 'museum');
    await offers(page, 'museum', 'apps, flux-system', false);
    // The others stay as they were.
    await offers(page, 'viewer', 'apps, flux-system', false);
    await offers(page, 'admin', 'apps, flux-system', true);

    // What is offered is carried out with that login, and with no other.
    const row = await find(page, 'admin', 'apps, flux-system');
    await row.hover();
    await row.getByRole('button', { name: 'Reconcile', exact: true }).click();
    await eventually(
      () => Promise.resolve(server.seen.some(({ method, user }) => method === 'PATCH' && user === 'admin')),
      'the button of a row does nothing',
    );
    assert.ok(!server.seen.some(({ method, user }) => method === 'PATCH' && user !== 'admin'));
  } finally {
    rmSync(join(home, '.kube'), { recursive: true, force: true });
    await server.stop();
  }
}

/** A row below a context, by how its label begins: the contexts show the same objects. @param {Page} page @param {Context} context @param {string} label */
async function find(page, context, label) {
  const tree = page.getByRole('tree', { name: 'Cluster Objects' });
  let index = -1;
  await eventually(async () => {
    const rows = await tree.locator('.monaco-list-row').evaluateAll((all) =>
      all.map((row) => ({
        at: Number(row.getAttribute('data-index')),
        label: row.getAttribute('aria-label') ?? '',
        level: Number(row.getAttribute('aria-level')),
      })),
    );
    rows.sort((a, b) => a.at - b.at);
    const begin = rows.findIndex((row) => row.level === 1 && row.label.startsWith(context));
    const own = begin < 0 ? [] : rows.slice(begin + 1);
    const end = own.findIndex(({ level }) => level === 1);
    index = (end < 0 ? own : own.slice(0, end)).find((row) => row.label.startsWith(label))?.at ?? -1;
    return index >= 0;
  }, `${context} has no row ${label}`);
  return tree.locator(`.monaco-list-row[data-index="${index}"]`);
}

/** Opens both groups of a context. Rows move down while others come in: the row is looked for again each time. @param {Page} page @param {Context} context */
async function open(page, context) {
  for (const [group, below] of /** @type {const} */ ([
    ['Kustomizations', 'apps, flux-system'],
    ['Helm Releases', 'web, web'],
  ])) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await (await find(page, context, group)).click({ timeout: 2_000 });
        await page.keyboard.press('ArrowRight');
        await find(page, context, below);
        break;
      } catch (error) {
        if (attempt === 5) throw error;
      }
    }
  }
}

/**
 * What a row offers beside its label and in its menu. Reading is always offered, writing as expected.
 * @param {Page} page
 * @param {Context} context
 * @param {string} label
 * @param {boolean} isWritable
 */
async function offers(page, context, label, isWritable) {
  const row = await find(page, context, label);
  const what = `${label} in ${context}`;
  await row.hover();
  await row.getByRole('button', { name: 'Open File' }).waitFor();
  for (const name of ['Reconcile', 'Suspend…']) {
    const button = row.getByRole('button', { name, exact: true });
    await eventually(
      async () => (await button.count()) === (isWritable ? 1 : 0),
      `${what}: ${name} is ${isWritable ? 'missing' : 'offered'}`,
    );
  }
  const events = page.getByRole('menuitem', { name: 'Show Events', exact: true });
  await actUntilSeen(events, async () => {
    await page.keyboard.press('Escape');
    await row.click({ button: 'right' });
  });
  const entries = await page.getByRole('menuitem').allInnerTexts();
  const writes = ['Reconcile', 'Reconcile with Source', 'Reconcile Chain from Source', 'Suspend…'];
  const offered = writes.filter((entry) => entries.some((text) => text.trim() === entry));
  assert.deepEqual(offered, isWritable ? writes : [], `the menu of ${what}: ${entries.join(', ')}`);
  await page.keyboard.press('Escape');
  await events.waitFor({ state: 'detached' });
}

/** A login for each context, all of them to one server. @param {string} home @param {string} server */
function writeLogins(home, server) {
  mkdirSync(join(home, '.kube'), { recursive: true });
  const lines = [
    ...['apiVersion: v1', 'kind: Config', `clusters: [{ name: here, cluster: { server: '${server}' } }]`, 'users:'],
    ...['viewer', 'admin'].map((user) => `  - { name: ${user}, user: { token: token-of-${user} } }`),
    'contexts:',
    ...Object.entries(contexts).map(
      ([name, user]) => `  - { name: ${name}, context: { cluster: here, user: ${user} } }`,
    ),
  ];
  writeFileSync(join(home, '.kube', 'config'), `${lines.join('\n')}\n`);
}
