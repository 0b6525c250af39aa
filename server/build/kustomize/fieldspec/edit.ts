import { type Node, type ScalarNode } from '../node';
import { type Origin } from '../origin';
import { isNull } from './emptiness';
import { markOf } from './entry-key';
import { wouldBeQuoted } from './quoted';
import { overwrite, type Overwrites } from './shared-scalar';

/** Why a value cannot be set at a place; the caller knows the object and the path. */
export class Mismatch {
  constructor(readonly reason: string) {}
}

/** What happens at the end of a path. */
export interface Edit {
  /** What a missing last field is made of before it is set; undefined: it is never made. */
  readonly makes: 'scalar' | 'map' | undefined;
  /** The value that takes the place of one that is there (or was just made). */
  set(place: Node, overwrites: Overwrites): Node | Mismatch;
}

/** Gives the origin of a value, told the origin of what stood there. */
export type Cause = (previous?: Origin) => Origin;

const kinds: Readonly<Record<Node['kind'], string>> = { scalar: 'a single value', map: 'a map', list: 'a list' };

/** A mismatch between the kind of value a place has and the kind it must have. */
export function wrongKind(place: Node, wanted: Node['kind']): Mismatch {
  return new Mismatch(`holds ${kinds[place.kind]} where ${kinds[wanted]} is needed`);
}

/** Sets a single value. Without a tag the text decides what it means, unless the place is quoted. */
export function setScalar(
  compose: (before: string) => string | undefined,
  tag: string | undefined,
  cause: Cause,
): Edit['set'] {
  return (place, overwrites) => {
    if (place.kind !== 'scalar' && !isNull(place)) return wrongKind(place, 'scalar');
    const text = compose(place.kind === 'scalar' ? place.text : '');
    if (text === undefined) return place;
    return overwrite(place, scalar(text, tag, cause(place.origin)), overwrites);
  };
}

/**
 * Sets an entry of a map to text. Fields that do not have it yet get the same node, so they stay equal from then on
 * (api/filters/filtersutil/setters.go, `SetEntry` makes one node for all calls).
 */
export function setEntry(key: string, text: string, cause: Cause): Edit['set'] {
  const shared = {};
  return (place, overwrites) => {
    // kustomize hangs the entry below a null, where it is never written.
    if (isNull(place)) return place;
    if (place.kind !== 'map') return wrongKind(place, 'map');
    const before = place.entries.get(key);
    const value: ScalarNode =
      before === undefined
        ? { ...scalar(text, '!!str', cause()), style: wouldBeQuoted(text) ? 'double' : 'plain', shared }
        : overwrite(before, scalar(text, '!!str', cause(before.origin)), overwrites);
    const entries = new Map(place.entries);
    entries.set(key, value);
    return { ...place, ...(before === undefined && markOf(place, key)), entries };
  };
}

function scalar(text: string, tag: string | undefined, origin: Origin): ScalarNode {
  return { kind: 'scalar', text, style: 'plain', ...(tag === undefined ? { isBare: true } : { tag }), origin };
}
