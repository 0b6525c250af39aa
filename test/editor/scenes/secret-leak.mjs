// @ts-check
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareSecret, rowOf, secretFrame, valuesOf } from '../secret-repository.mjs';
import { actUntilSeen, eventually, runCommand } from '../steps.mjs';
import { findTraces } from '../traces.mjs';

export const title = 'no byte of a secret is left anywhere after it was opened, shown, edited, backed up and saved';
export const folder = 'secrets';
export const file = 'apps/db.sops.yaml';
export const keepsProfile = true;

// Letters alone, so that it is the same word in every form; one for each way in.
const word = () =>
  `Q${randomBytes(18)
    .toString('hex')
    .replace(/\d/g, (digit) => 'ghjkmnpqrs'[Number(digit)] ?? 'z')}`;
const markers = { stored: word(), typed: word(), unsaved: word(), control: word() };
const path = 'apps/db.sops.yaml';

/** @param {string} copy @param {string} home */
export async function prepare(copy, home) {
  writeFileSync(join(copy, '.probe'), `${join(copy, '..', 'probe.log')}\n`);
  await prepareSecret(copy, home, markers.stored);
}

/** @param {import('../workbench.mjs').Window} window */
export async function play(window) {
  const { page: first, folder: copy, scratch, extensions, close } = window;
  const probe = join(scratch, 'probe.log');
  const folders = readdirSync(scratch, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && join(scratch, entry.name) !== extensions)
    .map(({ name }) => join(scratch, name));
  const search = (/** @type {string} */ marker) => {
    const outside = findTraces(marker, folders);
    const log = readFileSync(probe, 'utf8').includes(marker) ? [`${probe}: the probe saw it`] : [];
    return { ...outside, found: [...outside.found, ...log] };
  };

  let page = first;
  let frame = await openEditor(page);
  await show(frame, markers.stored);
  await type(frame, markers.typed);
  await runCommand(page, 'File: Save');
  await eventually(
    async () => (await valuesOf(copy, path))['stringData.password'] === markers.typed,
    'the file is saved with what was typed',
  );
  await show(frame, markers.typed);
  // Not saved: the editor backs it up.
  await type(frame, markers.unsaved);
  await eventually(async () => backups(join(scratch, 'data')).length > 0, 'the edit is backed up');
  const [backup = ''] = backups(join(scratch, 'data'));
  assert.match(readFileSync(backup, 'utf8'), /ENC\[AES256_GCM/, 'the backup is encrypted');

  // The workbench notes the backup in the browser's database, which writes in its own time.
  await page.waitForTimeout(5_000);
  // The window crashes in the middle of this, and comes back with the edit.
  const context = page.context();
  const address = page.url();
  await page.goto('chrome://crash').catch(() => undefined);
  page = await context.newPage();
  window.page = page;
  page.setDefaultTimeout(30_000);
  await page.goto(withoutPayload(address));
  await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
  const tab = page.locator('.tab.dirty', { hasText: 'db.sops.yaml' });
  await actUntilSeen(page.locator('.tab.dirty.active', { hasText: 'db.sops.yaml' }), () =>
    tab.click({ timeout: 5_000 }),
  );
  frame = await secretFrame(page, 'open');
  await show(frame, markers.unsaved);
  await page.reload();
  await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
  frame = await secretFrame(page, 'open');
  await show(frame, markers.unsaved);

  // The control: the same search finds what is typed into a plain document.
  await runCommand(page, 'File: New Untitled Text File');
  await actUntilSeen(page.locator('.view-line', { hasText: markers.control }), async () => {
    await page.locator('.editor-instance .monaco-editor').last().click({ timeout: 2_000 });
    await page.keyboard.type(`${markers.control} `);
  });
  await eventually(
    async () => readFileSync(probe, 'utf8').includes(markers.control),
    'the probe sees a plain document',
  );
  await eventually(
    async () => findTraces(markers.control, folders).found.length > 0,
    'a plain document leaves traces on disk',
  );
  await close();
  const control = search(markers.control);
  console.log(
    `        control: ${control.found.length} traces, for one ${control.found[0]?.split('/').slice(-2).join('/')}`,
  );
  for (const [name, marker] of Object.entries(markers)) {
    if (name === 'control') continue;
    const { found, files, blocks } = search(marker);
    assert.deepEqual(found, [], `the ${name} value`);
    console.log(`        ${name}: nothing in ${files} files and ${blocks} blocks of databases`);
  }
}

/** @param {import('playwright-core').Page} page */
async function openEditor(page) {
  const lens = page.locator('.codelens-decoration a', { hasText: 'Open encrypted file' });
  await lens.waitFor({ timeout: 60_000 });
  await actUntilSeen(page.locator('iframe.webview.ready').first(), () => lens.click({ timeout: 2_000 }));
  return secretFrame(page, 'open');
}

/** @param {import('playwright-core').Frame} frame @param {string} value */
async function show(frame, value) {
  const row = rowOf(frame, 'password');
  const content = row.locator('.content', { hasText: value });
  // The button shows and hides: a second click that comes too early would hide what is on its way.
  for (let attempt = 0; attempt < 4 && !(await content.isVisible()); attempt += 1) {
    await row.getByRole('button', { name: 'Show password' }).click();
    await content.waitFor({ timeout: 10_000 }).catch(() => undefined);
  }
  await content.waitFor({ timeout: 1_000 });
}

/** @param {import('playwright-core').Frame} frame @param {string} value */
async function type(frame, value) {
  const row = rowOf(frame, 'password');
  await actUntilSeen(row.locator('textarea'), () =>
    row.getByRole('button', { name: 'Edit password' }).click({ timeout: 2_000 }),
  );
  await row.locator('textarea').press('Control+a');
  await row.locator('textarea').pressSequentially(value);
  await row.getByRole('button', { name: 'Apply' }).click();
  await row.locator('textarea').waitFor({ state: 'detached' });
}

/** Backups of custom editors, which the workbench lets the extension write. @param {string} data @returns {string[]} */
function backups(data) {
  return readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /fluxwright\.fluxwright/.test(entry.parentPath))
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** @param {string} address */
function withoutPayload(address) {
  const url = new URL(address);
  url.searchParams.delete('payload');
  return String(url);
}
