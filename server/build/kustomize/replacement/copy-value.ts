import { withText } from '../generate/scalar';
import { spreadOverwrites, type Overwrites } from '../fieldspec/shared-scalar';
import { type Node, type ScalarNode } from '../node';
import { type Origin } from '../origin';
import { type FieldOptions } from './decode';
import { PathProblem, splitFieldPath } from './field-path';
import { visitPath, type Visit } from './match-path';
import { textOf } from './source';
import { setInText } from './structured-text';

/** What is copied to the fields of a target, and how. */
export interface Copy {
  readonly value: Node;
  readonly options: FieldOptions | undefined;
  /** Origin of what is put at a place, told where its value stood. */
  readonly cause: (previous: Origin) => Origin;
}

/** The text of a place after a part of it was replaced, or one was put before or behind the others. */
function joined(place: string, part: string, { delimiter, index }: FieldOptions): string {
  const parts = place.split(delimiter);
  if (index < 0) parts.unshift(part);
  else if (index >= parts.length) parts.push(part);
  else parts[index] = part;
  return parts.join(delimiter);
}

function placed(place: Node, isFresh: boolean, copy: Copy, origin: Origin): Node | PathProblem {
  const { value, options } = copy;
  const filled = (scalar: ScalarNode, text: string): ScalarNode =>
    isFresh ? { ...scalar, text, isBare: true, origin } : withText(scalar, text, origin);
  if (options !== undefined && options.delimiter !== '') {
    if (place.kind !== 'scalar') return new PathProblem('is no text that could be split');
    return filled(place, joined(place.text, textOf(value), options));
  }
  // A single value keeps its own type; of a map or list that is put there nothing is left.
  if (place.kind === 'scalar') return filled(place, value.kind === 'scalar' ? value.text : '');
  return value.kind === 'scalar' ? { ...value, origin } : value;
}

/**
 * The object with the value at every place a field path leads to (replacement.go, copyValueToTarget); `undefined`
 * where it leads nowhere.
 */
export function copyTo(object: Node, fieldPath: string, copy: Copy): Node | PathProblem | undefined {
  const steps = splitFieldPath(fieldPath);
  const makes = copy.options?.create === true ? copy.value.kind : undefined;
  const origin = copy.cause(copy.value.origin);
  const inText = setInText(object, steps, { value: copy.value, makes, origin });
  if (inText !== undefined) return inText;
  const overwrites: Overwrites = new Map();
  const fresh = new Set<Node>();
  const visit: Visit = {
    makes,
    origin,
    fresh,
    set: (place) => {
      const node = placed(place, fresh.has(place), copy, origin);
      if (!(node instanceof PathProblem) && node.kind === 'scalar' && place.kind === 'scalar' && place.shared) {
        overwrites.set(place.shared, node);
      }
      return node;
    },
  };
  const visited = visitPath(object, steps, visit);
  if (visited instanceof PathProblem) return visited;
  return visited.count === 0 ? undefined : spreadOverwrites(visited.node, overwrites);
}
