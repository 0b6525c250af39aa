// @ts-check
import assert from 'node:assert/strict';
import { actUntilSeen, runUntilSeen } from '../steps.mjs';

export const title = 'nothing starts in a repository that is not GitOps, until Flux content is typed';
export const folder = 'quiet';
export const file = 'settings.yaml';

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, servers }) {
  const text = page.locator('.editor-instance .view-line', { hasText: 'services' });
  await text.waitFor();
  // A command that shows its effect: the extension is active from here on.
  const log = page.locator('.pane-body.output-view, .output-view').first();
  await runUntilSeen(page, 'Flux: Show Log', log);
  const views = page.locator('.activitybar').getByRole('tab', { name: 'Flux' });
  assert.equal(await views.count(), 0, 'no views are shown');
  assert.deepEqual(servers(), [], 'no server runs');

  await actUntilSeen(page.locator('.editor-instance .monaco-editor.focused'), () => text.click());
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('apiVersion: kustomize.toolkit.fluxcd.io/v1\n');
  await views.waitFor();
}
