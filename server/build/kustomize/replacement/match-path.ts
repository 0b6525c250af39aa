import { matchesPattern } from '../../../scalars/pattern';
import { isNull } from '../fieldspec/emptiness';
import { type Node } from '../node';
import { type Origin } from '../origin';
import { indexOfStep, isListMatch, PathProblem, splitListMatch } from './field-path';
import { sourceText } from './source-text';
import { readStyled } from './styled-text';

/** What happens at every place that a path leads to. */
export interface Visit {
  /** Kind of what is made where the path ends at nothing; undefined: nothing is made. */
  readonly makes: Node['kind'] | undefined;
  readonly origin: Origin;
  /** Filled with the nodes that are made on the way: their type is that of what is put into them. */
  readonly fresh: Set<Node>;
  set(place: Node): Node | PathProblem;
}

/** The tree after a visit and how many places were met. */
export interface Visited {
  readonly node: Node;
  readonly count: number;
}

type Result = Visited | PathProblem;

/** Visits every place that a path of a replacement's target leads to (kyaml/yaml/match.go, PathMatcher). */
export function visitPath(node: Node, steps: readonly string[], visit: Visit): Result {
  const [step, ...rest] = steps;
  if (step === undefined) {
    const set = visit.set(node);
    return set instanceof PathProblem ? set : { node: set, count: 1 };
  }
  const index = indexOfStep(step);
  if (index !== undefined && index >= 0) return visitIndex(node, index, rest, visit);
  if (isListMatch(step)) return visitMatches(node, step, rest, visit, true);
  if (step === '*') return visitItems(node, visit, () => rest);
  return visitField(node, step, rest, visit);
}

/** What a step that is missing is made of: a list before an index, a map before a name. */
function made(next: string | undefined, visit: Visit): Node | undefined {
  if (visit.makes === undefined) return undefined;
  const isItem = next !== undefined && (isListMatch(next) || (indexOfStep(next) ?? -1) >= 0);
  const kind = isItem ? 'list' : next === undefined || next === '' ? visit.makes : 'map';
  const node = empty(kind, visit.origin);
  visit.fresh.add(node);
  return node;
}

function empty(kind: Node['kind'], origin: Origin): Node {
  if (kind === 'list') return { kind, items: [], origin };
  return kind === 'map' ? { kind, entries: new Map(), origin } : { kind, text: '', style: 'plain', origin };
}

function visitField(node: Node, name: string, rest: readonly string[], visit: Visit): Result {
  if (!isNull(node) && (node.kind !== 'map' || name === '')) return new PathProblem('is no map');
  const known = node.kind === 'map' ? node.entries.get(name) : undefined;
  const field = known ?? made(rest[0], visit);
  if (field === undefined) return { node, count: 0 };
  if (field.kind === 'scalar' && rest.length > 0) {
    // What is set in a text that is reached this way is lost (kyaml PathMatcher does not write it back).
    const inner = readStyled(field.text, field.origin);
    if (inner === undefined || inner instanceof PathProblem) return inner ?? new PathProblem('is no map');
    const visited = visitPath(inner, rest, visit);
    return visited instanceof PathProblem ? visited : { node, count: visited.count };
  }
  const visited = visitPath(field, rest, visit);
  if (visited instanceof PathProblem || node.kind !== 'map') {
    // What is made below a null is never written.
    return visited instanceof PathProblem ? visited : { node, count: visited.count };
  }
  if (visited.node === known) return { node, count: visited.count };
  return { node: { ...node, entries: new Map(node.entries).set(name, visited.node) }, count: visited.count };
}

/** Visits the items for which there is a rest of the path. */
function visitItems(
  node: Node,
  visit: Visit,
  restOf: (item: Node) => readonly string[] | undefined | PathProblem,
): Result {
  if (isNull(node)) return { node, count: 0 };
  if (node.kind !== 'list') return new PathProblem('is no list');
  let items: Node[] | undefined;
  let count = 0;
  for (const [index, item] of node.items.entries()) {
    const rest = restOf(item);
    if (rest instanceof PathProblem) return rest;
    if (rest === undefined) continue;
    const visited = visitPath(item, rest, visit);
    if (visited instanceof PathProblem) return visited;
    count += visited.count;
    if (visited.node !== item) (items ??= [...node.items])[index] = visited.node;
  }
  return { node: items === undefined ? node : { ...node, items }, count };
}

function visitIndex(node: Node, index: number, rest: readonly string[], visit: Visit): Result {
  if (node.kind !== 'list' && !isNull(node)) return new PathProblem('is no list');
  const items = node.kind === 'list' ? node.items : [];
  const known = items[index];
  const item = known ?? (index === items.length ? made(rest[0], visit) : undefined);
  if (item === undefined) return new PathProblem(`has ${String(items.length)} items`);
  const visited = visitPath(item, rest, visit);
  if (visited instanceof PathProblem || visited.node === known || node.kind !== 'list') {
    return visited instanceof PathProblem ? visited : { node, count: visited.count };
  }
  const changed = [...items];
  changed[index] = visited.node;
  return { node: { ...node, items: changed }, count: visited.count };
}

function visitMatches(node: Node, step: string, rest: readonly string[], visit: Visit, canAppend: boolean): Result {
  const match = splitListMatch(step);
  if (match === undefined) return new PathProblem('is met by brackets without field=value');
  const { field, value } = match;
  const isMet = (item: Node): boolean | PathProblem => {
    const found = field === '' ? item : item.kind === 'map' ? item.entries.get(field) : undefined;
    if (found === undefined) return false;
    return matchesPattern(value, sourceText(found)) ?? new PathProblem('is met by an expression that is not valid');
  };
  // A match of the item itself ends the path.
  const below = field === '' ? [] : rest;
  const visited = visitItems(node, visit, (item) => {
    const met = isMet(item);
    return met instanceof PathProblem ? met : met ? below : undefined;
  });
  if (visited instanceof PathProblem || visited.count > 0 || visit.makes === undefined) return visited;
  // An item made in a null is set, but never written.
  if (isNull(node)) return { node, count: 1 };
  if (!canAppend || node.kind !== 'list') return new PathProblem('has no such item');
  const name: Node = { kind: 'scalar', text: value, style: 'plain', origin: visit.origin };
  visit.fresh.add(name);
  const item: Node = field === '' ? name : { kind: 'map', entries: new Map([[field, name]]), origin: visit.origin };
  return visitMatches({ ...node, items: [...node.items, item] }, step, rest, visit, false);
}
