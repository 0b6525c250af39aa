// @ts-check
// What npm and vsce run before they pack: a production build and the notices of what is bundled in it.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledPackages, noticesOf } from './notices.mjs';

process.chdir(join(import.meta.dirname, '..', '..'));
const { status } = spawnSync(process.execPath, ['tools/build.mjs', '--production'], { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);
writeFileSync('dist/THIRD_PARTY_NOTICES.txt', noticesOf(bundledPackages()));
