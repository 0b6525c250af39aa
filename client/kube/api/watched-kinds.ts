import { kinds } from '../../../schemas/kinds';
import { type Capabilities, type KindVersion } from '../../../schemas/kinds/kind';
import { canary } from '../../status/kinds/canary';

/** A kind of which all objects are watched, and how it is asked for. */
export interface WatchedEntry {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  /** Newest first. */
  readonly versions: readonly Pick<KindVersion, 'name'>[];
  readonly capabilities: Capabilities;
}

/** The kinds of Flux and of its operator, and those of other programs that act on what Flux applies (Flagger's Canary). */
export const watchedKinds: readonly WatchedEntry[] = [...kinds, { ...canary, versions: [{ name: 'v1beta1' }] }];

const byName = new Map(watchedKinds.map((entry) => [`${entry.group}/${entry.kind}`, entry]));

/** How a kind is asked for; undefined for kinds that are not watched as a whole. */
export function findWatched(group: string, kind: string): WatchedEntry | undefined {
  return byName.get(`${group}/${kind}`);
}
