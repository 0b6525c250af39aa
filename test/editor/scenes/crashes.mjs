// @ts-check
import assert from 'node:assert/strict';
import { actUntilSeen, eventually } from '../steps.mjs';

export const title = 'a crashed server starts again twice, then says that it stays down';
export const file = 'clusters/home/apps.yaml';

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, servers }) {
  const squiggle = page.locator('.monaco-editor .squiggly-error').first();
  await squiggle.waitFor({ timeout: 60_000 });
  const killed = new Set();
  for (let crash = 1; crash <= 3; crash += 1) {
    await eventually(async () => servers().some((id) => !killed.has(id)), `no server runs before crash ${crash}`);
    for (const id of servers()) {
      killed.add(id);
      process.kill(id, 'SIGKILL');
    }
  }

  const status = page.locator('#status\\.languageStatus');
  const item = page.locator('.hover-language-status', { hasText: 'Flux: stopped after three crashes' });
  await actUntilSeen(item, async () => {
    await page.mouse.move(640, 300);
    await status.hover();
  });
  const popUps = await page.locator('.notification-list-item').count();
  assert.equal(popUps, 0, 'nothing pops up');
  await item.getByRole('button', { name: 'Restart', exact: true }).click();
  await squiggle.waitFor();
  await eventually(async () => servers().length === 1, 'the link starts one server');
}
