/** How many of the paths that are read from a source exist in what may be its files. */
export interface PathCount {
  readonly present: number;
  readonly absent: number;
}

/**
 * True when so many paths exist that those which do not are mistakes: more than two for each that does not. By accident a
 * few may exist, and where a third is missing the files may as well be others.
 */
export function isClearMajority({ present, absent }: PathCount): boolean {
  return present > 2 * absent;
}

/** Counts each path once. */
export function countPaths(paths: Iterable<string>, exists: (path: string) => boolean): PathCount {
  let present = 0;
  const all = new Set(paths);
  for (const path of all) if (exists(path)) present++;
  return { present, absent: all.size - present };
}

/** The candidate of which every path exists if it is the only one, else the one of which clearly most do. */
export function bestOf<T extends PathCount>(candidates: readonly T[]): T | undefined {
  const whole = candidates.filter(({ absent }) => absent === 0);
  if (whole.length > 0) return whole.length === 1 ? whole[0] : undefined;
  const most = Math.max(...candidates.map(({ present }) => present));
  const [best, ...others] = candidates.filter(({ present }) => present === most);
  return best !== undefined && others.length === 0 && isClearMajority(best) ? best : undefined;
}
