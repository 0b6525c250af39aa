import { isNull } from '../fieldspec/emptiness';
import { type Node } from '../node';
import { indexOfStep, isListMatch, PathProblem, splitListMatch } from './field-path';

const text = (node: Node | undefined): string => (node?.kind === 'scalar' ? node.text : '');

function listItem(node: Node, index: number): Node | undefined | PathProblem {
  if (isNull(node)) return index < 0 ? new PathProblem('is an empty list') : undefined;
  if (node.kind !== 'list') return new PathProblem('is no list');
  // Upstream crashes where the last item of an empty list is asked for.
  if (index < 0) return node.items.at(-1) ?? new PathProblem('is an empty list');
  return node.items[index];
}

function matchingItem(node: Node, step: string): Node | undefined | PathProblem {
  const match = splitListMatch(step);
  if (match === undefined) return new PathProblem('is met by brackets without field=value');
  if (isNull(node)) return undefined;
  if (node.kind !== 'list') return new PathProblem('is no list');
  const { field, value } = match;
  if (field === '') return node.items.find((item) => text(item) === value);
  return node.items.find((item) => {
    const found = item.kind === 'map' ? item.entries.get(field) : undefined;
    return found !== undefined && text(found) === value;
  });
}

function step(node: Node, name: string): Node | undefined | PathProblem {
  const index = indexOfStep(name);
  if (index !== undefined) return index < 0 ? new PathProblem('is met by a negative index') : listItem(node, index);
  if (name === '-') return listItem(node, -1);
  if (name === '*') return new PathProblem('is met by a wildcard, which a source cannot have');
  if (isListMatch(name)) return matchingItem(node, name);
  if (isNull(node)) return undefined;
  return node.kind === 'map' ? node.entries.get(name) : new PathProblem('is no map');
}

/** The value at the end of a path (kyaml PathGetter); undefined where a step is missing. */
export function lookup(node: Node, steps: readonly string[]): Node | undefined | PathProblem {
  let here: Node | undefined = node;
  for (const name of steps) {
    const trimmed = name.trim();
    if (trimmed === '') continue;
    const found: Node | undefined | PathProblem = step(here, trimmed);
    if (found === undefined || found instanceof PathProblem) return found;
    here = found;
  }
  return here;
}
