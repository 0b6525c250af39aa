import { isArray, isObject, type JsonValue } from '../../../model/json';
import { type MapNode } from '../node';
import { goJson, valueOfNode } from './go-json';
import { sha256 } from './sha256';

/** What replaces the digits that could spell words (api/hasher/hasher.go, encode). */
const letters: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };

/** All numbers pass through a Go float64 on their way into the hash. */
function withFloats(value: JsonValue): JsonValue {
  if (typeof value === 'bigint') return Number(value);
  if (isArray(value)) return value.map(withFloats);
  return isObject(value) ? new Map(Array.from(value, ([key, item]) => [key, withFloats(item)])) : value;
}

/** A part as the hasher sees it: `""` when absent, `null` when it is a list, the plain text of a scalar. */
function part(object: MapNode, field: string): JsonValue {
  const node = object.entries.get(field);
  if (node === undefined) return '';
  if (node.kind === 'list') return null;
  return node.kind === 'scalar' ? node.text : withFloats(valueOfNode(node));
}

function encoded(object: MapNode, kind: string): string {
  const fields = new Map<string, JsonValue>([['kind', kind]]);
  // The hasher looks up one key with this text, not the name of the object: equal data has an equal hash.
  fields.set('name', part(object, 'metadata/name'));
  fields.set('data', part(object, 'data'));
  const isSecret = kind === 'Secret';
  if (isSecret) fields.set('type', part(object, 'type'));
  const more = isSecret ? 'stringData' : 'binaryData';
  const node = object.entries.get(more);
  if (node !== undefined && node.kind !== 'scalar') fields.set(more, part(object, more));
  return goJson(fields);
}

/**
 * The ten letters that kustomize appends to the name of a generated ConfigMap or Secret (api/hasher/hasher.go 5.8.1).
 * @returns undefined for other kinds: kustomize hashes their parse tree with line numbers, which no object keeps.
 */
export function contentHash(object: MapNode): string | undefined {
  const kind = object.entries.get('kind');
  if (kind?.kind !== 'scalar' || (kind.text !== 'ConfigMap' && kind.text !== 'Secret')) return undefined;
  return sha256(encoded(object, kind.text))
    .slice(0, 10)
    .replace(/[013ae]/g, (digit) => letters[digit] ?? digit);
}
