import { type Range } from '../model/text';
import { type SourcePlace } from './place';

/** A change of one file, in the encoding agreed at `initialize`. */
export interface FileEdit {
  readonly uri: string;
  readonly range: Range;
  readonly newText: string;
}

/** One step from an encrypted file to the key that decrypts it in a cluster. */
export interface DecryptionStep {
  readonly link: 'file' | 'rule' | 'recipients' | 'kustomization' | 'decryption' | 'key-secret';
  /** `unknown`: only the cluster or a key can tell. */
  readonly state: 'ok' | 'broken' | 'unknown';
  /** One or two sentences for the user. */
  readonly message: string;
  readonly place?: SourcePlace;
  readonly fix?: { readonly title: string; readonly edits: readonly FileEdit[] };
  /** What the client can offer where a text edit is not enough. */
  readonly action?: 'encrypt' | 'update-keys';
}

/** How one Flux Kustomization of one cluster comes to decrypt a file; without both for a file that none applies. */
export interface DecryptionPath {
  readonly cluster?: string;
  /** Key of the Flux Kustomization. */
  readonly kustomization?: string;
  /** In order; the first that is broken is what to repair. */
  readonly steps: readonly DecryptionStep[];
}
