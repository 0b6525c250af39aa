// @ts-check
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareSecret, rowOf, sealed, secretFrame, secretOf } from '../secret-repository.mjs';
import { openByLens, openFile } from '../secret-steps.mjs';
import { eventually, runCommand } from '../steps.mjs';

export const title = 'in a workspace that is not trusted nothing is decrypted and no program runs, until it is trusted';
export const folder = 'secrets';
export const file = 'apps/db.sops.yaml';
export const settings = { 'security.workspace.trust.enabled': true };

const plain = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: plain\nstringData:\n  token: in clear\n';

/** @param {string} copy @param {string} home */
export async function prepare(copy, home) {
  await prepareSecret(copy, home, 'the first password');
  // For a key that only the program of SOPS could use.
  const other =
    'pgp:\n        - created_at: "2026-01-01T00:00:00Z"\n          enc: |-\n            -----BEGIN PGP MESSAGE-----\n            AAAA\n            -----END PGP MESSAGE-----\n          fp: 85D77543B3D624B63CEA9E6DBC17301B491B3F21\n';
  const text = (await sealed(copy, secretOf('a password'))).replace(
    /age:\n[\s\S]*?-----END AGE ENCRYPTED FILE-----\n/,
    other,
  );
  assert.match(text, /pgp:/);
  writeFileSync(join(copy, 'apps/pgp.sops.yaml'), text);
  writeFileSync(join(copy, 'apps/plain.sops.yaml'), plain);
}

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, folder: copy, programsRun }) {
  await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
  const before = programsRun().length;
  const shut = await openByLens(page, 'sealed');
  await shut.locator('[role=status]', { hasText: 'This workspace is not trusted' }).waitFor();
  assert.doesNotMatch((await shut.locator('body').textContent()) ?? '', /password/);
  const said = page.locator('.notification-list-item', { hasText: 'not trusted, so nothing in it is encrypted' });
  for (const command of ['Flux: Compare Revisions of Encrypted File', 'Flux: New Secret for Flux']) {
    await runCommand(page, command);
    await said.first().waitFor();
    await runCommand(page, 'Notifications: Clear All Notifications');
    await said.first().waitFor({ state: 'detached' });
  }
  await openFile(page, 'plain.sops.yaml');
  await runCommand(page, 'Flux: Encrypt File by Its Rule');
  await said.first().waitFor();
  assert.equal(readFileSync(join(copy, 'apps/plain.sops.yaml'), 'utf8'), plain);
  await openFile(page, 'pgp.sops.yaml');
  await openByLens(page, 'sealed');
  assert.deepEqual(programsRun().slice(before), [], 'no program was run');

  // The control: what was not done is done once the user trusts the folder.
  await runCommand(page, 'Workspaces: Manage Workspace Trust');
  await page
    .locator('.workspace-trust-editor')
    .getByRole('button', { name: /^Trust/ })
    .first()
    .click();
  await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ state: 'detached' });
  await eventually(async () => programsRun().length > before, 'the program of SOPS is run for a key of OpenPGP');
  // Where the question of trust is asked in a window of its own, that lies over the tabs.
  const shutWindow = page.locator('.monaco-modal-editor-block .codicon-close').first();
  if (await shutWindow.isVisible()) await shutWindow.click();
  await page.locator('.tab', { hasText: 'db.sops.yaml' }).last().click();
  await rowOf(await secretFrame(page, 'open'), 'password').waitFor();
}
