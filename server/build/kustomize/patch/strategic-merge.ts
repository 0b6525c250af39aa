import { isNull, isNullOrEmpty } from '../fieldspec/emptiness';
import { markOfBoth } from '../fieldspec/entry-key';
import { requoted, wouldBeQuoted } from '../fieldspec/quoted';
import { overwrite, type Overwrites, spreadOverwrites } from '../fieldspec/shared-scalar';
import { type ListNode, type MapNode, type Node, type ScalarNode } from '../node';
import { type MergeField, type MergeShape } from '../tables/merge-keys';
import { directiveOfList, directiveOfMap } from './directive';
import { enterFlow, isFlow, styledBy, withFlow } from './flow-style';
import { appendElements, findElement, setElement, valueText } from './elements';
import { keyValuesOf, uniteKeyValues, usedKeys } from './merge-key-values';
import { withOwnNames } from './own-names';
import { gone, MergeConflict, type Outcome } from './outcome';

/** What is known of a kind; undefined for kinds the schema in force does not have. */
export type ShapeOf = (apiVersion: string, kind: string) => MergeShape | undefined;

/**
 * An object after a strategic merge patch, as kustomize's kyaml does it (kyaml/yaml/merge2 and walk v0.21.1, lists
 * prepended); the identical object when nothing changes. The whole object is walked, not only what the patch names:
 * keys without a value go away everywhere but inside lists without merge keys.
 * @returns undefined when the patch deletes the object
 */
export function mergeStrategically(
  object: MapNode,
  patch: MapNode,
  shapeOf: ShapeOf,
): MapNode | MergeConflict | undefined {
  const merge = new Merge(shapeOf);
  const outcome = merge.walk(object, patch, undefined);
  if (outcome instanceof MergeConflict) return outcome;
  const { node, isInPlace } = outcome;
  if (node?.kind !== 'map') return undefined;
  // kustomize changes the object in place, so a patch that replaces it as a whole does nothing.
  if (!isInPlace) return object;
  return spreadOverwrites(node === object ? node : withOwnNames(object, enterFlow(node)), merge.overwrites);
}

const names: Readonly<Record<Node['kind'], string>> = { map: 'a map', list: 'a list', scalar: 'a single value' };

type Walked = Outcome | MergeConflict;

class Merge {
  readonly overwrites: Overwrites = new Map();

  constructor(private readonly shapeOf: ShapeOf) {}

  /** Merges one value; either side may be missing, and both are the same node below what the patch alone has. */
  walk(object: Node | undefined, patch: Node | undefined, known: MergeField | undefined): Walked {
    const field = known ?? this.embedded(object) ?? this.embedded(patch);
    const present = [object, patch].filter((node) => node !== undefined && !isNull(node));
    const kind = present[0]?.kind;
    if (kind !== undefined && present.some((node) => node?.kind !== kind)) return mismatch(object, patch);
    if (kind === 'scalar') return taken(object, patch);
    if (kind === 'list') return this.list(object, patch, field);
    return this.map(object, patch, field?.shape);
  }

  /** Below fields of which nothing is known an object with a kind of its own is merged as that. */
  private embedded(node: Node | undefined): MergeField | undefined {
    if (node?.kind !== 'map') return undefined;
    const [apiVersion, kind] = [node.entries.get('apiVersion'), node.entries.get('kind')];
    if (apiVersion === undefined || kind === undefined || isNull(apiVersion) || isNull(kind)) return undefined;
    const shape = this.shapeOf(valueText(apiVersion), valueText(kind));
    return shape && { shape };
  }

