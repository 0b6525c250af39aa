import { type FilePath } from '../../../model/file-path';
import { type Path } from '../../../model/json';
import { finish, pauseBefore, pauseEvery, type Steps } from '../../../model/steps';
import { type PlacedDocument, type SyntaxFault, type YamlDocument } from '../../../yaml/document';
import { type FileContent, type TextSource } from '../context';
import { faultAt, type EngineFault } from '../fault';
import { openFile, readAhead as readDocumentAhead } from '../../../yaml/file';
import { openText } from '../load/files';
import { type Node } from '../node';
import { type Origins } from '../origin';
import { type Session } from '../session';
import { readableDocuments } from './documents';
import { toNode, type ConversionProblem } from './to-node';

/** What a text is read for: where faults of an inline text stand, and where it comes from. */
export interface TextPlace {
  readonly source: TextSource;
  /** Of the value that is or names the text. */
  readonly file: FilePath;
  readonly document: number;
  readonly path: Path;
  /** In a build that keeps going, a document that cannot be taken over is left out and costs no other. */
  readonly skipsBroken?: boolean;
}

/** A document's root and its index in the text. */
export interface ReadDocument {
  readonly root: Node;
  readonly index: number;
}

/** The documents of a text that hold anything, and whether no separator divides it. */
export interface ReadText {
  readonly documents: readonly ReadDocument[];
  readonly isSingle: boolean;
}

const reasons: Readonly<Record<ConversionProblem['reason'], string>> = {
  'alias-limit': 'Aliases make this document too large to expand.',
  'unknown-anchor': 'An alias names an anchor that this document does not define.',
  'merge-value': 'A merge key takes a map, or a list of maps.',
  escape: 'Flux knows no such escape in double quotes: \\/ or half of a pair.',
  'merge-twice': 'A map can have one merge key only.',
};

/** A fault inside a text: in its file, or at the value that holds an inline text. */
export function faultInText(
  place: TextPlace,
  at: { readonly index: number; readonly offset?: number; readonly path?: Path },
  code: string,
  message: string,
): EngineFault {
  if ('origin' in place.source) return faultAt(place, code, message);
  const fault = faultAt({ file: place.source.file, document: at.index, path: at.path ?? [] }, code, message);
  return at.offset === undefined ? fault : { ...fault, offset: at.offset };
}

/** Reads the documents of a file one by one, where the caller keeps what was read; reading the file is short then. */
export function* readAhead({ files, origins }: Session, { file, text }: FileContent): Steps<void> {
  for (const [index, { document }] of (files.open?.(file, text).documents ?? []).entries()) {
    yield* readDocumentAhead(document);
    yield pauseBefore(document.text);
    if (document.faults.length === 0) converted(origins, document, file, index);
    yield;
  }
}

/** Reads a text of objects or patches as kyaml's ByteReader does, without asking what its documents are. */
export function readDocuments(session: Session, text: string, place: TextPlace): ReadText | EngineFault {
  return finish(documentsInSteps(session, text, place));
}

/** {@link readDocuments} with pauses. */
export function* documentsInSteps(session: Session, text: string, place: TextPlace): Steps<ReadText | EngineFault> {
  const isInline = 'origin' in place.source;
  const name = 'origin' in place.source ? place.file : place.source.file;
  const file = isInline ? openFile(name, text, 0) : openText(session.files, name, text);
  const { documents, isSingle, badSeparator, badEnd } = readableDocuments(file);
  if (badSeparator !== undefined) {
    const message = 'Nothing but a comment may follow --- on its line. Flux cannot read this file.';
    return faultInText(place, { index: 0, offset: badSeparator }, 'separator', message);
  }
  if (badEnd !== undefined) {
    const message = 'Nothing stands above this mark that it could end. Flux cannot read this file.';
    return faultInText(place, { index: 0, offset: badEnd }, 'yaml-syntax', message);
  }
  const found: ReadDocument[] = [];
  for (const { placed, index } of documents) {
    const fault = malformed(placed);
    if (fault !== undefined) {
      const at = { index, offset: placed.offset + fault.start };
      const broken =
        fault.code === 'too-large'
          ? faultInText(place, at, 'file-too-large', fault.message)
          : faultInText(place, at, 'yaml-syntax', `${fault.message} Flux cannot read this file.`);
      // A broken document never hides its neighbours.
      const ended = place.skipsBroken === true ? session.attempt(broken, undefined) : broken;
      if (ended !== undefined) return ended;
      continue;
    }
    const root =
      'origin' in place.source
        ? toNode(placed.document, place.source.origin, true)
        : converted(session.origins, placed.document, name, index);
    if (root === undefined) continue;
    if (root.kind === 'problem') {
      const at = { index, offset: placed.offset + root.offset };
      return faultInText(place, at, 'yaml-syntax', reasons[root.reason]);
    }
    found.push({ root, index });
    if (index % pauseEvery === 0) yield;
  }
  return { documents: found, isSingle };
}

interface Conversion {
  readonly origins: Origins;
  readonly file: FilePath;
  readonly index: number;
  readonly root: Node | undefined | ConversionProblem;
}

/** The last conversion of each document: builds that share their origins share its nodes. */
const conversions = new WeakMap<YamlDocument, Conversion>();

function converted(origins: Origins, document: YamlDocument, file: FilePath, index: number): Conversion['root'] {
  const known = conversions.get(document);
  if (known?.origins === origins && known.file === file && known.index === index) return known.root;
  const root = toNode(document, origins.addDocument(file, index), false);
  conversions.set(document, { origins, file, index, root });
  return root;
}

/** The first fault that ends reading; equal keys do not until the object is written. */
function malformed({ document }: PlacedDocument): SyntaxFault | undefined {
  return document.faults.find(({ code }) => code === 'syntax' || code === 'too-large');
}
