// @ts-check
import { operatorReleases } from './read-crds.mjs';

/**
 * The releases of each API version as spans. More than one record only when a version's releases have a gap.
 * @param {{ version: string, release: string }[]} seen newest first
 * @param {number} newest minor release up to which `2.3+` holds
 * @returns {Record<string, string>[]}
 */
export function spansOf(seen, newest) {
  /** @type {Map<string, string[]>} */
  const runs = new Map();
  for (const version of new Set(seen.map((one) => one.version))) {
    const releases = seen.filter((one) => one.version === version).map((one) => one.release);
    runs.set(version, releases.includes(operatorReleases) ? ['2.0+'] : runsOf(releases, newest));
  }
  const count = Math.max(0, ...[...runs.values()].map((of) => of.length));
  return Array.from({ length: count }, (_, index) =>
    Object.fromEntries([...runs].flatMap(([version, of]) => (of[index] ? [[version, of[index]]] : []))),
  );
}

/**
 * @param {string[]} releases
 * @param {number} newest
 */
function runsOf(releases, newest) {
  const minors = releases.map((release) => Number(release.split('.')[1])).sort((a, b) => a - b);
  /** @type {[number, number][]} */
  const runs = [];
  for (const minor of minors) {
    const last = runs.at(-1);
    if (last && minor <= last[1] + 1) last[1] = minor;
    else runs.push([minor, minor]);
  }
  return runs.map(([from, to]) => {
    if (to === newest) return `2.${from}+`;
    return from === to ? `2.${from}` : `2.${from}-2.${to}`;
  });
}
