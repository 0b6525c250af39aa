// @ts-check
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { prepareSecret, secretFrame, valuesOf } from '../secret-repository.mjs';
import { loadAgain, openByLens, show, type } from '../secret-steps.mjs';
import { actUntilSeen, eventually, runCommand } from '../steps.mjs';
import { findTraces } from '../traces.mjs';

export const title =
  'no byte of a secret is left anywhere after it was opened, shown, edited, backed up and saved, and its processes crashed';
export const folder = 'secrets';
export const file = 'apps/db.sops.yaml';
export const keepsProfile = true;

// Letters alone, so that it is the same word in every form; one for each way in.
const word = () =>
  `Q${randomBytes(18)
    .toString('hex')
    .replace(/\d/g, (digit) => 'ghjkmnpqrs'[Number(digit)] ?? 'z')}`;
const markers = { stored: word(), typed: word(), unsaved: word(), again: word(), control: word() };
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
  let frame = await openByLens(page);
  await show(frame, 'password', markers.stored);
  await type(frame, 'password', markers.typed);
  await runCommand(page, 'File: Save');
  await eventually(
    async () => (await valuesOf(copy, path))['stringData.password'] === markers.typed,
    'the file is saved with what was typed',
  );
  await show(frame, 'password', markers.typed);
  // Not saved: the editor backs it up.
  await type(frame, 'password', markers.unsaved);
  await eventually(async () => backups(join(scratch, 'data')).length > 0, 'the edit is backed up');
  const [backup = ''] = backups(join(scratch, 'data'));
  assert.match(readFileSync(backup, 'utf8'), /ENC\[AES256_GCM/, 'the backup is encrypted');
  const encryptedBefore = readFileSync(backup, 'utf8');

  // The workbench notes the backup in the browser's database, which writes in its own time.
  await page.waitForTimeout(5_000);
  // The process that holds the values dies while one is shown. The window reloads, and has the edit.
  await show(frame, 'password', markers.unsaved);
  const killed = window.extensionHosts();
  assert.notDeepEqual(killed, [], 'the process in which extensions run is found');
  for (const id of killed) process.kill(id, 'SIGKILL');
  await eventually(async () => !window.extensionHosts().some((id) => killed.includes(id)), 'it is gone');
  await loadAgain(page);
  frame = await secretFrame(page, 'open');
  await page.locator('.tab.dirty', { hasText: 'db.sops.yaml' }).waitFor();
  await show(frame, 'password', markers.unsaved);
  await type(frame, 'password', markers.again);
  await eventually(
    async () => backups(join(scratch, 'data')).some((path) => readFileSync(path, 'utf8') !== encryptedBefore),
    'the later edit is backed up',
  );
  await page.waitForTimeout(5_000);

  // The renderer of the window crashes, too, and comes back with the later edit.
  const context = page.context();
  const address = page.url();
  await page.goto('chrome://crash').catch(() => undefined);
  page = await context.newPage();
  window.page = page;
  page.setDefaultTimeout(30_000);
  await loadAgain(page, address);
  const tab = page.locator('.tab.dirty', { hasText: 'db.sops.yaml' });
  await actUntilSeen(page.locator('.tab.dirty.active', { hasText: 'db.sops.yaml' }), () =>
    tab.click({ timeout: 5_000 }),
  );
  frame = await secretFrame(page, 'open');
  await show(frame, 'password', markers.again);
  await loadAgain(page);
  frame = await secretFrame(page, 'open');
  await show(frame, 'password', markers.again);

  // Where it is gone the file is opened as it is on disk.
  rmSync(dirname(backup), { recursive: true });
  await loadAgain(page);
  await show(await secretFrame(page, 'open'), 'password', markers.typed);

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

/** Files of what was not saved. @param {string} data @returns {string[]} */
function backups(data) {
  return readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /secret-backups$/.test(entry.parentPath) && !/next$/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));
}
