import { type Path } from '../model/json';
import { type YamlDocument } from './document';
import { type YamlEntry, type YamlMap, type YamlNode } from './node';
import { keyText } from './scalar';

/** The node itself or what an alias stands for. */
export function resolveAlias(node: YamlNode | undefined): YamlNode | undefined {
  return node?.kind === 'alias' ? node.target : node;
}

/** The entry a key names in a map: the last of several, else one that a merge key brings in. */
export function findEntry(map: YamlMap, key: string): YamlEntry | undefined {
  for (let index = map.entries.length - 1; index >= 0; index--) {
    const entry = map.entries[index];
    if (entry !== undefined && keyText(entry.key) === key) return entry;
  }
  return findMerged(map, key, new Set());
}

// The set ends cycles of anchors that contain themselves.
function findMerged(map: YamlMap, key: string, seen: Set<YamlMap>): YamlEntry | undefined {
  if (seen.has(map)) return undefined;
  seen.add(map);
  for (const entry of map.entries) {
    if (entry.key.kind !== 'scalar' || entry.key.text !== '<<' || entry.key.style !== 'plain') continue;
    const source = resolveAlias(entry.value);
    const maps = source?.kind === 'sequence' ? source.items.map(resolveAlias) : [source];
    for (const merged of maps) {
      if (merged?.kind !== 'map') continue;
      const own = merged.entries.find((candidate) => keyText(candidate.key) === key);
      const found = own ?? findMerged(merged, key, seen);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The entry whose value stands at a path; undefined when nothing does or the last step is an index. */
export function entryAt(document: YamlDocument, path: Path): YamlEntry | undefined {
  const key = path.at(-1);
  if (typeof key !== 'string') return undefined;
  const parent = resolveAlias(nodeAt(document, path.slice(0, -1)));
  return parent?.kind === 'map' ? findEntry(parent, key) : undefined;
}

/**
 * The node at a path, through aliases and merge keys; the last step itself gives the alias, not its target. undefined when
 * a step is missing or nothing is written there.
 */
export function nodeAt(document: YamlDocument, path: Path): YamlNode | undefined {
  let node = document.root;
  for (const step of path) {
    const parent = resolveAlias(node);
    if (typeof step === 'number') node = parent?.kind === 'sequence' ? parent.items[step] : undefined;
    else node = parent?.kind === 'map' ? findEntry(parent, step)?.value : undefined;
    if (node === undefined) return undefined;
  }
  return node;
}

/** The node of the key at a path; undefined for list items and what is not there. */
export function keyNodeAt(document: YamlDocument, path: Path): YamlNode | undefined {
  return entryAt(document, path)?.key;
}
