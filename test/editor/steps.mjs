// @ts-check

/**
 * Does something until its effect shows: the workbench moves focus while it lays out, and a key pressed in that moment
 * is lost. Ends with the locator's own error when it never shows.
 * @param {import('playwright-core').Locator} effect
 * @param {() => Promise<void>} act
 * @param {number} [seconds] that each attempt is given
 */
export async function actUntilSeen(effect, act, seconds = 2) {
  for (let attempt = 1; attempt < 8; attempt += 1) {
    try {
      await act();
      if (await isSeen(effect, seconds)) return;
    } catch {
      // Once more.
    }
  }
  await effect.waitFor();
}

/** One second after the other, so that a machine that stood still has not used up all of them. @param {import('playwright-core').Locator} effect @param {number} seconds */
async function isSeen(effect, seconds) {
  for (let second = 0; second < seconds; second += 1) {
    const isThere = await effect.waitFor({ timeout: 1_000 }).then(
      () => true,
      () => false,
    );
    if (isThere) return true;
  }
  return false;
}

/**
 * Runs a command until its list, or what else comes of it, shows. With patience: a list of a second run takes the place of
 * the first one's, rows change under the pointer, and a click chooses what stood there before.
 * @param {import('playwright-core').Page} page
 * @param {string} title
 * @param {import('playwright-core').Locator} effect
 */
export const runUntilSeen = (page, title, effect) => actUntilSeen(effect, () => runCommand(page, title), 10);

/**
 * Runs a command by its title from the palette.
 * @param {import('playwright-core').Page} page
 * @param {string} title
 */
export async function runCommand(page, title) {
  // `Undo` is not `Flux: Undo Suspending or Resuming…`.
  const begin = new RegExp(`^\\s*${title.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')}`);
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: begin }).first();
  const find = () =>
    actUntilSeen(row, async () => {
      // Commands of an extension come after the workbench: the palette may have to be opened again.
      await page.keyboard.press('Escape');
      await page.keyboard.press('F1');
      await page.locator('.quick-input-widget input').fill(`>${title}`, { timeout: 2_000 });
    });
  await find();
  try {
    await row.click({ timeout: 3_000 });
  } catch {
    // The palette closed when something else took the focus.
    await find();
    await row.click();
  }
}

/**
 * @param {() => Promise<boolean>} holds
 * @param {string} otherwise what is wrong when it does not hold within ten seconds
 */
export async function eventually(holds, otherwise) {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(otherwise);
}
