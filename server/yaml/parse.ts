import { findForbiddenCharacter } from './check/characters';
import { settle, type Settled } from './check/settle';
import { type SyntaxFault, type YamlDocument } from './document';
import { readWithLibrary, tooDeep } from './fallback/read-with-library';
import { type YamlNode } from './node';
import { readDocument } from './reader/read-document';

const nothing: Settled = { anchors: new Map(), faults: [] };

/**
 * Reads one document, cut out by `splitDocuments`. Never throws: what is wrong is in `faults`, sorted by place, and the root
 * then holds what could be read. Ordinary documents are read by our own reader, everything else by the `yaml`
 * package, which is loaded only then.
 */
export function parseDocument(text: string): YamlDocument {
  const reading = readDocument(text);
  let root: YamlNode | undefined;
  let faults: readonly SyntaxFault[] = [];
  if (reading === undefined) ({ root, faults } = readWithLibrary(text));
  else if (reading.kind === 'read') ({ root, faults } = reading);
  else faults = [tooDeep(reading.offset, Math.min(reading.offset + 1, text.length))];
  const settled = root === undefined ? nothing : settle(root);
  const forbidden = findForbiddenCharacter(text);
  const all = [...faults, ...settled.faults, ...(forbidden === undefined ? [] : [forbidden])];
  if (all.length > 1) all.sort((a, b) => a.start - b.start);
  return { text, root, faults: all, anchors: settled.anchors };
}
