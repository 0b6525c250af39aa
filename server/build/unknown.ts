import { type Path } from '../model/json';
import { type UnknownFields } from './build';

/** Paths below `metadata` that make up the identity. */
const identityPaths: readonly Path[] = [
  ['metadata', 'name'],
  ['metadata', 'namespace'],
];

/** True when the value at `path` may be something else than what is known. */
export function isUnknownAt(unknown: UnknownFields, path: Path): boolean {
  if (unknown === 'everything') return true;
  return unknown.some((known) => {
    const shared = Math.min(known.length, path.length);
    for (let i = 0; i < shared; i++) if (known[i] !== path[i]) return false;
    return true;
  });
}

/** True when name or namespace are not known, so that the id equals nothing. */
export function hasUnknownIdentity(unknown: UnknownFields): boolean {
  return unknown !== 'everything' && unknown.length === 0
    ? false
    : identityPaths.some((path) => isUnknownAt(unknown, path));
}
