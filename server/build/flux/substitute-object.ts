import { type Variable, inputOffset, substitute, type Substitution } from '../../scalars/envsubst';
import { openFile } from '../../yaml/file';
import { emitObject } from '../kustomize/emit/emit';
import { type EmittedText } from '../kustomize/emit/writer';
import { textAt, type MapNode, type Node, type NodePath } from '../kustomize/node';
import { type Origin } from '../kustomize/origin';
import { withFloatNumbers } from './float-numbers';
import { reread } from './reread';
import { pathAtOffset } from './path-at-offset';
import { type SubstitutionOptions } from './substitution-options';
import { lookupIn, type Variables } from './variables';

/** Why Flux would refuse to substitute in an object. */
export interface ObjectFault {
  /** `output`: what comes out cannot be read as an object. */
  readonly kind: 'undefined' | 'syntax' | 'output';
  /** Of the value, or of the value with the key, that holds the expression; empty for `output`. In the object before. */
  readonly path: NodePath;
  /** The expression as it is written; it stands so in the value's source too. Empty for `output`. */
  readonly expression: string;
  /** Of the undefined variable. */
  readonly name?: string;
}

export interface SubstitutedObject {
  /** The same object where nothing is substituted, and where Flux fails. */
  readonly node: MapNode;
  readonly faults: readonly ObjectFault[];
  /** Paths in `node` of values that are not known; the path of a map where one of its keys is not. */
  readonly unknown: readonly NodePath[];
}

const mark = 'kustomize.toolkit.fluxcd.io/substitute';

/** True when a label or annotation keeps substitution away; the value has to be exactly `disabled`. */
export function isExempt(object: MapNode): boolean {
  return ['labels', 'annotations'].some((field) => textAt(object, 'metadata', field, mark) === 'disabled');
}

/**
 * Substitutes in one rendered object as Flux does (fluxcd/pkg kustomize/kustomize_varsub.go): in its text as kustomize
 * prints it, which is then read again, so that values may change their type and keys their name. Values keep their
 * origin; those that come of an expression have that of the value it stood in.
 */
export function substituteObject(
  object: MapNode,
  variables: Variables,
  { isStrict, always }: SubstitutionOptions,
): SubstitutedObject {
  const unchanged: SubstitutedObject = { node: object, faults: [], unknown: [] };
  if (!always && variables.values.size === 0 && !variables.isOpen) return unchanged;
  if (isExempt(object)) return unchanged;
  if (!mentionsDollar(object)) return { ...unchanged, node: withFloatNumbers(object) };
  const emitted = emitObject(object, '1.27');
  // An object that cannot be printed failed the build already.
  if ('reason' in emitted) return unchanged;
  const known = lookupIn(variables);
  // Nobody knows whether there is any variable, and thus whether defaults are filled in.
  const lookup = !always && variables.values.size === 0 ? (): Variable => ({ kind: 'unknown' }) : known;
  const made = substitute(emitted.text, lookup, { strict: isStrict });
  const faults = made.faults.map((fault): ObjectFault => {
    const expression = emitted.text.slice(fault.start, fault.end);
    const { kind, name } = fault;
    return { kind, path: pathAtOffset(emitted.text, fault.start), expression, ...(name !== undefined && { name }) };
  });
  if (faults.some(({ kind }) => kind === 'syntax')) return { ...failed(object), faults };
  if (made.text === emitted.text)
    return {
      node: withFloatNumbers(object),
      faults,
      unknown: faults.length > 0 || made.unknown.length > 0 ? dollarPaths(object) : [],
    };
  return readBack(object, emitted, made, faults);
}

function readBack(
  object: MapNode,
  emitted: EmittedText,
  made: Substitution,
  faults: readonly ObjectFault[],
): SubstitutedObject {
  // Of several documents Go reads the first.
  const document = openFile('', made.text, 0).documents[0]?.document;
  const isReadable = document?.faults.every(({ code }) => code === 'duplicate-key') === true;
  const read = isReadable
    ? reread(document.root, object, made, (output) => originAt(emitted, inputOffset(made.map, output)))
    : undefined;
  if (read === undefined) {
    // A value that is not known may be what would make the text readable.
    if (made.unknown.length > 0) return { ...failed(object), faults };
    return { ...failed(object), faults: [...faults, { kind: 'output', path: [], expression: '' }] };
  }
  return { node: withFloatNumbers(read.node), faults, unknown: read.unknown };
}

/** Origin of the value whose text, or whose key, is the last to start at or before an offset. */
function originAt({ offsets, origins }: EmittedText, offset: number): Origin | undefined {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((offsets[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return origins[low];
}

const failed = (object: MapNode): SubstitutedObject => ({ node: object, faults: [], unknown: dollarPaths(object) });

function mentionsDollar(node: Node): boolean {
  if (node.kind === 'scalar') return node.text.includes('$');
  if (node.kind === 'list') return node.items.some(mentionsDollar);
  for (const [key, entry] of node.entries) if (key.includes('$') || mentionsDollar(entry)) return true;
  return false;
}

/** Paths of the texts that substitution would change. */
function dollarPaths(node: Node, path: NodePath = [], found: NodePath[] = []): readonly NodePath[] {
  if (node.kind === 'scalar') {
    if (node.text.includes('${')) found.push(path);
  } else if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) dollarPaths(item, [...path, index], found);
  } else {
    if ([...node.entries.keys()].some((key) => key.includes('${'))) found.push(path);
    for (const [key, entry] of node.entries) dollarPaths(entry, [...path, key], found);
  }
  return found;
}
