// @ts-check
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessibility, chooseTheme, graphFrame, graphicContrast, showStates, textContrast } from '../graph-page.mjs';
import { actUntilSeen, eventually, runCommand } from '../steps.mjs';

export const title = 'the graph marks a cycle, opens lines, is restored, and can be used by everyone in every theme';
export const folder = 'graph';
export const file = 'clusters/edge/flux-system/gotk-sync.yaml';

const themes = /** @type {const} */ ([
  ['Dark Modern', 'vscode-dark'],
  ['Light Modern', 'vscode-light'],
  ['Dark High Contrast', 'vscode-high-contrast'],
  ['Light High Contrast', 'vscode-high-contrast-light'],
]);

// The repository has four nodes: each time other states, with how the first of them is called.
const phases = /** @type {const} */ ([
  ['Ready', ['ready', 'reconciling', 'failed', 'stalled']],
  ['Waiting', ['waiting', 'suspended', 'deleting', 'unknown']],
  ['Behind', ['behind', 'unchecked', 'empty', 'static']],
  ['Disconnected', ['disconnected']],
]);

/** @param {import('../workbench.mjs').Window} window */
export async function play({ page, folder: repository }) {
  /** @type {string[]} */
  const refusals = [];
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text()) && /graph/.test(message.location().url)) {
      refusals.push(message.text());
    }
  });
  await page.locator('.activitybar').getByRole('tab', { name: 'Flux' }).waitFor({ timeout: 60_000 });
  let graph = await graphFrame(page);

  // The picker, since the first cluster by name has no cycle.
  const option = graph.locator('vscode-option', { hasText: 'clusters/home' });
  await actUntilSeen(option, () => graph.locator('vscode-dropdown').click());
  await option.click();
  const cyclic = graph.locator('.node.cyclic');
  await eventually(async () => (await cyclic.count()) === 2, 'both members of the cycle are marked');
  assert.match(
    await graph.locator('[role=status]').innerText(),
    /1 dependency cycle: .*storage.*backup|backup.*storage/,
  );
  assert.match((await cyclic.first().getAttribute('aria-label')) ?? '', /cycle of dependencies/);
  assert.equal(await cyclic.first().locator('text', { hasText: 'cycle' }).count(), 1, 'the mark is a word too');

  // By keyboard alone: from the sync along an edge to what it applies, then Enter.
  await graph.locator('.node[tabindex="0"]').focus();
  await page.keyboard.press('Home');
  const first = await graph.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  assert.match(first ?? '', /^flux-system\/flux-system/);
  const backup = graph.locator('.node:focus[aria-label^="flux-system/backup"]');
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowUp', 'ArrowLeft']) {
    if ((await backup.count()) > 0) break;
    await page.keyboard.press(key);
  }
  assert.equal(await backup.count(), 1, 'arrow keys lead to the member of the cycle');
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: 'apps.yaml' }).waitFor();
  const place = page.locator('#status\\.editor\\.selection');
  await eventually(async () => /Ln 19, Col \d+/.test(await place.innerText()), 'the name of backup is selected');

  for (const [theme, kind] of themes) {
    await chooseTheme(page, theme);
    await graph.locator(`body[data-vscode-theme-kind="${kind}"]`).waitFor();
    for (const view of ['Graph', 'List']) {
      await graph
        .locator('vscode-button', { hasText: `Show ${view}` })
        .click({ timeout: 2_000 })
        .catch(() => undefined);
      await graph.locator(view === 'Graph' ? 'svg.drawing' : 'table.list').waitFor();
      const { violations, passes, undecided } = await accessibility(graph);
      assert.deepEqual(violations, [], `${theme}, ${view}`);
      assert.deepEqual(
        undecided.filter((rule) => !rule.startsWith('color-contrast: ')),
        [],
      );
      if (view === 'Graph') {
        let faintest = Infinity;
        for (const [word, some] of phases) {
          await showStates(graph, some);
          const node = graph.locator(`.node[aria-label*="${word}"]`).first();
          await node.focus();
          const details = graph.locator('.details', { hasText: `${word}` });
          await details.waitFor();
          assert.match(
            await details.innerText(),
            /as the scene has it/,
            'who has no pointer can read what a state says',
          );
          const graphics = await graphicContrast(graph);
          faintest = Math.min(faintest, ...Object.values(graphics));
          for (const [what, contrast] of Object.entries(graphics)) {
            assert.ok(contrast >= 3, `${theme}, ${some.join(' ')}: ${what} have a contrast of ${contrast.toFixed(2)}`);
          }
        }
        const contrast = await textContrast(graph);
        assert.ok(contrast >= 4.5, `${theme}: text of the drawing has a contrast of ${contrast.toFixed(1)}`);
        console.log(
          `        ${theme}: contrast in the drawing at least ${contrast.toFixed(1)} of text, ${faintest.toFixed(1)} of lines and marks`,
        );
      }
      console.log(`        ${theme}, ${view}: axe passes ${passes} rules, cannot decide ${undecided.length}`);
    }
  }

  await narrow(page, graph);
  await saveGraphs(page, graph, repository);

  // A tab that was hidden begins anew, and looks as before.
  await graph.locator('vscode-button', { hasText: 'Show Graph' }).click();
  await graph.locator('vscode-button', { hasText: 'Zoom In' }).click();
  const zoomed = await graph.locator('svg.drawing > g').getAttribute('transform');
  await page.locator('.tab', { hasText: 'gotk-sync.yaml' }).click();
  await eventually(async () => graph.isDetached(), 'the page of a hidden tab is gone');
  await page.locator('.tab', { hasText: 'Dependency Graph' }).click();
  graph = await graphFrame(page, { opens: false });
  assert.equal(await graph.locator('svg.drawing > g').getAttribute('transform'), zoomed, 'the same part is seen');
  assert.match((await graph.locator('h1').textContent()) ?? '', /clusters\/home$/);
  await graph.locator('vscode-button', { hasText: 'Show List' }).click();

  // The list opens lines too; what was chosen outlives a reload of the window.
  await graph.locator('table.list button', { hasText: 'flux-system/storage' }).click();
  await eventually(async () => /Ln 4, Col \d+/.test(await place.innerText()), 'the name of storage is selected');
  assert.deepEqual(refusals, [], 'the policy of the page refuses nothing that the page does');
  // With a file in its address the workbench restores no editors; by its own command it keeps its state first.
  await page.evaluate(() => {
    const address = new URL(location.href);
    address.searchParams.delete('payload');
    history.replaceState(null, '', address);
  });
  const loaded = page.waitForEvent('load');
  await runCommand(page, 'Developer: Reload Window');
  await loaded;
  await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
  await actUntilSeen(page.locator('.tab', { hasText: 'Dependency Graph' }), async () => {
    await page.locator('.tab', { hasText: 'Dependency Graph' }).click({ timeout: 2_000 });
  });
  graph = await graphFrame(page, { opens: false });
  await graph.locator('table.list tr.cyclic').first().waitFor();
  assert.match((await graph.locator('h1').textContent()) ?? '', /clusters\/home$/);
}

