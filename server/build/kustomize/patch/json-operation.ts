import { resolveScalar } from '../../../yaml/scalar';
import { isNull } from '../fieldspec/emptiness';
import { type MapNode, type Node } from '../node';

/** One step of a JSON patch, as it stands in its text. */
export interface JsonOperation {
  readonly op: string;
  /** undefined: missing or no text. */
  readonly path: string | undefined;
  readonly from: string | undefined;
  /** undefined where none is written, which is set as null. */
  readonly value: Node | undefined;
}

/**
 * The operations of a document; undefined when it is no JSON patch, which is a list of maps or nothing at all
 * (gopkg.in/evanphx/json-patch.v4, `DecodePatch`).
 */
export function operationsOf(document: Node | undefined): readonly JsonOperation[] | undefined {
  if (document === undefined || isNull(document)) return [];
  if (document.kind !== 'list') return undefined;
  const operations: JsonOperation[] = [];
  for (const item of document.items) {
    if (item.kind !== 'map') return undefined;
    const [op, path, from] = ['op', 'path', 'from'].map((field) => textOf(item, field));
    operations.push({ op: op ?? 'unknown', path, from, value: item.entries.get('value') });
  }
  return operations;
}

function textOf(map: MapNode, field: string): string | undefined {
  const found = map.entries.get(field);
  if (found?.kind !== 'scalar') return undefined;
  const { style, text, tag } = found;
  const { kind } = resolveScalar(
    { kind: 'scalar', style, text, ...(tag && { tag }), start: 0, end: 0 },
    'kustomization',
  );
  return kind === 'string' || kind === 'timestamp' ? text : undefined;
}
