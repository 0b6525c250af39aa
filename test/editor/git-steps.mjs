// @ts-check
import { execFileSync } from 'node:child_process';

/**
 * Runs Git in a folder, as somebody.
 * @param {string} folder
 * @param {...string} args
 */
export function git(folder, ...args) {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, '-C', folder, ...args], { encoding: 'utf8', stdio: 'pipe' }).trim();
}
