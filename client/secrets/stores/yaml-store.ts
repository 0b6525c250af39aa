import { type JsonObject, type JsonValue } from '../../../server/model/json';
import { type PlacedDocument } from '../../../server/yaml/document';
import {
  type DocumentEdit,
  insertKey,
  removeEntry,
  renameKey,
  replaceScalar,
  writeScalar,
} from '../../../server/yaml/edit';
import { openFile } from '../../../server/yaml/file';
import { keyNodeAt, nodeAt } from '../../../server/yaml/locate';
import { type YamlNode } from '../../../server/yaml/node';
import { positionAt } from '../../../server/yaml/position';
import { valueOf } from '../../../server/yaml/scalar';
import { type FilePath } from '../../../server/model/file-path';
import { done, type Outcome, refused, type ValueAddress } from '../fault';
import { type PlainValue } from '../values/plain-value';
import { type FileComments, fileComments, UnexpectedToken } from '../yaml-comments/comment-parser';
import { type CommentedDocument } from '../yaml-comments/commented-node';
import { type StoreDocument, type StoreFile, type StrayComment } from './store';
import { defaultYamlIndent, writeYamlStanza } from './yaml-stanza';
import { strayComments } from './yaml-strays';
import { UnsupportedYaml, yamlTreeOf } from './yaml-tree';
import { yamlTextOf } from './yaml-values';

const noPath = '' as FilePath;

/** Reads a YAML file (getsops/sops stores/yaml): documents that are maps, without aliases. */
export function readYamlStore(text: string): Outcome<StoreFile> {
  const placed = openFile(noPath, text, 0).documents;
  for (const { document, line } of placed) {
    const [fault] = document.faults;
    if (fault === undefined) continue;
    const reason = withoutFullStop(fault.message);
    return refused({ kind: 'unreadable', reason, line: line + positionAt(document, fault.start).line + 1 });
  }
  const bare = treesOf(text, placed, []);
  if (!bare.ok || !text.includes('#')) return bare.ok ? done(new YamlStoreFile(text, placed, bare.value)) : bare;
  // Only what is not nested too deeply gets here.
  const comments = commentsOf(text, placed);
  if (comments === undefined) {
    return refused({ kind: 'unsupported', reason: 'where its comments belong cannot be told' });
  }
  const documents = treesOf(text, placed, comments.documents);
  if (!documents.ok) return documents;
  const roots = documents.value.map(({ root }) => root);
  return done(new YamlStoreFile(text, placed, documents.value, strayComments(text, placed, roots, comments.lines)));
}

function treesOf(
  text: string,
  placed: readonly PlacedDocument[],
  comments: readonly CommentedDocument[],
): Outcome<readonly StoreDocument[]> {
  const documents: StoreDocument[] = [];
  for (const [index, one] of placed.entries()) {
    try {
      documents.push({ root: yamlTreeOf(text, one, comments[index]), stanza: stanzaOf(one) });
    } catch (error) {
      if (!(error instanceof UnsupportedYaml)) throw error;
      const { reason, steps } = error;
      return refused({ kind: 'unsupported', reason, ...(steps.length > 0 && { at: { document: index, steps } }) });
    }
  }
  return done(documents);
}

/** undefined where it cannot be told. */
function commentsOf(text: string, placed: readonly PlacedDocument[]): FileComments | undefined {
  try {
    return fileComments(text, placed);
  } catch (error) {
    if (error instanceof UnexpectedToken) return undefined;
    throw error;
  }
}

const withoutFullStop = (sentence: string): string => sentence.replace(/\.$/, '');

function stanzaOf({ document }: PlacedDocument): JsonValue | undefined {
  const node = nodeAt(document, ['sops']);
  if (node !== undefined) return valueOf(document, node);
  return keyNodeAt(document, ['sops']) === undefined ? undefined : null;
}

class YamlStoreFile implements StoreFile {
  readonly format = 'yaml';

  constructor(
    readonly text: string,
    private readonly placed: readonly PlacedDocument[],
    readonly documents: readonly StoreDocument[],
    readonly strays: readonly StrayComment[] = [],
  ) {}

  patchStanza(fields: ReadonlyMap<string, string>): readonly DocumentEdit[] {
    return this.placed.flatMap((one) =>
      nodeAt(one.document, ['sops']) === undefined
        ? []
        : [...fields].flatMap(([name, text]) => inFile(one, replaceScalar(one.document, ['sops', name], text)) ?? []),
    );
  }

