// @ts-check
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '../git-steps.mjs';
import { prepareSecret, valuesOf } from '../secret-repository.mjs';
import { actUntilSeen } from '../steps.mjs';

export const title = 'Source Control offers to encrypt while a plain Secret that a rule would encrypt is there';
export const folder = 'secrets';
export const file = 'apps/settings.yaml';

const plain = 'apps/plain.sops.yaml';

/** @param {string} copy @param {string} home */
export async function prepare(copy, home) {
  await prepareSecret(copy, home, 'the first password');
  writeFileSync(join(copy, '.vscode', 'settings.json'), '{ "files.autoSave": "off", "git.enabled": true }\n');
  writeFileSync(join(copy, file), 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n');
  git(copy, 'init', '--quiet', '--initial-branch=main');
  writeFileSync(
    join(copy, plain),
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: plain\nstringData:\n  token: in clear\n',
  );
}

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, folder: copy }) {
  const view = page.locator('.scm-view:not(.scm-history-view, .scm-repositories-view)');
  await page.locator('.activitybar').getByRole('tab', { name: 'Flux' }).waitFor({ timeout: 60_000 });
  await actUntilSeen(view, () =>
    page
      .locator('.activitybar')
      .getByRole('tab', { name: /^Source Control/ })
      .click({ timeout: 2_000 }),
  );
  const rows = view.locator('.monaco-list-row .resource');
  await rows.filter({ hasText: 'settings.yaml' }).first().waitFor({ timeout: 60_000 });
  // The group of ours is there where the view shows more than one provider; the button of the repository always.
  const encrypt = view.locator('.action-label[aria-label^="Encrypt Secret in Plain Text"]').first();
  await encrypt.waitFor({ timeout: 60_000 });
  const git = view.locator('.monaco-list-row').filter({ hasText: 'settings.yaml' });
  assert.equal(await git.locator('.action-label[aria-label^="Encrypt"]').count(), 0, 'no row of Git has it');
  await encrypt.click();
  const said = page.locator('.notification-list-item', { hasText: 'may still hold the plain text' });
  await said.waitFor();
  assert.doesNotMatch(readFileSync(join(copy, plain), 'utf8'), /in clear/);
  assert.equal((await valuesOf(copy, plain))['stringData.token'], 'in clear');
  await encrypt.waitFor({ state: 'detached' });
}
