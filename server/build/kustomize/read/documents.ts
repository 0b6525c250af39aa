import { type PlacedDocument } from '../../../yaml/document';
import { type YamlFile } from '../../../yaml/file';

/** The documents of a text that kustomize reads, with their indices in the file; or a separator it refuses. */
export interface ReadableDocuments {
  readonly documents: readonly { readonly placed: PlacedDocument; readonly index: number }[];
  /** True when the text has no separator line: only then `List` objects are taken apart by the reader itself. */
  readonly isSingle: boolean;
  /** UTF-16 offset in the text of a separator line with something else on it. */
  readonly badSeparator: number | undefined;
  /** UTF-16 offset of a `...` that ends a document which has not begun. */
  readonly badEnd: number | undefined;
}

const separator = /\n---[^\n]*\n/g;
const startsWithSeparator = /^(?:[ \t\ufeff]*(?:#[^\n]*?)?\r?\n|%[^\n]*\n)*---(?:\s|$)/;

/**
 * Cuts as kyaml's ByteReader does: at every line that starts with `---`, of each piece the first document alone (what
 * follows `...` is lost).
 */
export function readableDocuments(file: YamlFile): ReadableDocuments {
  let badSeparator: number | undefined;
  const mayEnd = file.text.includes('...');
  let badEnd = mayEnd ? endAt(file.text, 0) : undefined;
  let isSingle = true;
  if (file.text.includes('\n---')) {
    for (const match of file.text.matchAll(separator)) {
      isSingle = false;
      const rest = match[0].slice(4).trim();
      if (rest !== '' && !rest.startsWith('#')) badSeparator ??= match.index + 1;
      if (mayEnd) badEnd ??= endAt(file.text, match.index + match[0].length);
    }
  }
  const hasEnds = file.text.includes('\n...');
  const documents = file.documents.map((placed, index) => ({ placed, index }));
  return {
    documents: hasEnds
      ? documents.filter(({ placed, index }) => index === 0 || startsWithSeparator.test(placed.document.text))
      : documents,
    isSingle,
    badSeparator,
    badEnd,
  };
}

const startsWithEnd = /(?:[ \t\ufeff]*(?:#[^\n]*?)?\r?\n)*\.\.\.(?=\s|$)/y;

/** The offset of a `...` that is the first thing behind `start`. */
function endAt(text: string, start: number): number | undefined {
  if (!text.includes('...', start)) return undefined;
  startsWithEnd.lastIndex = start;
  return startsWithEnd.test(text) ? startsWithEnd.lastIndex - 3 : undefined;
}
