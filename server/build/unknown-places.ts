import { type FilePath, isWithin } from '../model/file-path';
import { type SourceTree } from './build';

/** True for a path of an artifact at which anything may stand. */
export function isUnknownPlace({ unknown }: Pick<SourceTree, 'unknown'>, path: FilePath): boolean {
  return unknown.some((place) => isWithin(path, place));
}

/** True for a folder in which, at any depth, something may stand that is not known. */
export function holdsUnknownPlace({ unknown }: Pick<SourceTree, 'unknown'>, directory: FilePath): boolean {
  return unknown.some((place) => isWithin(place, directory));
}
