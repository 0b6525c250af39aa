// @ts-check
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { keyFile, prepareSecret, rowOf, sealed, secretFrame, secretOf, valuesOf } from '../secret-repository.mjs';
import { openByLens, openFile, show } from '../secret-steps.mjs';
import { actUntilSeen, eventually, runCommand } from '../steps.mjs';

export const title =
  'a copied value leaves the clipboard, a file without a key and one with a wrong checksum stay shut, and a copy is encrypted';
export const folder = 'secrets';
export const file = 'apps/db.sops.yaml';

let otherIdentity = '';

/** @param {string} copy @param {string} home */
export async function prepare(copy, home) {
  await prepareSecret(copy, home, 'the first password');
  otherIdentity = await generateX25519Identity();
  const foreign = await sealed(copy, secretOf('of somebody else'), await identityToRecipient(otherIdentity));
  writeFileSync(join(copy, 'apps/foreign.sops.yaml'), foreign);
  const changed = (await sealed(copy, secretOf('a password'))).replace('namespace: apps', 'namespace: elsewhere');
  writeFileSync(join(copy, 'apps/changed.sops.yaml'), changed);
}

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, folder: copy, home }) {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const close = () => runCommand(page, 'View: Close Editor');

  // Save As writes what is encrypted.
  await openByLens(page);
  await runCommand(page, 'File: Save As...');
  const path = page.locator('.quick-input-widget input[type=text]');
  // Not the palette, which goes away meanwhile.
  await page.locator('.quick-input-title', { hasText: 'Save As' }).waitFor();
  // The dialog writes the path of the file into its field when it has listed the folder.
  await eventually(async () => (await path.inputValue()).endsWith('db.sops.yaml'), 'the dialog is ready');
  await path.fill(join(copy, 'apps/copy.sops.yaml'));
  await path.press('Enter');
  await eventually(async () => {
    try {
      return (await valuesOf(copy, 'apps/copy.sops.yaml'))['stringData.password'] === 'the first password';
    } catch {
      return false;
    }
  }, 'the copy holds the values');
  const written = readFileSync(join(copy, 'apps/copy.sops.yaml'), 'utf8');
  assert.equal(written, readFileSync(join(copy, file), 'utf8'), 'the copy is the encrypted text');

  await page.locator('.tab.active', { hasText: 'copy.sops.yaml' }).waitFor();
  // The editor shows it as text, as every file that is opened without a choice.
  const frame = await openByLens(page);
  await rowOf(frame, 'password').getByRole('button', { name: 'Copy password' }).click();
  await page.locator('.statusbar-item', { hasText: 'The clipboard is cleared in 45 seconds' }).waitFor();
  const copied = Date.now();
  assert.equal(await clipboard(), 'the first password');
  await close();

  await openFile(page, 'foreign.sops.yaml');
  let shut = await openByLens(page, 'sealed');
  const said = (await shut.locator('body').textContent()) ?? '';
  assert.match(said, /No key on this machine opens the file/);
  assert.ok(said.includes(keyFile(home)), 'where keys were looked for');
  assert.equal(await shut.locator('vscode-button', { hasText: 'Look at It Anyway' }).count(), 0);
  appendFileSync(keyFile(home), `${otherIdentity}\n`);
  await shut.locator('vscode-button', { hasText: 'Try Again' }).click();
  await show(await secretFrame(page, 'open'), 'password', 'of somebody else');
  await close();

  const before = readFileSync(join(copy, 'apps/changed.sops.yaml'), 'utf8');
  await openFile(page, 'changed.sops.yaml');
  shut = await openByLens(page, 'sealed');
  await shut.locator('[role=status]', { hasText: 'checksum' }).waitFor();
  assert.doesNotMatch((await shut.locator('body').textContent()) ?? '', /password/, 'not even its keys are shown');
  await shut.locator('vscode-button', { hasText: 'Look at It Anyway' }).click();
  const looked = await secretFrame(page, 'open');
  await looked.locator('[role=status]', { hasText: 'It cannot be saved' }).waitFor();
  await show(looked, 'password', 'a password');
  assert.equal(await looked.getByRole('button', { name: /^(Edit|Add|Remove|Rename)/ }).count(), 0);
  await runCommand(page, 'Flux: Rotate Data Key');
  await page.locator('.notification-list-item', { hasText: 'is wrong, so it is not written' }).waitFor();
  assert.equal(readFileSync(join(copy, 'apps/changed.sops.yaml'), 'utf8'), before, 'the file stays as it is');

  // Half of the time has gone by already.
  await page.waitForTimeout(Math.max(0, copied + 44_000 - Date.now()));
  await actUntilSeen(page.locator('.monaco-workbench'), async () => page.bringToFront());
  await eventually(async () => (await clipboard()) === '', 'the clipboard is empty after 45 seconds');
}
