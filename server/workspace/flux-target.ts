import { type FluxRelease, fluxReleases, newestFlux } from '../../schemas/release';
import { type FluxTarget } from './cluster';

/**
 * Reads a version or range as its release line: `v2.8.3` is 2.8, `2.x` and `*` are the newest known, 0.x and 1.x are
 * older than every table. undefined when it cannot be read.
 */
export function readFluxVersion(text: string, evidence: string): FluxTarget | undefined {
  const plain = text.trim().replace(/^[v=^~>]*\s*/, '');
  const [major = '', minor = ''] = plain.split('.');
  if (major === '*' || (major === '2' && !/^\d+/.test(minor))) {
    return { release: newestFlux, text, isKnown: true, evidence, isOperated: false };
  }
  if (major === '0' || major === '1') return { release: undefined, text, isKnown: true, evidence, isOperated: false };
  if (major !== '2') return undefined;
  const release = `2.${/^\d+/.exec(minor)?.[0] ?? ''}`;
  const isNewer = Number(release.slice(2)) > Number(newestFlux.slice(2));
  const known = (fluxReleases as readonly string[]).includes(release) ? (release as FluxRelease) : undefined;
  return { release: known ?? (isNewer ? newestFlux : undefined), text, isKnown: true, evidence, isOperated: false };
}

/** What stands when nothing says which version a cluster runs. */
export const assumedFlux: FluxTarget = {
  release: newestFlux,
  text: newestFlux,
  isKnown: false,
  evidence: 'nothing in the repository says which version runs, so the newest is assumed',
  isOperated: false,
};
