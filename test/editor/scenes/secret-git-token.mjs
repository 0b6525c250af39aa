// @ts-check
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareSecret, rowOf, sealed, valuesOf } from '../secret-repository.mjs';
import { frameWith } from '../secret-steps.mjs';
import { eventually, runCommand, runUntilSeen } from '../steps.mjs';

export const title = 'rotating a Git token leads to the key that the source reads, in the namespace that is rendered';
export const folder = 'secrets';
export const file = 'apps/db.sops.yaml';

const auth = 'apps/git-auth.sops.yaml';
const secret = (/** @type {string} */ name, /** @type {string} */ values) =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\nstringData:\n${values}`;

/** @param {string} copy @param {string} home */
export async function prepare(copy, home) {
  await prepareSecret(copy, home, 'the first password');
  // Nothing in these files says in which namespace they are.
  writeFileSync(
    join(copy, 'apps/kustomization.yaml'),
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: team\nresources:\n  - db.sops.yaml\n  - git.yaml\n  - git-auth.sops.yaml\n',
  );
  writeFileSync(
    join(copy, 'apps/git.yaml'),
    'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata:\n  name: team\nspec:\n  interval: 5m\n  url: https://git.example.com/team/apps.git\n  secretRef:\n    name: git-auth\n',
  );
  const values = '  caFile: none\n  username: git\n  password: the old token\n';
  const other = '  password: of something else\n';
  writeFileSync(
    join(copy, auth),
    `${await sealed(copy, `${secret('other', other)}---\n${secret('git-auth', values)}`)}`,
  );
}

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, folder: copy }) {
  await page.locator('.activitybar').getByRole('tab', { name: 'Flux' }).waitFor({ timeout: 60_000 });
  await page.locator('.codelens-decoration a', { hasText: 'Open encrypted file' }).waitFor({ timeout: 60_000 });
  const row = page
    .locator('.quick-input-list .monaco-list-row', { hasText: 'team/git-auth' })
    .filter({ hasText: 'read by team/team' });
  // Before the repository was read once, nobody knows what a kustomization sets.
  await runUntilSeen(page, 'Flux: Rotate Git Credentials', row);
  await row.click();
  const frame = await frameWith(page, 'caFile');
  await frame.locator('[role=status]', { hasText: 'Put the new value here' }).waitFor();
  const focused = frame.locator('button:focus');
  await focused.waitFor();
  assert.equal(await focused.getAttribute('aria-label'), 'Edit password');
  const wanted = frame.locator('li.row.wanted');
  assert.equal(await wanted.count(), 1);
  const id = (await wanted.getAttribute('data-id')) ?? '';
  assert.match(id, /^\[1,/, 'of the second document');
  await page.keyboard.press('Enter');
  // The mark goes with the next news of the file, which may come before the form.
  const token = frame.locator(`li.row[data-id=${JSON.stringify(id)}]`);
  await token.locator('textarea').fill('the new token');
  await token.getByRole('button', { name: 'Apply' }).click();

  // A key comes, and one goes.
  const map = frame.locator('li.row', { has: frame.locator('.key', { hasText: /^stringData$/ }) }).last();
  await map.getByRole('button', { name: 'Add Key stringData' }).click();
  await map.locator('input').fill('bearerToken');
  await map.locator('textarea').fill('a token');
  await map.getByRole('button', { name: 'Apply' }).click();
  await rowOf(frame, 'bearerToken').waitFor();
  await rowOf(frame, 'caFile').getByRole('button', { name: 'Remove caFile' }).click();
  await rowOf(frame, 'caFile').waitFor({ state: 'detached' });
  await page.locator('.tab.active.dirty', { hasText: 'git-auth.sops.yaml' }).waitFor();
  await runCommand(page, 'File: Save');
  await eventually(
    async () => (await valuesOf(copy, auth, 1))['stringData.password'] === 'the new token',
    'the token is saved',
  );
  assert.deepEqual(await valuesOf(copy, auth, 1), {
    ...{ apiVersion: 'v1', kind: 'Secret', 'metadata.name': 'git-auth' },
    ...{ 'stringData.username': 'git', 'stringData.password': 'the new token', 'stringData.bearerToken': 'a token' },
  });
  assert.equal((await valuesOf(copy, auth, 0))['stringData.password'], 'of something else');
}
