import { type ListNode, type MapNode, type Node } from '../node';
import { type Origin } from '../origin';
import { kindOf } from '../transform/identity';
import { type FieldSpec } from '../transformer-config';
import { type Edit, Mismatch } from './edit';
import { isNull } from './emptiness';
import { isSelected, splitPath } from './field-spec';
import { type Overwrites, spreadOverwrites } from './shared-scalar';

/** Where an edit does not fit an object. */
export interface SpecMismatch {
  readonly spec: FieldSpec;
  readonly reason: string;
}

/**
 * The object after an edit at every field that the specs name (api/filters/fsslice and fieldspec, v0.21.1); the
 * identical object when none is there. The first place where it does not fit ends the work.
 * @param origin of maps made on the way
 */
export function applyFieldSpecs(
  object: MapNode,
  specs: readonly FieldSpec[],
  edit: Edit,
  origin: Origin,
): MapNode | SpecMismatch {
  const overwrites: Overwrites = new Map();
  let edited = object;
  let kind = kindOf(object);
  for (const spec of specs) {
    if (!isSelected(kind, spec)) continue;
    const walk: Walk = { steps: stepsOf(spec), creates: spec.create, edit, origin, overwrites };
    const result = descend(edited, walk, 0);
    if (result instanceof Mismatch) return { spec, reason: result.reason };
    if (result.kind !== 'map' || result === edited) continue;
    edited = result;
    kind = kindOf(edited);
  }
  return spreadOverwrites(edited, overwrites);
}

export function isSpecMismatch(result: object): result is SpecMismatch {
  return 'spec' in result;
}

interface Walk {
  readonly steps: readonly string[];
  readonly creates: boolean;
  readonly edit: Edit;
  readonly origin: Origin;
  readonly overwrites: Overwrites;
}

const known = new WeakMap<FieldSpec, readonly string[]>();

function stepsOf(spec: FieldSpec): readonly string[] {
  let steps = known.get(spec);
  if (steps === undefined) known.set(spec, (steps = splitPath(spec.path)));
  return steps;
}

function descend(node: Node, walk: Walk, depth: number): Node | Mismatch {
  if (depth === walk.steps.length) return walk.edit.set(node, walk.overwrites);
  if (isNull(node)) return node;
  if (node.kind === 'list') return descendList(node, walk, depth);
  if (node.kind === 'map') return descendMap(node, walk, depth);
  return new Mismatch('holds a single value where a map or a list is needed');
}

function descendList(list: ListNode, walk: Walk, depth: number): ListNode | Mismatch {
  const items: Node[] = [];
  for (const item of list.items) {
    const result = descend(item, walk, depth);
    if (result instanceof Mismatch) return result;
    items.push(result);
  }
  return items.every((item, index) => item === list.items[index]) ? list : { ...list, items };
}

function descendMap(map: MapNode, walk: Walk, depth: number): MapNode | Mismatch {
  const step = walk.steps[depth] ?? '';
  const isList = step.endsWith('[]');
  const name = isList ? step.slice(0, -2) : step;
  if (name === '') return new Mismatch('has a path with an empty step');
  const makes = madeKind(walk, depth, isList);
  let field = map.entries.get(name);
  if (field === undefined) {
    if (makes === undefined || makes === 'list') return map;
    field = empty(makes, walk.origin);
  } else if (isNull(field) && makes !== undefined) {
    // A null becomes an empty value of the kind that the path asks for, a list even where nothing may be made.
    field = makes === 'scalar' && field.kind === 'scalar' ? { ...field, tag: '!!str' } : empty(makes, field.origin);
  }
  const result = descend(field, walk, depth + 1);
  if (result instanceof Mismatch) return result;
  if (result === map.entries.get(name)) return map;
  const entries = new Map(map.entries);
  entries.set(name, result);
  return { ...map, entries };
}

function madeKind(walk: Walk, depth: number, isList: boolean): Node['kind'] | undefined {
  if (isList) return 'list';
  if (!walk.creates || walk.edit.makes === undefined) return undefined;
  return depth === walk.steps.length - 1 ? walk.edit.makes : 'map';
}

function empty(kind: Node['kind'], origin: Origin): Node {
  if (kind === 'list') return { kind, items: [], origin };
  return kind === 'map'
    ? { kind, entries: new Map(), origin }
    : { kind, text: '', style: 'plain', tag: '!!str', origin };
}
