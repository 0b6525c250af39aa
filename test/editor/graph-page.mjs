// @ts-check
// The page of the dependency graph inside the workbench.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runCommand } from './steps.mjs';
import { cache } from './tools.mjs';

const require = createRequire(join(cache, 'tools', 'package.json'));

/**
 * Opens the graph, or finds it again after a reload, and waits until it is drawn.
 * @param {import('playwright-core').Page} page
 * @param {{ opens?: boolean }} [how]
 * @returns {Promise<import('playwright-core').Frame>}
 */
export async function graphFrame(page, { opens = true } = {}) {
  if (opens) await runCommand(page, 'Flux: Show Dependency Graph');
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    for (const frame of page.frames()) {
      try {
        if ((await frame.locator('body[data-ready*="|"]').count()) > 0) return frame;
      } catch {
        // A frame that went away meanwhile.
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the graph was not drawn within a minute');
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} name as the editor's list of themes has it
 */
export async function chooseTheme(page, name) {
  await runCommand(page, 'Preferences: Color Theme');
  const input = page.locator('.quick-input-widget input');
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first();
  await input.fill(name);
  await row.click();
}

/**
 * The lowest contrast between the text of the drawing and the boxes it stands in, which axe-core does not look at in SVG.
 * @param {import('playwright-core').Frame} frame
 * @returns {Promise<number>}
 */
export function textContrast(frame) {
  return frame.evaluate(() => {
    /** @param {string} colour */
    const luminance = (colour) => {
      const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
        const value = Number(part) / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const texts = [...document.querySelectorAll('.node text')];
    return Math.min(
      ...texts.map((text) => {
        const box = text.parentElement?.querySelector('.box');
        const both = [text, ...(box ? [box] : [])].map((part) => luminance(getComputedStyle(part).fill) + 0.05);
        return Math.max(...both) / Math.min(...both);
      }),
    );
  });
}

/**
 * The lowest contrast of what is drawn and is no text with what lies under it, by what it is: marks and bars of states in
 * their boxes, lines and borders on the page.
 * @param {import('playwright-core').Frame} frame
 * @returns {Promise<Record<string, number>>}
 */
export function graphicContrast(frame) {
  return frame.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    if (canvas === null) throw new Error('no canvas');
    /** What is seen of colours that lie over each other. @param {readonly { colour: string, opacity?: string }[]} layers */
    const luminance = (layers) => {
      for (const { colour, opacity = '1' } of layers) {
        canvas.globalAlpha = Number(opacity);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
      }
      const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
        const value = part / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const page = { colour: getComputedStyle(document.body).backgroundColor };
    /** @param {string} selector @param {'fill' | 'stroke'} part */
    const lowest = (selector, part) =>
      Math.min(
        ...[...document.querySelectorAll(selector)].map((element) => {
          const style = getComputedStyle(element);
          const box = selector === '.box' ? null : element.closest('.node')?.querySelector('.box');
          const under = box ? [page, { colour: getComputedStyle(box).fill }] : [page];
          const over = { colour: style[part], opacity: part === 'stroke' ? style.strokeOpacity : style.fillOpacity };
          const both = [luminance(under), luminance([...under, over])].map((value) => value + 0.05);
          return Math.max(...both) / Math.min(...both);
        }),
      );
    return {
      marks: lowest('.mark', 'stroke'),
      bars: lowest('.bar', 'fill'),
      turns: lowest('.turn', 'stroke'),
      lines: lowest('.line', 'stroke'),
      heads: lowest('.head', 'fill'),
      borders: lowest('.box', 'stroke'),
    };
  });
}

/**
 * Tells the page of states as the extension would, one of each kind, over and over.
 * @param {import('playwright-core').Frame} frame
 * @param {readonly string[]} phases
 */
export function showStates(frame, phases) {
  return frame.evaluate((all) => {
    const nodes = [...document.querySelectorAll('.node')];
    const states = nodes.map((node, index) => ({
      id: node.getAttribute('data-id'),
      phase: all[index % all.length],
      text: 'staging: as the scene has it',
    }));
    window.postMessage({ version: 1, type: 'states', cluster: document.body.dataset['ready'], states }, '*');
  }, phases);
}

/**
 * What axe-core finds in a frame: rule and elements, a line each.
 * @param {import('playwright-core').Frame} frame
 * @returns {Promise<{ violations: string[], passes: number, undecided: string[] }>}
 */
export async function accessibility(frame) {
  await frame.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  return frame.evaluate(async () => {
    // @ts-expect-error the library was put into the page just now
    const { violations, passes, incomplete } = await globalThis.axe.run();
    /** @param {{ id: string, nodes: { target: string[] }[] }} rule */
    const line = ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`;
    return { violations: violations.map(line), passes: passes.length, undecided: incomplete.map(line) };
  });
}
