import { isNull } from '../fieldspec/emptiness';
import { type ListNode, type MapNode, type Node, withEntry } from '../node';
import { MergeConflict } from './outcome';
import { setElement, valueText } from './elements';

export interface Directive<N extends Node> {
  readonly does: 'merge' | 'replace' | 'delete';
  /** The patch without the directive. */
  readonly patch: N;
}

const field = '$patch';

function known(text: string): Directive<Node>['does'] | undefined {
  return text === 'merge' || text === 'replace' || text === 'delete' ? text : undefined;
}

const unknown = (text: string) => new MergeConflict(`has the $patch directive ${text}, which does not exist`);

/** What `$patch` in a map of a patch asks for (kyaml/yaml/merge2/smpdirective.go); without one, to merge. */
export function directiveOfMap(patch: MapNode): Directive<MapNode> | MergeConflict {
  const value = patch.entries.get(field);
  if (value === undefined) return { does: 'merge', patch };
  const text = valueText(value);
  const does = known(text);
  return does === undefined ? unknown(text) : { does, patch: withEntry(patch, field, undefined) };
}

/** What an item of `$patch` alone asks for the list it stands in; only the first item with the field counts. */
export function directiveOfList(patch: ListNode): Directive<ListNode> | MergeConflict {
  const item = patch.items.find((one) => one.kind === 'map' && !isNull(one) && one.entries.has(field));
  const value = item?.kind === 'map' && item.entries.size === 1 ? item.entries.get(field) : undefined;
  if (value === undefined) return { does: 'merge', patch };
  const text = valueText(value);
  const does = known(text);
  if (does === undefined) return unknown(text);
  const items = setElement(patch.items, [field], [text], undefined);
  return items instanceof MergeConflict ? items : { does, patch: { ...patch, items } };
}
