import { objectAt, type Path, stringAt } from '../model/json';
import { type Resource } from '../model/resource';
import { type RenderedObject, type UnknownFields } from './build';
import { isUnknownAt } from './unknown';
import { type Node } from './kustomize/node';

/** Paths of the texts that hold a variable; of the object around a key that does. */
function variablePaths(node: Node, path: Path, found: Path[]): void {
  if (node.kind === 'scalar') {
    if (node.text.includes('${')) found.push(path);
  } else if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) variablePaths(item, [...path, index], found);
  } else {
    for (const [key, entry] of node.entries) {
      if (key.includes('${')) found.push(path);
      variablePaths(entry, [...path, key], found);
    }
  }
}

/** What fields of the Flux Kustomization that are not known may change in every object. */
function unknownByOwner({ unknown, value }: RenderedObject): UnknownFields {
  const asks = (field: string): boolean => isUnknownAt(unknown, ['spec', field]);
  if (asks('patches') || asks('components')) return 'everything';
  const paths: Path[] = [];
  const spec = objectAt(value, 'spec');
  const hasVariable = (field: string): boolean => stringAt(spec, field)?.includes('${') === true;
  if (['namePrefix', 'nameSuffix'].some((field) => asks(field) || hasVariable(field))) paths.push(['metadata', 'name']);
  if (asks('targetNamespace')) paths.push(['metadata', 'namespace']);
  return paths;
}

/**
 * The fields of a rendered object that the files do not tell: texts with variables, encrypted values, and what a layer
 * that is not known may rewrite.
 */
export function unknownFields(
  node: Node,
  owner: RenderedObject,
  declared: Resource | undefined,
  mayChangeAnything: boolean,
  rewritten: readonly Path[],
): UnknownFields {
  const byOwner = unknownByOwner(owner);
  if (mayChangeAnything || byOwner === 'everything') return 'everything';
  const found: Path[] = [...byOwner, ...rewritten];
  if (declared?.hasVariables !== false) variablePaths(node, [], found);
  if (declared?.isEncrypted === true && declared.entry !== undefined) found.push(['spec'], ['data'], ['stringData']);
  return found;
}
