// @ts-check
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { prepareSecret, rowOf, secretFrame, valuesOf } from '../secret-repository.mjs';
import { frameWith } from '../secret-steps.mjs';
import { eventually, runCommand } from '../steps.mjs';

export const title =
  'a plain Secret is encrypted, one for Flux is made, keys are updated to the rule and the data key is rotated';
export const folder = 'secrets';
export const file = 'apps/plain.sops.yaml';

/** @param {string} copy @param {string} home */
export async function prepare(copy, home) {
  await prepareSecret(copy, home, 'the first password');
  writeFileSync(
    join(copy, file),
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: plain\nstringData:\n  token: in clear\n',
  );
}

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, folder: copy }) {
  const text = (/** @type {string} */ path) => readFileSync(join(copy, path), 'utf8');
  await page.locator('.editor-instance .view-line', { hasText: 'stringData' }).waitFor();
  await page.locator('.activitybar').getByRole('tab', { name: 'Flux' }).waitFor({ timeout: 60_000 });

  await runCommand(page, 'Flux: Encrypt File by Its Rule');
  const said = page.locator('.notification-list-item', { hasText: 'may still hold the plain text' });
  await said.waitFor();
  assert.doesNotMatch(text(file), /in clear/);
  assert.equal((await valuesOf(copy, file))['stringData.token'], 'in clear');
  await said.getByRole('button', { name: 'Open Encrypted File' }).click();
  await rowOf(await secretFrame(page, 'open'), 'token').waitFor();

  await runCommand(page, 'Flux: New Secret for Flux');
  const input = page.locator('.quick-input-widget input[type=text]');
  await input.fill('bearer');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'bearer token' }).first().click();
  for (const asked of ['Name of the Secret', 'Namespace', 'Path in']) {
    await page.locator('.quick-input-message', { hasText: asked }).waitFor();
    await page.keyboard.press('Enter');
  }
  const made = 'apps/git-auth.sops.yaml';
  await page.locator('.tab.active', { hasText: 'git-auth.sops.yaml' }).waitFor();
  const frame = await frameWith(page, 'bearerToken');
  const row = rowOf(frame, 'bearerToken');
  await row.getByRole('button', { name: 'Edit bearerToken' }).click();
  await row.locator('textarea').fill('a token');
  await row.getByRole('button', { name: 'Apply' }).click();
  await page.locator('.tab.active.dirty', { hasText: 'git-auth.sops.yaml' }).waitFor();
  await runCommand(page, 'File: Save');
  await eventually(
    async () => (await valuesOf(copy, made))['stringData.bearerToken'] === 'a token',
    'the token is saved',
  );
  assert.match(text(made), /namespace: flux-system/);
  assert.doesNotMatch(text(made), /a token/);

  // A recipient comes, and goes again.
  const rule = text('.sops.yaml');
  const other = await identityToRecipient(await generateX25519Identity());
  writeFileSync(join(copy, '.sops.yaml'), `${rule}      - ${other} # Bob\n`);
  await runCommand(page, 'Flux: Update Keys to the Rule');
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.getByText('Bob').waitFor();
  await dialog.getByRole('button', { name: 'Update Keys' }).click();
  await eventually(async () => text(made).includes(other), 'the file is encrypted for the new key');
  const ciphertext = /bearerToken: (.*)/.exec(text(made))?.[1];
  writeFileSync(join(copy, '.sops.yaml'), rule);
  await runCommand(page, 'Flux: Update Keys to the Rule');
  await dialog.getByRole('button', { name: 'Update Keys' }).click();
  await dialog.getByText('stringData.bearerToken').waitFor();
  assert.equal(/bearerToken: (.*)/.exec(text(made))?.[1], ciphertext, 'values keep their ciphertext');
  await dialog.getByRole('button', { name: 'Rotate Data Key' }).click();
  await eventually(async () => /bearerToken: (.*)/.exec(text(made))?.[1] !== ciphertext, 'the data key is another');
  assert.doesNotMatch(text(made), new RegExp(other));
  assert.equal((await valuesOf(copy, made))['stringData.bearerToken'], 'a token');
}