  private map(object: Node | undefined, patch: Node | undefined, shape: MergeShape | undefined): Walked {
    if (object?.kind !== 'map') {
      if (patch === undefined) return object === undefined || valueText(object) === '' ? gone : keptNull(object);
      if (patch.kind !== 'map') return { node: patch, keepsNull: false, isInPlace: false };
      const directive = directiveOfMap(patch);
      // An unknown directive is looked at only where it meets a map.
      const added = directive instanceof MergeConflict ? patch : directive.patch;
      if (!(directive instanceof MergeConflict) && directive.does === 'delete') return gone;
      return this.entries(added, added, shape, false);
    }
    if (patch === undefined) return this.entries(object, undefined, shape, true);
    if (patch.kind !== 'map') return gone;
    const directive = directiveOfMap(patch);
    if (directive instanceof MergeConflict) return directive;
    const isSame = object === patch;
    if (directive.does === 'delete') return isSame ? { ...gone, leaves: directive.patch } : gone;
    if (directive.does === 'replace' || isSame) return this.entries(directive.patch, directive.patch, shape, isSame);
    return this.entries(styledBy(object, patch), directive.patch, shape, true);
  }

  private entries(
    object: MapNode,
    patch: MapNode | undefined,
    shape: MergeShape | undefined,
    isInPlace: boolean,
  ): Walked {
    let entries: Map<string, Node> | undefined;
    let mark: Pick<MapNode, 'unwritable'> = {};
    for (const key of keysOf(object, patch)) {
      const before = object.entries.get(key);
      const outcome = this.walk(before, patch?.entries.get(key), shape?.get(key));
      if (outcome instanceof MergeConflict) return outcome.under(key);
      const after = this.placed(before, outcome);
      if (after === before) continue;
      entries ??= new Map(object.entries);
      if (after === undefined) entries.delete(key);
      else entries.set(key, after);
      if (before === undefined && patch?.unwritable?.key === key) mark = { unwritable: patch.unwritable };
    }
    if (entries === undefined) return { node: object, keepsNull: false, isInPlace };
    const unwritable = object.unwritable ?? mark.unwritable;
    const node = { ...object, entries, ...(unwritable && markOfBoth(unwritable, object, patch)) };
    return { node, keepsNull: false, isInPlace };
  }

  /** What stands in a map's entry afterwards: content of the patch takes over the style of the place. */
  private placed(before: Node | undefined, { node, keepsNull }: Outcome): Node | undefined {
    if (node === undefined || (isNull(node) && !keepsNull)) return undefined;
    if (before === undefined || node === before) return requoted(node);
    if (node.kind !== 'scalar') return isNullOrEmpty(before) ? node : withFlow(node, isFlow(before));
    return overwrite(before, node, this.overwrites);
  }

  private list(object: Node | undefined, patch: Node | undefined, field: MergeField | undefined): Walked {
    const keys = field?.keys;
    if (keys === undefined) return taken(object, patch);
    if (object?.kind !== 'list') return patch?.kind === 'list' ? this.items(patch, patch, keys, field?.shape) : gone;
    if (patch === undefined) return this.items(object, undefined, keys, field?.shape);
    if (patch.kind !== 'list') return gone;
    const directive = directiveOfList(patch);
    if (directive instanceof MergeConflict) return directive;
    if (directive.does === 'delete') return gone;
    const replaces = directive.does === 'replace' || object === patch;
    return this.items(replaces ? directive.patch : styledBy(object, patch), directive.patch, keys, field?.shape);
  }

  private items(
    object: ListNode,
    patch: ListNode | undefined,
    keys: readonly string[],
    shape: MergeShape | undefined,
  ): Walked {
    const named = keys.length === 0 ? [''] : keys;
    const lists: Lists = { object: object.items, patch: patch?.items, isSame: object === patch };
    const all = keyValuesOf([...(patch === undefined ? [] : [patch.items]), object.items], named);
    if (named.length > 1) uniteKeyValues(all);
    let added: readonly Node[] = [];
    let lastKeys: readonly string[] = named;
    for (const values of all) {
      const used = usedKeys(all, values, named);
      lastKeys = used.keys;
      const element = this.element(lists, used.keys, used.values, shape);
      if (element instanceof MergeConflict) return element;
      if (element === undefined) continue;
      const result = setElement(added, used.keys, used.values, element);
      if (result instanceof MergeConflict) return result;
      added = result;
    }
    const items = all.length === 0 ? lists.object : appendElements(added, lists.object, lastKeys);
    if (items instanceof MergeConflict) return items;
    const isUnchanged = items.length === object.items.length && items.every((item, at) => item === object.items[at]);
    return { node: isUnchanged ? object : { ...object, items }, keepsNull: false, isInPlace: true };
  }

