import { documentsRequest, historyRequest } from '../../../../server/protocol/messages';
import { type HistoryAnswer, type HistoryQuestion } from '../../../../server/protocol/history';
import { type YamlFile } from '../../../../server/yaml/file';
import { type LanguageServer } from '../../../language/language-server';
import {
  declaredObjects,
  fieldRange,
  readOpenText,
  type DeclaredObject,
} from '../../../status/in-file/declared-objects';
import { differenceOf, type FileDifference } from '../../../status/in-file/file-difference';
import { addressesOf } from '../../../status/in-file/object-in-file';
import { type Path } from '../../../../server/model/json';
import { type Range } from '../../../../server/model/text';

/** A text as the editor has it now. */
export interface OpenText {
  readonly text: string;
  readonly version: number;
  readonly isDirty: boolean;
}

/**
 * What is known of one open file: the objects that its text declares, at once; the objects that they render to, and how the
 * text differs from a revision, as soon as the server has answered. Until then the last answers stand.
 */
export class FileKnowledge {
  private reading: YamlFile | undefined;
  private now: OpenText = { text: '', version: -1, isDirty: false };
  private declared: readonly DeclaredObject[] = [];
  private addresses: readonly (readonly string[])[] | undefined;
  private askedVersion: number | undefined;
  private readonly blobs = new Map<string, Promise<string | undefined>>();
  private head: Promise<string | undefined> | undefined;
  private readonly differences = new Map<string, { for: OpenText; is: FileDifference | undefined }>();

  /**
   * @param root URI of the file's repository
   * @param changed told when an answer came that says something else than before
   */
  constructor(
    readonly uri: string,
    readonly root: string,
    private readonly server: Pick<LanguageServer, 'ask'>,
    private readonly changed: () => void,
  ) {}

  /** Takes over the present text. @returns the objects that it declares */
  read(next: OpenText): readonly DeclaredObject[] {
    const { now } = this;
    if (next.version !== now.version || next.isDirty !== now.isDirty) {
      this.now = next;
      if (next.version !== now.version) {
        this.reading = readOpenText(this.uri, next.text, next.version, this.reading);
        this.declared = declaredObjects(this.reading);
      }
    }
    if (this.declared.length > 0) this.askAddresses();
    return this.declared;
  }

  /** Addresses of a declared object in all clusters; undefined while nobody knows. */
  addressesOf(declared: DeclaredObject): readonly string[] | undefined {
    const found = this.addresses?.[declared.document];
    return found && addressesOf(found, declared);
  }

  /** Index of the document at a line. */
  documentOf(line: number): number {
    return this.reading?.documents.findLastIndex((placed) => placed.line <= line) ?? -1;
  }

  /** Where the first of some fields is written. */
  fieldRange(declared: DeclaredObject, fields: readonly Path[]): Range | undefined {
    return this.reading && fieldRange(this.reading, declared.document, fields);
  }

  /** How the text differs from the file at a commit; what was known before stands until the present text is compared. */
  difference(commit: string | undefined): FileDifference | undefined {
    const key = commit ?? '';
    const known = this.differences.get(key);
    if (known?.for !== this.now) {
      const entry = { for: this.now, is: known?.is };
      this.differences.set(key, entry);
      void this.compare(commit, entry);
    }
    return this.differences.get(key)?.is;
  }

  /** The repository was read anew. */
  repositoryChanged(): void {
    this.askedVersion = undefined;
    this.historyChanged();
  }

  /** Something was committed, fetched or checked out. */
  historyChanged(): void {
    this.head = undefined;
    this.blobs.clear();
    for (const [key, { is }] of this.differences) {
      this.differences.set(key, { for: { text: '', version: -1, isDirty: false }, is });
    }
  }

  private async compare(commit: string | undefined, entry: { readonly for: OpenText; is: FileDifference | undefined }) {
    const is = await differenceOf(entry.for, commit, {
      blob: (of) => this.blob(of),
      head: () => (this.head ??= this.history({ ask: 'commit', name: 'HEAD' }).then(textOrNone)),
    });
    if (this.differences.get(commit ?? '') !== entry || entry.is === is) return;
    entry.is = is;
    this.changed();
  }

  private blob(commit: string): Promise<string | undefined> {
    const known = this.blobs.get(commit);
    if (known !== undefined) return known;
    const asked = this.history({ ask: 'blob', commit, uri: this.uri }).then(textOrNone);
    this.blobs.set(commit, asked);
    return asked;
  }

  private async history(question: HistoryQuestion): Promise<HistoryAnswer> {
    const answer = await this.server.ask(historyRequest, { root: this.root, question });
    return answer?.available === true ? answer.said : null;
  }

  private askAddresses(): void {
    const { version } = this.now;
    if (this.askedVersion === version) return;
    this.askedVersion = version;
    void this.server.ask(documentsRequest, { uri: this.uri, version }).then((answer) => {
      // What was said of another text would be joined with wrong documents; the next snapshot is the time to ask again.
      if (answer?.available !== true || answer.documents.length !== this.reading?.documents.length) return;
      if (this.askedVersion !== version) return;
      const addresses = answer.documents.map((document) => document.addresses);
      if (JSON.stringify(addresses) === JSON.stringify(this.addresses)) return;
      this.addresses = addresses;
      this.changed();
    });
  }
}

const textOrNone = (said: HistoryAnswer): string | undefined => (typeof said === 'string' ? said : undefined);
