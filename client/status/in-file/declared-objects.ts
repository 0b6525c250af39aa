import { splitApiVersion } from '../../../server/model/resource-id';
import { type Path } from '../../../server/model/json';
import { type Range } from '../../../server/model/text';
import { type PlacedDocument } from '../../../server/yaml/document';
import { openFile, type YamlFile } from '../../../server/yaml/file';
import { nodeAt } from '../../../server/yaml/locate';
import { fileRangeOf } from '../../../server/yaml/position';
import { findLiveKind } from '../kinds/index';

/** An object that a document of an open file declares, if its kind has a state. */
export interface DeclaredObject {
  /** Index among the file's documents. */
  readonly document: number;
  readonly group: string;
  readonly kind: string;
  /** Where `metadata.name` is written. */
  readonly range: Range;
}

// What is larger is no file that a person reads.
const longestText = 512 * 1024;

/** Reads a text, taking over the documents of an earlier reading that are the same; of a text too long nothing. */
export function readOpenText(path: string, text: string, version: number, previous?: YamlFile): YamlFile {
  return openFile(path, text.length > longestText ? '' : text, version, previous);
}

/** The objects of a file whose kinds are watched, in order. What stands there need not be complete. */
export function declaredObjects({ documents }: YamlFile): readonly DeclaredObject[] {
  return documents.flatMap((placed, document) => {
    // Most documents are none of Flux, and are not read for that.
    if (!placed.document.text.includes('.io/')) return [];
    const { group } = splitApiVersion(textAt(placed, ['apiVersion']) ?? '');
    const kind = textAt(placed, ['kind']) ?? '';
    const known = findLiveKind(group, kind);
    const name = nodeAt(placed.document, ['metadata', 'name']);
    if (known === undefined || known.section === 'controller' || name?.kind !== 'scalar') return [];
    return [{ document, group, kind, range: fileRangeOf(placed, name) }];
  });
}

/** Where the first of some fields of a document is written; undefined when none is. */
export function fieldRange(file: YamlFile, document: number, fields: readonly Path[]): Range | undefined {
  const placed = file.documents[document];
  for (const path of placed === undefined ? [] : fields) {
    const node = placed && nodeAt(placed.document, path);
    if (placed !== undefined && node !== undefined) return fileRangeOf(placed, node);
  }
  return undefined;
}

function textAt({ document }: PlacedDocument, path: Path): string | undefined {
  const node = nodeAt(document, path);
  return node?.kind === 'scalar' ? node.text : undefined;
}
