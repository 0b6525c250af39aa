import { type MapNode, nodeAt, type ScalarNode, withEntry } from '../node';

/** What a patch repeats to say which object it means does not come from the patch. */
export function withOwnNames(object: MapNode, merged: MapNode): MapNode {
  let result = merged;
  for (const path of [['apiVersion'], ['kind'], ['metadata', 'name'], ['metadata', 'namespace']] as const) {
    const [before, after] = [nodeAt(object, path), nodeAt(merged, path)];
    if (before === after || before?.kind !== 'scalar' || after?.kind !== 'scalar') continue;
    if (!isEqual(before, after)) continue;
    const [field, name] = path;
    const parent = name === undefined ? undefined : result.entries.get(field);
    result = withEntry(
      result,
      field,
      parent?.kind === 'map' && name !== undefined ? withEntry(parent, name, before) : before,
    );
  }
  return result;
}

function isEqual(a: ScalarNode, b: ScalarNode): boolean {
  return a.text === b.text && a.style === b.style && a.tag === b.tag && a.isBare === b.isBare && a.shared === b.shared;
}