  writeStanza(stanza: JsonObject, indent: number | undefined): readonly DocumentEdit[] {
    return this.placed.flatMap((one) => {
      const { text } = one.document;
      const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
      const key = keyNodeAt(one.document, ['sops']);
      const written = writeYamlStanza(stanza, indent ?? stanzaIndent(one) ?? defaultYamlIndent, lineBreak);
      if (key === undefined) {
        const at = endOfContent(one);
        const lead = at > 0 && text[at - 1] !== '\n' ? lineBreak : '';
        return [{ span: { start: at + one.offset, end: at + one.offset }, newText: lead + written }];
      }
      const end = lineEndOf(text, nodeAt(one.document, ['sops'])?.end ?? key.end);
      return [
        {
          span: { start: key.start + one.offset, end: end + one.offset },
          newText: written.slice(0, -lineBreak.length),
        },
      ];
    });
  }

  addEntry({ document, steps }: ValueAddress, value: PlainValue): readonly DocumentEdit[] | undefined {
    const one = this.placed[document];
    const step = steps.at(-1);
    if (one === undefined || step === undefined) return undefined;
    if (typeof step === 'number') return appendItem(one, steps, value);
    const stanza = keyNodeAt(one.document, ['sops']);
    if (steps.length === 1 && stanza !== undefined && isAtLineStart(one, stanza.start)) {
      if (nodeAt(one.document, steps) !== undefined) return undefined;
      const at = stanza.start + one.offset;
      return [{ span: { start: at, end: at }, newText: `${writeScalar(step)}: ${yamlTextOf(value, false)}\n` }];
    }
    const parent = nodeAt(one.document, steps.slice(0, -1));
    const edits = insertKey(one.document, steps.slice(0, -1), step, yamlTextOf(value, false));
    return inFile(
      one,
      parent?.kind === 'map' && !parent.flow ? edits?.map((edit) => behindComments(one, edit, parent)) : edits,
    );
  }

  removeEntry({ document, steps }: ValueAddress): readonly DocumentEdit[] | undefined {
    const one = this.placed[document];
    return one && inFile(one, removeEntry(one.document, steps));
  }

  renameEntry({ document, steps }: ValueAddress, key: string): readonly DocumentEdit[] | undefined {
    const one = this.placed[document];
    return one && inFile(one, renameKey(one.document, steps, key));
  }
}

function inFile(
  { offset }: PlacedDocument,
  edits: readonly DocumentEdit[] | undefined,
): readonly DocumentEdit[] | undefined {
  return edits?.map(({ span, newText }) => ({
    span: { start: span.start + offset, end: span.end + offset },
    newText,
  }));
}

const lineEndOf = (text: string, at: number): number => {
  const newline = text.indexOf('\n', at);
  if (newline < 0) return text.length;
  return text[newline - 1] === '\r' ? newline - 1 : newline;
};

const isAtLineStart = ({ document: { text } }: PlacedDocument, at: number): boolean =>
  at === 0 || text[at - 1] === '\n';

/** Columns by which the fields of the stanza stand deeper than its key. */
function stanzaIndent({ document }: PlacedDocument): number | undefined {
  const node = nodeAt(document, ['sops']);
  const first = node?.kind === 'map' && !node.flow ? node.entries[0]?.key.start : undefined;
  return first === undefined ? undefined : first - (document.text.lastIndexOf('\n', first - 1) + 1);
}

/** Behind the last line that is content or comment, before a `...` line or blank lines. */
function endOfContent({ document: { text } }: PlacedDocument): number {
  const end = text.search(/\n\.\.\.(?:\s|$)/);
  return end < 0 ? text.length : end + 1;
}

/** Moves an insertion behind the comments that belong to the collection or to what it ends with. */
function behindComments(
  { document: { text } }: PlacedDocument,
  edit: DocumentEdit,
  collection: YamlNode,
): DocumentEdit {
  const lead = collection.start - (text.lastIndexOf('\n', collection.start - 1) + 1);
  let at = edit.span.end;
  for (;;) {
    const line = /^\r?\n( *)#[^\r\n]*/.exec(text.slice(at));
    if (line === null || (line[1] ?? '').length < lead) return { ...edit, span: { start: at, end: at } };
    at += line[0].length;
  }
}

function appendItem(
  one: PlacedDocument,
  steps: ValueAddress['steps'],
  value: PlainValue,
): readonly DocumentEdit[] | undefined {
  const list = nodeAt(one.document, steps.slice(0, -1));
  if (list?.kind !== 'sequence' || list.items.length !== steps.at(-1)) return undefined;
  const { text } = one.document;
  const dash = list.dashes.at(-1);
  if (list.flow || dash === undefined) {
    const last = list.items.at(-1);
    if (!list.flow || text[list.end - 1] !== ']') return undefined;
    const at = one.offset + (last?.end ?? list.start + 1);
    return [{ span: { start: at, end: at }, newText: (last === undefined ? '' : ', ') + yamlTextOf(value, true) }];
  }
  const lead = text.slice(text.lastIndexOf('\n', dash - 1) + 1, dash);
  const at = lineEndOf(text, list.end);
  const newText = `\n${' '.repeat(lead.length)}- ${yamlTextOf(value, false)}`;
  return inFile(one, [behindComments(one, { span: { start: at, end: at }, newText }, list)]);
}
