import { type PlacedDocument } from '../../../server/yaml/document';
import { type ScalarStyle, type YamlNode } from '../../../server/yaml/node';

export interface ScalarSpan {
  /** Offset in the file. */
  readonly end: number;
  readonly style: ScalarStyle;
}

/** Every scalar of a file that is written out, by its offset in the file. */
export function scalarSpans(documents: readonly PlacedDocument[]): ReadonlyMap<number, ScalarSpan> {
  const spans = new Map<number, ScalarSpan>();
  const collect = (node: YamlNode | undefined, offset: number): void => {
    if (node === undefined || node.kind === 'alias') return;
    if (node.kind === 'scalar') {
      if (node.end > node.start) spans.set(node.start + offset, { end: node.end + offset, style: node.style });
    } else if (node.kind === 'sequence') for (const item of node.items) collect(item, offset);
    else {
      for (const { key, value } of node.entries) {
        collect(key, offset);
        collect(value, offset);
      }
    }
  };
  for (const { document, offset } of documents) collect(document.root, offset);
  return spans;
}