/**
 * Neighbors and filters, in the list and by keyboard; what finds nothing says so and leads back.
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Frame} graph
 */
async function narrow(page, graph) {
  const status = graph.locator('[role=status]');
  await graph.locator('table.list button', { hasText: 'flux-system/backup' }).focus();
  await graph.locator('tr.current', { hasText: 'flux-system/backup' }).waitFor();
  await graph.locator('vscode-button', { hasText: 'Show Neighbors Only' }).click();
  assert.match(await status.innerText(), /next to Kustomization flux-system\/backup/);
  const filter = graph.locator('vscode-text-field input');
  await filter.click();
  await page.keyboard.type('no-such-name');
  await graph.getByText('No object matches').waitFor();
  const { violations } = await accessibility(graph);
  assert.deepEqual(violations, [], 'when nothing is found');
  const clear = graph.locator('vscode-button', { hasText: 'Clear Filter' });
  for (let presses = 0; presses < 20; presses += 1) {
    if (await clear.evaluate((button) => button === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await eventually(async () => /^4 objects, 8 relations, 1 dep/.test(await status.innerText()), 'all is shown again');
  assert.equal(await filter.inputValue(), '');
  await eventually(
    () => graph.evaluate(() => document.activeElement?.classList.contains('open') === true),
    'the keyboard is not lost with the button',
  );
}

/**
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Frame} graph
 * @param {string} repository
 */
async function saveGraphs(page, graph, repository) {
  for (const [button, name, begin] of /** @type {const} */ ([
    ['Save as Mermaid…', 'graph.md', '```mermaid\nflowchart LR\n  subgraph cluster["clusters/home"]\n'],
    ['Save as SVG…', 'graph.svg', '<?xml version="1.0" encoding="UTF-8"?>\n<svg '],
  ])) {
    const path = join(repository, name);
    const dialog = page.locator('.quick-input-widget input');
    await actUntilSeen(dialog, () => graph.locator('vscode-button', { hasText: button }).click());
    await eventually(async () => {
      if (existsSync(path) && readFileSync(path, 'utf8').startsWith(begin)) return true;
      // The dialog writes a name of its own when it has listed the folder.
      if (!(await dialog.isVisible())) return false;
      await dialog.fill(path);
      await page.waitForTimeout(500);
      if ((await dialog.inputValue()) === path) await page.keyboard.press('Enter');
      return false;
    }, `${name} is written`);
    await dialog.waitFor({ state: 'hidden' });
  }
}
