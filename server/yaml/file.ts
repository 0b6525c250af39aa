import { type FilePath } from '../model/file-path';
import { finish, pauseBefore, type Steps } from '../model/steps';
import { type PlacedDocument, type SyntaxFault, type YamlDocument } from './document';
import { type YamlNode } from './node';
import { parseDocument, parseInSteps } from './parse';
import { type ReadingLimit } from './reading-limit';
import { splitDocuments } from './split';

/** One text as YAML: its documents in order, which cover it without gaps. */
export interface YamlFile {
  readonly path: FilePath;
  /** Version of the text, counted by whoever changes it. */
  readonly version: number;
  readonly text: string;
  readonly documents: readonly PlacedDocument[];
}

/** A document that is read when something of it but its text is first asked for. */
class LazyDocument implements YamlDocument {
  private parsed: YamlDocument | undefined;
  private reading: Steps<YamlDocument> | undefined;

  constructor(
    readonly text: string,
    private readonly limit: ReadingLimit,
  ) {}

  private get content(): YamlDocument {
    return (this.parsed ??= this.reading === undefined ? parseDocument(this.text, this.limit) : finish(this.reading));
  }

  /** What was read before the work was dropped stays read. */
  *read(): Steps<void> {
    const reading = (this.reading ??= parseInSteps(this.text, this.limit));
    while (this.parsed === undefined) {
      const next = reading.next();
      if (next.done === true) this.parsed = next.value;
      else yield next.value;
    }
    this.reading = undefined;
  }

  get root(): YamlNode | undefined {
    return this.content.root;
  }

  get faults(): readonly SyntaxFault[] {
    return this.content.faults;
  }

  get anchors(): ReadonlyMap<string, YamlNode> {
    return this.content.anchors;
  }
}

/**
 * A pause where reading a document takes several milliseconds, and the reading itself with further ones where it was not
 * read yet. Whoever asks for its content behind this waits for none of it.
 */
export function* readAhead(document: YamlDocument): Steps<void> {
  const pause = pauseBefore(document.text);
  yield pause;
  if (pause !== undefined && document instanceof LazyDocument) yield* document.read();
}

/**
 * Cuts a text into documents without reading them. A document of `previous` with the same text is taken over as the
 * identical object, so whatever hangs on it stays valid; of documents with equal text in one file each keeps its own.
 * @param limit what is longer is not read: a document for which it counts has the fault `too-large`
 */
export function openFile(
  path: FilePath,
  text: string,
  version: number,
  previous?: YamlFile,
  limit: ReadingLimit = Infinity,
): YamlFile {
  const known = new Map<string, YamlDocument[]>();
  for (const { document } of previous?.documents ?? []) {
    const same = known.get(document.text);
    if (same === undefined) known.set(document.text, [document]);
    else same.push(document);
  }
  const documents = splitDocuments(text).map(({ start, end, line }) => {
    const piece = text.slice(start, end);
    return { document: known.get(piece)?.shift() ?? new LazyDocument(piece, limit), offset: start, line };
  });
  return { path, version, text, documents };
}

/**
 * The document at an offset of the file's text; at a border the one that starts there. Clamps offsets outside.
 */
export function documentAt(file: YamlFile, offset: number): PlacedDocument {
  const { documents } = file;
  let low = 0;
  let high = documents.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((documents[middle]?.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const found = documents[low];
  if (found === undefined) throw new RangeError('a file has at least one document');
  return found;
}
