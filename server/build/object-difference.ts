import { differingPart } from '../model/differing-part';
import { type BuildResult, type RenderedObject } from './build';

/** Objects that one build has and another has not, by identity. */
export interface ObjectDifference {
  readonly come: readonly RenderedObject[];
  readonly gone: readonly RenderedObject[];
}

/** What came into a build and what went from it; of one that is not there everything comes, or goes. */
export function objectDifference(before: BuildResult | undefined, now: BuildResult | undefined): ObjectDifference {
  const part = differingPart(before?.objects ?? [], now?.objects ?? []);
  if (part.before.length === 0 || part.now.length === 0) return { come: part.now, gone: part.before };
  const [old, next] = [new Set(part.before), new Set(part.now)];
  return {
    come: part.now.filter((object) => !old.has(object)),
    gone: part.before.filter((object) => !next.has(object)),
  };
}
