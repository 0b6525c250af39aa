import { type RenderedObject, originOf } from '../build/build';
import { type FilePath } from '../model/file-path';
import { type Path } from '../model/json';
import { type DocumentRef } from '../model/resource';
import { type Range } from '../model/text';
import { documentAt, type YamlFile } from '../yaml/file';
import { keyNodeAt, nodeAt } from '../yaml/locate';
import { pathAtOffset, type Place } from '../yaml/place';
import { fileRangeOf } from '../yaml/position';
import { type Snapshot } from '../workspace/snapshot';
import { kindOfDocument, type DocumentKind } from './document-schema';

/** A position of a file in the terms of its document. */
export interface DocumentPlace extends Place {
  readonly ref: DocumentRef;
  readonly text: string;
  /** undefined for a document that names none. */
  readonly kind: DocumentKind | undefined;
  /** The offset touches the key or value itself, not the white space that belongs to it. */
  readonly isTouched: boolean;
  /** Range of the key or value in the file; undefined where none is written. */
  readonly range: Range | undefined;
}

/** Where a UTF-16 offset of the file stands. */
export function placeAt(file: YamlFile, offset: number): DocumentPlace {
  const placed = documentAt(file, offset);
  const inside = offset - placed.offset;
  const place = pathAtOffset(placed.document, inside);
  const { node } = place;
  return {
    ...place,
    ref: { file: file.path, document: file.documents.indexOf(placed) },
    text: placed.document.text,
    kind: kindOfDocument(file.path, placed.document.text),
    isTouched: node !== undefined && inside >= node.start && inside <= node.end,
    range: node === undefined ? undefined : fileRangeOf(placed, node),
  };
}

/** A range of a file. */
export interface FileRange {
  readonly file: FilePath;
  readonly range: Range;
}

/** Range of the value at a path of a document, of its key with `part` key; the document's start when it is not there. */
export function rangeAt(
  file: YamlFile,
  ref: DocumentRef,
  path: Path,
  part: 'key' | 'value' = 'value',
): FileRange | undefined {
  const placed = file.documents[ref.document];
  if (placed === undefined) return undefined;
  const node = part === 'key' ? keyNodeAt(placed.document, path) : nodeAt(placed.document, path);
  const start = node ?? placed.document.root ?? { start: 0, end: 0 };
  return {
    file: ref.file,
    range: fileRangeOf(placed, node === undefined ? { start: start.start, end: start.start } : start),
  };
}

/** Where the name of a rendered object is written, first the place to edit; empty for one that no file declares. */
export function namePlaces(snapshot: Snapshot, object: RenderedObject): FileRange[] {
  return originOf(object, ['metadata', 'name']).flatMap((origin) => {
    const file = snapshot.yaml(origin.file);
    return (file && rangeAt(file, origin, origin.path)) ?? [];
  });
}
