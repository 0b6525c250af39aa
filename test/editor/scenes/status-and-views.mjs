// @ts-check
import { actUntilSeen, runCommand } from '../steps.mjs';

export const title = 'the state of the server, the target version and the clusters are shown';
export const file = 'clusters/home/apps.yaml';

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page }) {
  await page.locator('.monaco-editor .squiggly-error').first().waitFor({ timeout: 60_000 });

  const clusters = page.getByRole('tree', { name: 'Clusters' });
  const cluster = clusters.getByRole('treeitem', { name: /^Cluster clusters\/home, Flux \d/ });
  await actUntilSeen(cluster, () => runCommand(page, 'Flux: Show Views'));

  // The braces beside the language hold the status of extensions.
  const status = page.locator('#status\\.languageStatus');
  const item = page.locator('.hover-language-status', { hasText: /Flux \d.*clusters\/home: .*assumed/s });
  await actUntilSeen(item, async () => {
    await page.mouse.move(640, 300);
    await status.hover();
  });

  await page.mouse.move(640, 300);
  await runCommand(page, 'Flux: Restart Language Server');
  await page.locator('.monaco-editor .squiggly-error').first().waitFor();
  await cluster.waitFor();

  const log = page.locator('.output-view, .panel .editor-instance').first();
  await actUntilSeen(log, () => runCommand(page, 'Flux: Show Log'));
}
