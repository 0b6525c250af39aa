import { originOf, type RenderedObject } from '../build/build';
import { type FilePath } from '../model/file-path';
import { type Fix, type Place, type RelatedPlace } from '../model/finding';
import { type Path } from '../model/json';
import { type DocumentRef } from '../model/resource';
import { type Span } from '../model/text';
import { type PlacedDocument, type YamlDocument } from '../yaml/document';
import { type DocumentEdit, insertKey, removeEntry, renameKey, replaceScalar } from '../yaml/edit';
import { type YamlFile } from '../yaml/file';
import { keyNodeAt, nodeAt } from '../yaml/locate';
import { fileRangeOf } from '../yaml/position';
import { type Edit, type Report } from './rule';

/** Reads a file as YAML; undefined when it is gone. */
export type ReadYaml = (file: FilePath) => YamlFile | undefined;

/** What a report is about: a document, or an object whose fields have origins. */
export type Subject = { readonly document: DocumentRef } | { readonly object: RenderedObject };

interface Target {
  readonly file: FilePath;
  readonly placed: PlacedDocument;
  readonly path: Path;
}

function targetOf(subject: Subject, path: Path, read: ReadYaml): Target | undefined {
  const refs = 'document' in subject ? [{ ...subject.document, path }] : originOf(subject.object, path);
  for (const { file, document, path: at } of refs) {
    const placed = read(file)?.documents[document];
    if (placed !== undefined) return { file, placed, path: at };
  }
  return undefined;
}

/** The span of a path, or of the nearest thing above it that is written. */
function spanAt(document: YamlDocument, path: Path, part: Report['part']): Span {
  for (let length = path.length; length > 0; length--) {
    const at = path.slice(0, length);
    const isExact = length === path.length;
    const node = part === 'key' && isExact ? keyNodeAt(document, at) : nodeAt(document, at);
    const isBlock = node?.kind !== 'scalar' && node?.kind !== 'alias';
    // A block is marked at its key, so that the mark stays on one line.
    const marked = isBlock || !isExact ? (keyNodeAt(document, at) ?? node) : node;
    if (marked !== undefined) return firstLine(document.text, marked);
  }
  return wholeSpan(document);
}

/** The first place of a piece of text in the value at a path; undefined where it is written in another way. */
function pieceAt(document: YamlDocument, path: Path, piece: string): Span | undefined {
  const node = nodeAt(document, path);
  const start = node?.kind === 'scalar' ? document.text.indexOf(piece, node.start) : -1;
  return node === undefined || start < 0 || start + piece.length > node.end
    ? undefined
    : { start, end: start + piece.length };
}

/** The name of an object, or its first line where it has none. */
function wholeSpan(document: YamlDocument): Span {
  const node = nodeAt(document, ['metadata', 'name']) ?? keyNodeAt(document, ['kind']) ?? document.root;
  if (node !== undefined) return firstLine(document.text, node);
  const start = document.text.search(/\S/);
  return firstLine(document.text, { start: Math.max(0, start), end: document.text.length });
}

function firstLine(text: string, { start, end }: Span): Span {
  const newline = text.indexOf('\n', start);
  const last = newline < 0 || newline >= end ? end : newline;
  return { start, end: text[last - 1] === '\r' && last > start ? last - 1 : last };
}

/** Where a report shows: the place to edit first. undefined when its document is gone. */
export function placeReport(report: Report, subject: Subject, read: ReadYaml): Place | undefined {
  if (report.position !== undefined && 'document' in subject) {
    return { file: subject.document.file, range: { start: report.position, end: report.position } };
  }
  const target = targetOf(subject, report.path ?? [], read);
  if (target === undefined) return undefined;
  const { document } = target.placed;
  const isWhole = report.part === 'whole' || (report.path === undefined && report.span === undefined);
  const at = 'object' in subject && isWhole ? [...target.path, 'metadata', 'name'] : target.path;
  const piece = report.within === undefined ? undefined : pieceAt(document, at, report.within);
  const span =
    report.span ??
    piece ??
    (isWhole && !('object' in subject) ? wholeSpan(document) : spanAt(document, at, report.part));
  return { file: target.file, range: fileRangeOf(target.placed, span) };
}

/** The places that explain a report; those whose documents are gone are left out. */
export function placeRelated(report: Report, subject: Subject, read: ReadYaml): RelatedPlace[] {
  const places: RelatedPlace[] = [];
  for (const related of report.related ?? []) {
    const { message } = related;
    const place =
      'span' in related
        ? placeReport({ span: related.span, message }, subject, read)
        : placeReport(
            { path: related.path, message },
            'object' in related ? { object: related.object } : { document: related.document },
            read,
          );
    if (place !== undefined) places.push({ ...place, message });
  }
  return places;
}

function editsOf(document: YamlDocument, path: Path, edit: Edit): readonly DocumentEdit[] | undefined {
  switch (edit.kind) {
    case 'replace':
      return replaceScalar(document, path, edit.text);
    case 'rename-key':
      return renameKey(document, path, edit.text);
    case 'insert':
      return insertKey(document, path, edit.key, edit.yaml);
    case 'remove':
      return removeEntry(document, path);
    case 'replace-within': {
      const span = pieceAt(document, path, edit.piece);
      return span && [{ span, newText: edit.text }];
    }
    case 'text':
      return [{ span: edit.span, newText: edit.text }];
  }
}

/** The text edits of a fix; undefined when one of them cannot be made safely: then there is no fix. */
export function placeFix(report: Report, subject: Subject, read: ReadYaml): Fix | undefined {
  if (report.fix === undefined) return undefined;
  const edits: Fix['edits'][number][] = [];
  for (const edit of report.fix.edits) {
    const target = targetOf(subject, edit.kind === 'text' ? [] : edit.path, read);
    const made = target && editsOf(target.placed.document, target.path, edit);
    if (target === undefined || made === undefined) return undefined;
    for (const { span, newText } of made) {
      edits.push({ file: target.file, range: fileRangeOf(target.placed, span), newText });
    }
  }
  return { title: report.fix.title, edits };
}
