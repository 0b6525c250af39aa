/** Minor releases of Flux that are known, oldest first. */
export const fluxReleases = ['2.0', '2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7', '2.8', '2.9', '2.10'] as const;
export type FluxRelease = (typeof fluxReleases)[number];
export const newestFlux: FluxRelease = '2.10';

/** `2.3` (one release), `2.3-2.7` (inclusive) or `2.3+` (up to the newest known). */
export type ReleaseSpan = string;

const indexOf = (release: string): number => {
  const index = fluxReleases.indexOf(release as FluxRelease);
  if (index < 0) throw new RangeError(`unknown Flux release ${release}`);
  return index;
};

/** True when the span holds the release. Throws RangeError on a release no table knows. */
export function spanHolds(span: ReleaseSpan, release: FluxRelease): boolean {
  const at = indexOf(release);
  if (span.endsWith('+')) return at >= indexOf(span.slice(0, -1));
  const [from = span, to = from] = span.split('-');
  return at >= indexOf(from) && at <= indexOf(to);
}
