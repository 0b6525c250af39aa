import { isDeepStrictEqual } from 'node:util';
import { type YamlNode } from '../../../server/yaml/node';
import { readWithLibrary } from '../../../server/yaml/fallback/read-with-library';
import { readDocument } from '../../../server/yaml/reader/read-document';

export type Comparison =
  | { readonly kind: 'declined' | 'same' | 'too-deep' | 'refused' }
  | { readonly kind: 'accepted-wrongly' | 'refused-wrongly' | 'different'; readonly detail: string };

/** What both readers must agree on; ends of collections follow from their children. */
function essence(node: YamlNode | undefined): unknown {
  if (node === undefined) return null;
  const { kind, start, end, tag, anchor } = node;
  const base = { kind, start, end, tag, anchor };
  if (node.kind === 'scalar') return { ...base, style: node.style, text: node.text };
  if (node.kind === 'alias') return { ...base, name: node.name };
  if (node.kind === 'sequence')
    return { ...base, flow: node.flow, dashes: node.dashes, items: node.items.map(essence) };
  const entries = node.entries.map(({ key, colon, value }) => [essence(key), colon, essence(value)]);
  return { ...base, flow: node.flow, entries };
}

function firstDifference(own: unknown, other: unknown, path = ''): string {
  if (typeof own === 'object' && own !== null && typeof other === 'object' && other !== null) {
    for (const key of new Set([...Object.keys(own), ...Object.keys(other)])) {
      const left = (own as Record<string, unknown>)[key];
      const right = (other as Record<string, unknown>)[key];
      if (!isDeepStrictEqual(left, right)) return firstDifference(left, right, `${path}/${key}`);
    }
  }
  return `${path}: ${JSON.stringify(own)} and ${JSON.stringify(other)}`;
}

/** Reads one document with our reader and with the library and compares the trees. */
export function compareReaders(text: string): Comparison {
  const own = readDocument(text);
  if (own.kind !== 'read') return { kind: own.kind };
  const { root, faults } = readWithLibrary(text);
  if (own.faults.length > 0) {
    if (faults.length > 0) return { kind: 'refused' };
    return { kind: 'refused-wrongly', detail: JSON.stringify(own.faults) };
  }
  if (faults.length > 0) {
    return { kind: 'accepted-wrongly', detail: faults.map((fault) => `${fault.start}: ${fault.message}`).join('; ') };
  }
  const left = essence(own.root);
  const right = essence(root);
  if (isDeepStrictEqual(left, right)) return { kind: 'same' };
  return { kind: 'different', detail: firstDifference(left, right) };
}
