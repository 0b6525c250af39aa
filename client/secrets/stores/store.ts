import { type JsonObject, type JsonValue } from '../../../server/model/json';
import { type StoreFormat } from '../../../server/sops/store-format';
import { type DocumentEdit } from '../../../server/yaml/edit';
import { type Outcome, type ValueAddress } from '../fault';
import { type PlainValue } from '../values/plain-value';
import { type TreeComment, type TreeMap } from '../values/tree';

/** One document of a file: only YAML has several. */
export interface StoreDocument {
  readonly root: TreeMap;
  /** The `sops` entry; undefined when there is none. */
  readonly stanza: JsonValue | undefined;
}

/** A comment that SOPS drops when it reads the file, and so never encrypts or decrypts. */
export interface StrayComment {
  readonly comment: TreeComment;
  /** Of the innermost map or list that it stands in, or behind. */
  readonly keys: readonly string[];
}

/** A text in one of SOPS's formats. Edits are of its text, by UTF-16 offsets, and leave all else as it is. */
export interface StoreFile {
  readonly format: StoreFormat;
  readonly text: string;
  readonly documents: readonly StoreDocument[];
  /** Only YAML has any. What they hold is as secret as what stands around them. */
  readonly strays?: readonly StrayComment[];
  /** Puts other texts in the place of fields of the stanza, in every document that has one; all must be there. */
  patchStanza(fields: ReadonlyMap<string, string>): readonly DocumentEdit[];
  /**
   * Writes a whole stanza, in the place of the old one or at the end of every document, as SOPS writes it.
   * @param indent columns of one level from `.sops.yaml`; undefined: as the file has it, else SOPS's default
   */
  writeStanza(stanza: JsonObject, indent: number | undefined): readonly DocumentEdit[];
  /** A new last entry of a map (or item of a list, when the last step is its length); undefined where it cannot be added. */
  addEntry(at: ValueAddress, value: PlainValue): readonly DocumentEdit[] | undefined;
  /** undefined where what shares its lines cannot be told apart. */
  removeEntry(at: ValueAddress): readonly DocumentEdit[] | undefined;
  renameEntry(at: ValueAddress, key: string): readonly DocumentEdit[] | undefined;
}

/** Reads a text; a fault says what SOPS, or we, cannot read in it. */
export type StoreReader = (text: string) => Outcome<StoreFile>;

/** Longest text that is read: Flux itself takes no larger file (kustomize-controller's decryptor, 5 MiB). */
export const longestText = 5 * 1024 * 1024;
