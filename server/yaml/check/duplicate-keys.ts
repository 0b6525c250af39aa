import { type SyntaxFault } from '../document';
import { type YamlEntry, type YamlMap, type YamlNode } from '../node';

/** Up to this many entries comparing each with each is faster than hashing. */
const fewEntries = 8;

/** What go-yaml v3 compares (decode.go, `mapping`): the content of the key, whatever its style or tag. */
function keyText(key: YamlNode): string | undefined {
  if (key.kind === 'scalar') return key.text;
  return key.kind === 'alias' ? `*${key.name}` : undefined;
}

/** A key of a block map without colon is still being typed. */
function isUnfinished({ flow }: YamlMap, { colon }: YamlEntry): boolean {
  return !flow && colon < 0;
}

/** Adds a fault for every key that stands in the map before. */
export function checkKeys(map: YamlMap, faults: SyntaxFault[]): void {
  const { entries } = map;
  if (entries.length < 2 || (entries.length <= fewEntries && !hasRepeatedKey(map))) return;
  const seen = new Map<string, YamlNode>();
  for (const entry of entries) {
    const { key } = entry;
    const text = keyText(key);
    if (text === undefined || isUnfinished(map, entry)) continue;
    const first = seen.get(text);
    if (first === undefined) seen.set(text, key);
    else {
      const message = `The key '${text}' is already in this mapping. Flux cannot tell which of the two is meant.`;
      const { start, end } = key;
      faults.push({ code: 'duplicate-key', start, end, message, first: { start: first.start, end: first.end } });
    }
  }
}

function hasRepeatedKey({ entries }: YamlMap): boolean {
  for (let later = 1; later < entries.length; later++) {
    const key = entries[later]?.key;
    const text = key === undefined ? undefined : keyText(key);
    if (text === undefined) continue;
    for (let earlier = 0; earlier < later; earlier++) {
      const other = entries[earlier]?.key;
      if (other !== undefined && keyText(other) === text) return true;
    }
  }
  return false;
}
