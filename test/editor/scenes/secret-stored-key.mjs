// @ts-check
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf, keyFile, prepareSecret, secretFrame } from '../secret-repository.mjs';
import { loadAgain, openAgain, openByLens, show } from '../secret-steps.mjs';
import { runCommand } from '../steps.mjs';
import { findTraces } from '../traces.mjs';

export const title = 'an age key in the storage of the editor opens files, is listed without the key, and is forgotten';
export const folder = 'secrets';
export const file = 'apps/db.sops.yaml';

/** @param {string} copy @param {string} home */
export async function prepare(copy, home) {
  await prepareSecret(copy, home, 'the first password');
  rmSync(keyFile(home));
}

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, folder: copy, scratch }) {
  await openByLens(page, 'sealed');
  await runCommand(page, 'Flux: Store Age Key in the Editor');
  const message = page.locator('.quick-input-message');
  await message.filter({ hasText: 'no keyring of the system' }).waitFor();
  const input = page.locator('.quick-input-widget input');
  assert.equal(await input.getAttribute('type'), 'password', 'what is typed is not shown');
  await input.fill(identityOf(copy));
  await page.keyboard.press('Enter');
  await message.filter({ hasText: 'What you call it' }).waitFor();
  await input.fill('key of a test');
  await page.keyboard.press('Enter');
  await page.locator('.notification-list-item', { hasText: 'no keyring of the system' }).waitFor();
  await show(await secretFrame(page, 'open'), 'password', 'the first password');

  await loadAgain(page);
  await show(await openAgain(page, 'db.sops.yaml'), 'password', 'the first password');
  const { found } = findTraces(identityOf(copy).slice('AGE-SECRET-KEY-'.length), [join(scratch, 'data')]);
  assert.deepEqual(found, [], 'the index and the logs hold no key');

  await runCommand(page, 'Flux: Forget Stored Age Key');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'key of a test' }).click();
  await page.locator('.notification-list-item', { hasText: 'is forgotten' }).waitFor();
  await loadAgain(page);
  await openAgain(page, 'db.sops.yaml', 'sealed');
}
