import { type KindEntry } from '../../schemas/kinds/kind';
import { type FilePath } from './file-path';
import { type JsonObject } from './json';
import { type ResourceId } from './resource-id';

/** A document of a file, named by the file and its index among the file's documents (from 0). */
export interface DocumentRef {
  readonly file: FilePath;
  readonly document: number;
}

/**
 * An object as declared in a file, before rendering. Holds no position: the same Resource stays while an
 * edit leaves its content alone, so equality by identity stops work from spreading.
 */
export interface Resource extends DocumentRef {
  /** As written; the namespace is empty where none is written. */
  readonly id: ResourceId;
  readonly apiVersion: string;
  /** Path to the object in its document: empty, or `items`, index for an object inside a List. */
  readonly at: readonly (string | number)[];
  readonly entry: KindEntry | undefined;
  /** The content, kept for kinds of the kind table only (without `spec.values` of ordinary HelmReleases). */
  readonly value: JsonObject | undefined;
  /** Some scalar or key holds `${`. */
  readonly hasVariables: boolean;
  /** A `sops` stanza stands at its top. */
  readonly isEncrypted: boolean;
}
