// @ts-check
// What scenes do in the editor of encrypted files.
import assert from 'node:assert/strict';
import { actUntilSeen, runCommand } from './steps.mjs';
import { rowOf, secretFrame } from './secret-repository.mjs';

/**
 * Opens the file of the active text editor by its lens.
 * @param {import('playwright-core').Page} page
 * @param {'open' | 'sealed'} [state] what its page has to be then
 * @returns {Promise<import('playwright-core').Frame>}
 */
export async function openByLens(page, state = 'open') {
  const lens = page.locator('.codelens-decoration a', { hasText: 'Open encrypted file' });
  await lens.waitFor({ timeout: 60_000 });
  await actUntilSeen(page.locator('iframe.webview.ready').first(), () => lens.click({ timeout: 2_000 }));
  return secretFrame(page, state);
}

/**
 * The page of a file after the window was loaded again. The workbench notes its tabs in its own time, so that some or all
 * may be missing: the file is opened once more.
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @param {'open' | 'sealed'} [state]
 */
export async function openAgain(page, name, state = 'open') {
  await openFile(page, name);
  const webview = page.locator('iframe.webview.ready').first();
  await webview
    .or(page.locator('.codelens-decoration a', { hasText: 'Open encrypted file' }))
    .first()
    .waitFor();
  return (await webview.isVisible()) ? secretFrame(page, state) : openByLens(page, state);
}

/**
 * Shows a value and waits until it is seen.
 * @param {import('playwright-core').Frame} frame
 * @param {string} key
 * @param {string} value
 */
export async function show(frame, key, value) {
  const row = rowOf(frame, key);
  const content = row.locator('.content', { hasText: value });
  // The button shows and hides: a second click that comes too early would hide what is on its way.
  for (let attempt = 0; attempt < 4 && !(await content.isVisible()); attempt += 1) {
    await row.getByRole('button', { name: `Show ${key}` }).click();
    await content.waitFor({ timeout: 10_000 }).catch(() => undefined);
  }
  await content.waitFor({ timeout: 1_000 });
}

/**
 * Types another value, letter by letter.
 * @param {import('playwright-core').Frame} frame
 * @param {string} key
 * @param {string} value
 */
export async function type(frame, key, value) {
  const row = rowOf(frame, key);
  await actUntilSeen(row.locator('textarea'), () =>
    row.getByRole('button', { name: `Edit ${key}` }).click({ timeout: 2_000 }),
  );
  await row.locator('textarea').press('Control+a');
  await row.locator('textarea').pressSequentially(value);
  assert.equal(await row.locator('textarea').inputValue(), value, 'each key reached the field');
  await row.getByRole('button', { name: 'Apply' }).click();
  await row.locator('textarea').waitFor({ state: 'detached' });
}

/**
 * The page that shows a key, of those that are open.
 * @param {import('playwright-core').Page} page
 * @param {string} key
 * @returns {Promise<import('playwright-core').Frame>}
 */
export async function frameWith(page, key) {
  const end = Date.now() + 30_000;
  while (Date.now() < end) {
    for (const frame of page.frames()) {
      const rows = await rowOf(frame, key)
        .count()
        .catch(() => 0);
      if (rows > 0) return frame;
    }
    await page.waitForTimeout(100);
  }
  throw new Error(`no page shows ${key}`);
}

/**
 * Opens a file of the folder from the list of files.
 * @param {import('playwright-core').Page} page
 * @param {string} name
 */
export async function openFile(page, name) {
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first();
  await runCommand(page, 'Go to File');
  await page.locator('.quick-input-widget input').fill(name);
  await row.click();
  await page.locator('.tab.active', { hasText: name }).waitFor();
}

/**
 * Loads the window again, with the tabs that it had: the file that its address asks for would come in front of them.
 * @param {import('playwright-core').Page} page
 * @param {string} [address] of a page that crashed
 */
export async function loadAgain(page, address = page.url()) {
  const url = new URL(address);
  const isSame = !url.searchParams.has('payload') && address === page.url();
  url.searchParams.delete('payload');
  await (isSame ? page.reload() : page.goto(String(url)));
  await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
}
