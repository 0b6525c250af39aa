import { type Steps } from '../model/steps';
import { findForbiddenCharacter } from './check/characters';
import { settle, type Settled } from './check/settle';
import { type SyntaxFault, type YamlDocument } from './document';
import { readWithLibrary, tooDeep } from './fallback/read-with-library';
import { type YamlNode } from './node';
import { readDocument, readDocumentInSteps, type Reading } from './reader/read-document';
import { type ReadingLimit, tooLong, tooLongForLibrary } from './reading-limit';

const unread = (text: string, fault: SyntaxFault): YamlDocument => ({
  text,
  root: undefined,
  faults: [fault],
  anchors: new Map(),
});

const nothing: Settled = { anchors: new Map(), faults: [] };

/**
 * Reads one document, cut out by `splitDocuments`. Never throws: what is wrong is in `faults`, sorted by place, and the root
 * then holds what could be read. Ordinary documents are read by our own reader, everything else by the `yaml`
 * package, which is loaded only then. A document beyond the limit has no root, and the fault `too-large` alone.
 */
export function parseDocument(text: string, limit: ReadingLimit = Infinity): YamlDocument {
  const tooLarge = tooLong(text, limit);
  if (tooLarge !== undefined) return unread(text, tooLarge);
  const content = contentOf(text, limit, readDocument(text));
  return 'message' in content ? unread(text, content) : checked(text, content);
}

/** {@link parseDocument} with pauses, for a long document. */
export function* parseInSteps(text: string, limit: ReadingLimit): Steps<YamlDocument> {
  const tooLarge = tooLong(text, limit);
  if (tooLarge !== undefined) return unread(text, tooLarge);
  const content = contentOf(text, limit, yield* readDocumentInSteps(text));
  yield 'long';
  return 'message' in content ? unread(text, content) : checked(text, content);
}

interface Content {
  readonly root: YamlNode | undefined;
  readonly faults: readonly SyntaxFault[];
}

/** What was read, by the library where our reader declined; a fault where that would take too long. */
function contentOf(text: string, limit: ReadingLimit, reading: Reading): Content | SyntaxFault {
  if (reading.kind === 'read') return reading;
  if (reading.kind === 'declined') return tooLongForLibrary(text, limit, reading.offset) ?? readWithLibrary(text);
  return { root: undefined, faults: [tooDeep(reading.offset, Math.min(reading.offset + 1, text.length))] };
}

function checked(text: string, { root, faults }: Content): YamlDocument {
  const settled = root === undefined ? nothing : settle(root);
  const forbidden = findForbiddenCharacter(text);
  const all = [...faults, ...settled.faults, ...(forbidden === undefined ? [] : [forbidden])];
  if (all.length > 1) all.sort((a, b) => a.start - b.start);
  return { text, root, faults: all, anchors: settled.anchors };
}
