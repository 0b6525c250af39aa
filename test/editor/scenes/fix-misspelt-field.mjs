// @ts-check
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { actUntilSeen, eventually } from '../steps.mjs';

export const title = 'a misspelt field is marked, and its quick fix repairs it';
export const file = 'clusters/home/apps.yaml';

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, folder }) {
  const squiggles = page.locator('.monaco-editor .squiggly-error');
  await squiggles.first().waitFor({ timeout: 60_000 });
  assert.equal(await squiggles.count(), 1, 'exactly one error is marked');

  const problem = page.locator('.markers-panel .monaco-list-row', { hasText: 'retryIntervall' });
  await actUntilSeen(problem, () => page.keyboard.press('Control+Shift+M'));
  const text = await problem.innerText();
  assert.match(text, /\bflux\s+schema-unknown-field\b/, `code and source stand beside the message: ${text}`);

  const fix = page.locator('.action-widget .monaco-list-row', { hasText: 'Rename to retryInterval' }).first();
  await actUntilSeen(fix, async () => {
    // A double click on a problem selects its place in the editor.
    await problem.dblclick();
    await page.locator('.editor-instance .monaco-editor.focused').waitFor({ timeout: 2_000 });
    await page.keyboard.press('Control+.');
  });
  await fix.click();

  await squiggles.first().waitFor({ state: 'detached' });
  await problem.waitFor({ state: 'detached' });
  await actUntilSeen(page.locator('.tab.active:not(.dirty)'), () => page.keyboard.press('Control+S'));
  await eventually(
    async () => /^ {2}retryInterval: 1m$/m.test(await readFile(join(folder, file), 'utf8')),
    'the file on disk does not hold the repaired field',
  );
}
