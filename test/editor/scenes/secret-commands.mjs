// @ts-check
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { prepareSecret, rowOf, secretFrame, valuesOf } from '../secret-repository.mjs';
import { frameWith, openFile, type } from '../secret-steps.mjs';
import { actUntilSeen, eventually, runCommand } from '../steps.mjs';

export const title =
  'a plain Secret is encrypted, one for Flux and a new file are made, keys are updated and the data key is rotated';
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

  const made = 'apps/git-auth.sops.yaml';
  await actUntilSeen(page.locator('.tab.active', { hasText: 'git-auth.sops.yaml' }), () => makeFluxSecret(page), 10);
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

  // Its rule encrypts data and stringData alone: what would stand in clear is not written without a word.
  await makeFile(page, 'apps/pin.sops.yaml', 'pin');
  await type(await frameWith(page, 'pin'), 'pin', 'in clear');
  await dialog.getByText('pin would be written in clear').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  await makeFile(page, 'apps/code.sops.yaml', 'stringData');
  await type(await frameWith(page, 'stringData'), 'stringData', 'an entry code');
  await page.locator('.tab.active.dirty', { hasText: 'code.sops.yaml' }).waitFor();
  await runCommand(page, 'File: Save');
  await eventually(
    async () => (await valuesOf(copy, 'apps/code.sops.yaml'))['stringData'] === 'an entry code',
    'the code is saved',
  );
  assert.doesNotMatch(text('apps/code.sops.yaml'), /an entry code/);
  assert.doesNotMatch(text('apps/pin.sops.yaml'), /in clear/);

  // From the text of a file to its page, and to why it opens.
  await openFile(page, 'db.sops.yaml');
  await runCommand(page, 'Flux: Open Encrypted File');
  await rowOf(await frameWith(page, 'username'), 'username').waitFor();
  await runCommand(page, 'Flux: Explain Decryption');
  await page.locator('.view-lines', { hasText: 'Decryption of apps/db.sops.yaml' }).first().waitFor();
}

// Boxes close when something else takes the focus: the way is gone again from its start.
/** Answers the boxes of a command. @param {import('playwright-core').Page} page @param {readonly (readonly [string, string?])[]} answers what is asked, and what is said other than what is proposed */
async function answerBoxes(page, answers) {
  const input = page.locator('.quick-input-widget input[type=text]');
  for (const [asked, text] of answers) {
    await page.locator('.quick-input-message', { hasText: asked }).waitFor({ timeout: 3_000 });
    if (text !== undefined) await input.fill(text);
    await page.keyboard.press('Enter');
  }
}

/** @param {import('playwright-core').Page} page */
async function makeFluxSecret(page) {
  await runCommand(page, 'Flux: New Secret for Flux');
  await page.locator('.quick-input-widget input[type=text]').fill('bearer', { timeout: 3_000 });
  const form = page.locator('.quick-input-list .monaco-list-row', { hasText: 'bearer token' }).first();
  await form.click({ timeout: 3_000 });
  await answerBoxes(page, [['Name of the Secret'], ['Namespace'], ['Path in']]);
}

/** @param {import('playwright-core').Page} page @param {string} path @param {string} key */
async function makeFile(page, path, key) {
  const tab = page.locator('.tab.active', { hasText: path.slice(path.lastIndexOf('/') + 1) });
  const make = async () => {
    await runCommand(page, 'Flux: New Encrypted File');
    await answerBoxes(page, [
      ['Path in', path],
      ['Its first key', key],
    ]);
  };
  await actUntilSeen(tab, make, 10);
}
