// @ts-check
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { actUntilSeen, eventually, runCommand, runUntilSeen } from '../steps.mjs';

export const title = 'the state of the server, the target version and the clusters with their colors are shown';
export const file = 'clusters/home/apps.yaml';

/** @param {string} folder @param {string} colour */
const paint = (folder, colour) =>
  writeFileSync(join(folder, '.fluxwright.yaml'), `clusters: [{ path: clusters/home, colour: ${colour} }]\n`);
export const prepare = async (/** @type {string} */ folder) => paint(folder, 'red');

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, folder }) {
  await page.locator('.monaco-editor .squiggly-error').first().waitFor({ timeout: 60_000 });

  const clusters = page.getByRole('tree', { name: 'Clusters' });
  const cluster = clusters.getByRole('treeitem', { name: /^Cluster clusters\/home, Flux \d/ });
  await runUntilSeen(page, 'Flux: Show Views', cluster);

  // Its color, in a word too, follows the repository.
  await coloured(page, cluster, 'red');
  paint(folder, 'purple');
  await coloured(page, cluster, 'purple');

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
  await runUntilSeen(page, 'Flux: Show Log', log);
  await reportIssue(page, folder);
}

/** @param {import('playwright-core').Page} page @param {import('playwright-core').Locator} cluster @param {string} colour */
async function coloured(page, cluster, colour) {
  await eventually(
    async () => new RegExp(`, ${colour}$`).test((await cluster.getAttribute('aria-label')) ?? ''),
    `the row does not say ${colour}`,
  );
  const shown = cluster.locator('.codicon-server-environment').first();
  const [icon, theme] = await shown.evaluate((element, name) => {
    const probe = element.appendChild(document.createElement('i'));
    probe.style.color = `var(--vscode-charts-${name})`;
    const wanted = getComputedStyle(probe).color;
    probe.remove();
    return [getComputedStyle(element).color, wanted];
  }, colour);
  assert.equal(icon, theme, `the icon is not ${colour}`);
}

/** The page of a new issue names versions and no path. @param {import('playwright-core').Page} page @param {string} folder */
async function reportIssue(page, folder) {
  const asked = page
    .context()
    .waitForEvent('request', { predicate: (request) => /\/issues\/new\?body=/.test(request.url()) });
  await runCommand(page, 'Flux: Report an Issue');
  const dialog = page.locator('.monaco-dialog-box', { hasText: 'open the external website' });
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  const text = new URL((await asked).url()).searchParams.get('body') ?? '';
  for (const fact of [/- Fluxwright: \d+\.\d+/, /- VS Code: \d/, /- Language server: running/, /- Flux: \d/]) {
    assert.match(text, fact);
  }
  assert.doesNotMatch(text, /clusters\/home/);
  assert.ok(!text.includes(folder), 'no path of the repository leaves the machine');
}
