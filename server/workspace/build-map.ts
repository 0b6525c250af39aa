import { type BuildResult } from '../build/build';
import { type ResourceKey } from '../model/resource-id';

/** Builds of a cluster by the key of the Flux Kustomization they are for. */
export type BuildMap = ReadonlyMap<ResourceKey, BuildResult>;

/** Builds of which two maps hold different ones, or one holds none. */
export interface BuildDifference {
  readonly come: readonly BuildResult[];
  readonly gone: readonly BuildResult[];
}

/** From which map one was made, and what was put into it. The older is not kept alive by the newer. */
interface Making {
  readonly from: WeakRef<BuildMap>;
  readonly keys: readonly ResourceKey[];
}

const makings = new WeakMap<BuildMap, Making>();
// Several passes may have been dropped since the older of two maps was looked at.
const longestWay = 16;

/** The map with other builds in it. */
export function withBuilds(builds: BuildMap, made: BuildMap): BuildMap {
  const all = new Map(builds);
  for (const [key, result] of made) all.set(key, result);
  makings.set(all, { from: new WeakRef(builds), keys: [...made.keys()] });
  return all;
}

/** What came and went between two maps, without a walk over both where one was made from the other. */
export function differingBuilds(before: BuildMap | undefined, now: BuildMap | undefined): BuildDifference {
  if (before === now) return { come: [], gone: [] };
  const keys = keysBetween(before, now) ?? new Set([...(now?.keys() ?? []), ...(before?.keys() ?? [])]);
  const come: BuildResult[] = [];
  const gone: BuildResult[] = [];
  for (const key of keys) {
    const [old, next] = [before?.get(key), now?.get(key)];
    if (old === next) continue;
    if (next !== undefined) come.push(next);
    if (old !== undefined) gone.push(old);
  }
  return { come, gone };
}

function keysBetween(before: BuildMap | undefined, now: BuildMap | undefined): ReadonlySet<ResourceKey> | undefined {
  const keys = new Set<ResourceKey>();
  let here = now;
  for (let steps = 0; here !== undefined && steps < longestWay; steps++) {
    const making = makings.get(here);
    if (making === undefined) return undefined;
    for (const key of making.keys) keys.add(key);
    here = making.from.deref();
    if (here !== undefined && here === before) return keys;
  }
  return undefined;
}
