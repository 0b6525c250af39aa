// @ts-check
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessibility } from '../graph-page.mjs';
import { prepareSecret, rowOf, valuesOf } from '../secret-repository.mjs';
import { openByLens } from '../secret-steps.mjs';
import { eventually, runCommand } from '../steps.mjs';

export const title =
  'an encrypted file is opened by its lens, edited by value and by key, undone, saved, and explained; what is typed is not lost';
export const folder = 'secrets';
export const file = 'apps/db.sops.yaml';

const path = 'apps/db.sops.yaml';

/** @param {string} copy @param {string} home */
export const prepare = (copy, home) => prepareSecret(copy, home, 'the first password');

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, folder: copy }) {
  /** @type {string[]} */
  const refusals = [];
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text()) && /secret/.test(message.location().url))
      refusals.push(message.text());
  });
  const before = readFileSync(join(copy, path), 'utf8');
  await page.locator('.codelens-decoration a', { hasText: 'Encrypted for Ada' }).waitFor({ timeout: 60_000 });
  const tab = page.locator('.tab.active', { hasText: 'db.sops.yaml' });
  const frame = await openByLens(page);
  const content = (await frame.locator('body').textContent()) ?? '';
  assert.match(content, /Ada/);
  assert.match(content, /password/);
  assert.doesNotMatch(content, /the first password/, 'no value is in the page before it is asked for');

  const password = rowOf(frame, 'password');
  await password.getByRole('button', { name: 'Show password' }).click();
  await password.locator('.content', { hasText: 'the first password' }).waitFor();
  await password.getByRole('button', { name: 'Show password' }).click();
  await password.locator('.content').waitFor({ state: 'detached' });
  assert.doesNotMatch((await frame.locator('body').textContent()) ?? '', /the first password/, 'hidden is gone');

  await password.getByRole('button', { name: 'Edit password' }).click();
  await password.locator('textarea').fill('the second password');
  await password.getByRole('button', { name: 'Apply' }).click();
  await eventually(async () => /dirty/.test((await tab.getAttribute('class')) ?? ''), 'the tab is dirty');
  const added = frame.locator('li.row', { has: frame.locator('.key', { hasText: /^stringData$/ }) });
  await added.getByRole('button', { name: 'Add Key stringData' }).click();
  await added.locator('input').fill('host');
  await added.locator('textarea').fill('db.example');
  await added.getByRole('button', { name: 'Apply' }).click();
  await rowOf(frame, 'host').waitFor();
  await runCommand(page, 'Undo');
  await rowOf(frame, 'host').waitFor({ state: 'detached' });
  await runCommand(page, 'Redo');
  await rowOf(frame, 'host').waitFor();
  await runCommand(page, 'File: Save');
  await eventually(async () => readFileSync(join(copy, path), 'utf8') !== before, 'the file is saved');
  const after = readFileSync(join(copy, path), 'utf8');
  const values = await valuesOf(copy, path);
  assert.equal(values['stringData.password'], 'the second password');
  assert.equal(values['stringData.host'], 'db.example');
  const kept = before.split('\n').filter((line) => after.split('\n').includes(line));
  const changed = before.split('\n').filter((line) => !after.split('\n').includes(line));
  assert.deepEqual(
    changed.map((line) => line.trim().split(':')[0]).sort(),
    ['lastmodified', 'mac', 'password'],
    'nothing else of the file differs',
  );
  assert.ok(kept.some((line) => line.includes('username: ENC[')));

  const { violations } = await accessibility(frame);
  assert.deepEqual(violations, []);
  assert.deepEqual(refusals, [], 'the policy of the page refuses nothing that the page does');

  // Keys that edit what is typed are the field's, undo among them; saving takes what is typed along.
  await password.getByRole('button', { name: 'Edit password' }).click();
  await password.locator('textarea').press('Control+a');
  await password.locator('textarea').pressSequentially('the third pass');
  await password.locator('textarea').press('Control+z');
  await rowOf(frame, 'host').waitFor();
  await password.locator('textarea').fill('the third password');
  await password.locator('textarea').press('Control+s');
  await eventually(
    async () => (await valuesOf(copy, path))['stringData.password'] === 'the third password',
    'what is typed is saved with the file',
  );
  await page.locator('.tab.active:not(.dirty)', { hasText: 'db.sops.yaml' }).waitFor();

  // What cannot be taken stays where it was typed.
  await password.getByRole('button', { name: 'Edit password' }).click();
  await password.locator('textarea').fill('no number');
  await password.locator('select').selectOption('int');
  await password.getByRole('button', { name: 'Apply' }).click();
  await frame.locator('[role=status]', { hasText: 'What was typed is no' }).waitFor();
  assert.equal(await password.locator('textarea').inputValue(), 'no number');
  await password.getByRole('button', { name: 'Cancel' }).click();

  // A change on disk is noticed, and not overwritten without a word; nor is what is being typed lost by it.
  await rowOf(frame, 'host').getByRole('button', { name: 'Remove host' }).click();
  await rowOf(frame, 'host').waitFor({ state: 'detached' });
  await password.getByRole('button', { name: 'Edit password' }).click();
  await password.locator('textarea').fill('the fourth password');
  writeFileSync(join(copy, path), before);
  await frame.locator('[role=status]', { hasText: 'changed on disk' }).waitFor();
  assert.equal(await password.locator('textarea').inputValue(), 'the fourth password');
  await password.locator('textarea').press('Escape');
  await runCommand(page, 'File: Save');
  await page.locator('.notification-list-item', { hasText: 'was not overwritten' }).first().waitFor();
  assert.equal(readFileSync(join(copy, path), 'utf8'), before, 'the file on disk stays as it is');
  await frame.locator('vscode-button', { hasText: 'Reload from Disk' }).click();
  await rowOf(frame, 'username').waitFor();

  await frame.locator('vscode-button', { hasText: 'Explain Decryption' }).click();
  await page.locator('.view-lines', { hasText: 'Decryption of apps/db.sops.yaml' }).first().waitFor();
  await page.locator('.view-lines', { hasText: 'Broken link' }).first().waitFor();
}