  /** Merges the items of one name; the lists follow what happens to them. undefined: nothing is left of it. */
  private element(
    lists: Lists,
    keys: readonly string[],
    values: readonly string[],
    shape: MergeShape | undefined,
  ): Node | undefined | MergeConflict {
    const own = usedKeys([values], values, keys);
    const at = findElement(lists.object, own.keys, own.values);
    const patchItems = lists.isSame ? lists.object : lists.patch;
    const patchAt = patchItems === undefined ? -1 : findElement(patchItems, own.keys, own.values);
    const outcome = this.walk(lists.object[at], patchItems?.[patchAt], shape === undefined ? {} : { shape });
    if (outcome instanceof MergeConflict) return outcome;
    const patchItem = lists.isSame ? undefined : lists.patch?.[patchAt];
    if (patchItem !== undefined) {
      const isAdded = at < 0 && outcome.node !== undefined;
      lists.patch = lists.patch?.with(patchAt, isAdded ? outcome.node : withoutDirectives(patchItem));
    }
    const { node } = outcome;
    if (node === undefined || isNull(node) || (node.kind === 'map' && isNullOrEmpty(node))) {
      const rest = outcome.leaves ?? (outcome.isInPlace ? node : undefined);
      const items = rest === undefined ? lists.object : lists.object.with(at, rest);
      const left = setElement(items, keys, values, undefined);
      if (left instanceof MergeConflict) return left;
      lists.object = left;
      return undefined;
    }
    const named = keys.reduce<Node>((item, key, index) => withKey(item, key, values[index] ?? ''), node);
    if (outcome.isInPlace && lists.object[at] !== named) lists.object = lists.object.with(at, named);
    return named;
  }
}

interface Lists {
  object: readonly Node[];
  patch: readonly Node[] | undefined;
  /** True when the two are one list. */
  readonly isSame: boolean;
}

/** A directive is carried out once: items that are merged again under the same values no longer have it. */
function withoutDirectives(node: Node): Node {
  const directive = node.kind === 'map' ? directiveOfMap(node) : undefined;
  if (directive === undefined || directive instanceof MergeConflict) return node;
  const { patch } = directive;
  if (directive.does === 'delete') return patch;
  let entries: Map<string, Node> | undefined;
  for (const [key, value] of patch.entries) {
    const rest = withoutDirectives(value);
    if (rest !== value) (entries ??= new Map(patch.entries)).set(key, rest);
  }
  return entries === undefined ? patch : { ...patch, entries };
}

/** Keys of both maps, sorted where new ones may come in. */
function keysOf(object: MapNode, patch: MapNode | undefined): Iterable<string> {
  if (patch === undefined || patch === object) return object.entries.keys();
  return [...new Set([...object.entries.keys(), ...patch.entries.keys()])].sort();
}

/** The patch's value where it has one, else the object's. */
function taken(object: Node | undefined, patch: Node | undefined): Outcome {
  return { node: patch ?? object, keepsNull: false, isInPlace: patch === undefined || patch === object };
}

function keptNull(node: Node): Outcome {
  return { node, keepsNull: true, isInPlace: false };
}

function mismatch(object: Node | undefined, patch: Node | undefined): MergeConflict {
  const [is, set] = [names[object?.kind ?? 'scalar'], names[patch?.kind ?? 'scalar']];
  return new MergeConflict(`sets ${set} where the object has ${is}`);
}

/** The item with its merge key, which a patch can lack when the key was told by another item. */
function withKey(item: Node, key: string, value: string): Node {
  if (value === '') return item;
  if (item.kind === 'scalar' && key === '') {
    const { tag, ...untagged } = item;
    return tag === undefined ? item : { ...untagged, isBare: true };
  }
  if (item.kind !== 'map' || item.entries.has(key)) return item;
  const text: ScalarNode = {
    kind: 'scalar',
    text: value,
    style: wouldBeQuoted(value) ? 'double' : 'plain',
    origin: item.origin,
  };
  return { ...item, entries: new Map(item.entries).set(key, text) };
}
