// @ts-check
// Draws images/icon.png from images/icon.svg with a Chromium: node tools/package/icon.mjs [CHROMIUM]
// The result is committed, since the marketplace takes no SVG; run it again after a change of the drawing.
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

execFileSync(process.argv[2] ?? process.env['CHROMIUM'] ?? 'chromium', [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--hide-scrollbars',
  '--default-background-color=00000000',
  '--window-size=256,256',
  `--screenshot=${resolve('images/icon.png')}`,
  pathToFileURL('images/icon.svg').href,
]);
