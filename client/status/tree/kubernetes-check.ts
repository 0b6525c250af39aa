/**
 * The oldest minor release of Kubernetes 1.x that each release of Flux accepts (flux2 cmd/flux/check.go at its tag). What 2.10
 * accepts was not to be had when this was written, so that of 2.9 counts: a fault that is told is one, and one may be missed.
 */
const oldest: Readonly<Record<string, number>> = {
  '2.0': 24,
  '2.1': 25,
  '2.2': 26,
  '2.3': 28,
  '2.4': 28,
  '2.5': 30,
  '2.6': 31,
  '2.7': 32,
  '2.8': 33,
  '2.9': 33,
};

/**
 * Why a Kubernetes is too old for a Flux, as `flux check` looks at it before all else.
 * @param kubernetes as the server says it, `v1.34.1+k3s1`
 * @param flux release of the controllers, `v2.9.2`; of one that is newer than all that are known the last known one counts
 * @returns undefined when it is not, or nobody can tell
 */
export function kubernetesFault(kubernetes: string, flux: string): string | undefined {
  const minor = /^v?1\.(\d+)/.exec(kubernetes)?.[1];
  const release = /^v?(\d+\.\d+)/.exec(flux)?.[1];
  if (minor === undefined || release === undefined) return undefined;
  const known = Object.keys(oldest).at(-1) ?? '';
  const at = Object.hasOwn(oldest, release) ? release : rank(release) > rank(known) ? known : undefined;
  const least = at === undefined ? undefined : oldest[at];
  if (least === undefined || Number(minor) >= least) return undefined;
  return `Kubernetes ${kubernetes} is too old for Flux ${release}, which wants 1.${least} or newer.`;
}

const rank = (release: string): number => release.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0);
