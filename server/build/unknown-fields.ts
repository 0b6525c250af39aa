import { type Path } from '../model/json';
import { type Resource } from '../model/resource';
import { type RenderedObject, type UnknownFields } from './build';
import { isUnknownAt } from './unknown';

/** What fields of the Flux Kustomization that are not known may change in every object. */
function unknownByOwner({ unknown }: RenderedObject): UnknownFields {
  const asks = (field: string): boolean => isUnknownAt(unknown, ['spec', field]);
  if (asks('patches') || asks('components')) return 'everything';
  const paths: Path[] = [];
  if (asks('namePrefix') || asks('nameSuffix')) paths.push(['metadata', 'name']);
  if (asks('targetNamespace')) paths.push(['metadata', 'namespace']);
  return paths;
}

/**
 * The fields of a rendered object that the files do not tell: encrypted values, and what a layer that is not known may
 * rewrite. `others`: paths that are not known for reasons of their own.
 */
export function unknownFields(
  owner: RenderedObject,
  declared: Resource | undefined,
  others: readonly Path[],
): UnknownFields {
  const byOwner = unknownByOwner(owner);
  if (byOwner === 'everything') return 'everything';
  const found: Path[] = [...byOwner, ...others];
  if (declared?.isEncrypted === true && declared.entry !== undefined) found.push(['spec'], ['data'], ['stringData']);
  return found;
}
