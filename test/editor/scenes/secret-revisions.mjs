// @ts-check
import assert from 'node:assert/strict';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '../git-steps.mjs';
import { prepareSecret, sealed, secretOf } from '../secret-repository.mjs';
import { openByLens } from '../secret-steps.mjs';
import { runCommand } from '../steps.mjs';

export const title = 'two revisions of an encrypted file are compared key by key, older ones and the working file';
export const folder = 'secrets';
export const file = 'apps/db.sops.yaml';

/** @param {string} copy @param {string} home */
export async function prepare(copy, home) {
  await prepareSecret(copy, home, 'the first password');
  git(copy, 'init', '--quiet', '--initial-branch=main');
  // What decrypts for those who look at differences must not decrypt for us.
  writeFileSync(join(copy, '.gitattributes'), '*.sops.yaml diff=shown\n');
  git(copy, 'config', 'diff.shown.textconv', 'echo in clear');
  renameSync(join(copy, file), join(copy, 'apps/old.sops.yaml'));
  const commit = (/** @type {string} */ subject) => {
    git(copy, 'add', '--all');
    git(copy, 'commit', '--quiet', `--message=${subject}`);
  };
  commit('Password of the database');
  git(copy, 'mv', 'apps/old.sops.yaml', file);
  commit('Moved');
  writeFileSync(join(copy, file), await sealed(copy, secretOf('the second password', '  port: "5432"\n')));
  commit('Another password');
  writeFileSync(join(copy, file), await sealed(copy, secretOf('the second password')));
}

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, folder: copy }) {
  const input = page.locator('.quick-input-widget');
  const rows = page.locator('.quick-input-list .monaco-list-row');
  const choose = async (/** @type {string} */ step, /** @type {string} */ label) => {
    await input.locator('.quick-input-title', { hasText: step }).waitFor();
    await rows.filter({ hasText: label }).first().click();
  };
  const report = () => page.locator('.editor-instance .view-lines', { hasText: '# apps/db.sops.yaml' }).first();
  const lines = async () => ((await report().textContent()) ?? '').replaceAll('\u00a0', ' ');

  const frame = await openByLens(page);
  await frame.locator('vscode-button', { hasText: 'Compare Revisions' }).click();
  await choose('Compare: 1 of 2', 'Password of the database');
  await input.locator('.quick-input-title', { hasText: 'Compare: 2 of 2' }).waitFor();
  await rows.filter({ hasText: 'Working file' }).waitFor();
  assert.equal(await rows.filter({ hasText: 'Password of the database' }).count(), 0, 'no revision with itself');
  await choose('Compare: 2 of 2', 'Another password');
  await report().waitFor();
  assert.match(await lines(), /\| stringData\.password \| changed \| encrypted \(str\) \| encrypted \(str\) \|/);
  assert.match(await lines(), /\| stringData\.port \| added \|/);
  assert.doesNotMatch(await lines(), /username|the (first|second) password|5432|in clear \(str\) \| in/);

  await page.locator('.tab', { hasText: 'db.sops.yaml' }).first().click();
  await runCommand(page, 'Flux: Compare Revisions of Encrypted File');
  await choose('Compare: 1 of 2', 'Another branch');
  await input.locator('.quick-input-message', { hasText: 'A branch, a tag or a commit' }).waitFor();
  await page.keyboard.type('HEAD');
  await page.keyboard.press('Enter');
  await choose('Compare: 2 of 2', 'Working file');
  const second = page.locator('.editor-instance .view-lines', { hasText: 'From HEAD to the working file' }).first();
  await second.waitFor();
  const said = ((await second.textContent()) ?? '').replaceAll('\u00a0', ' ');
  assert.match(said, /\| stringData\.port \| removed \| encrypted \(str\) \| {2}\|/);
  assert.doesNotMatch(said, /stringData\.password|5432/);
  assert.match(readFileSync(join(copy, file), 'utf8'), /ENC\[AES256_GCM/);
}
