import { type Range } from '../model/text';
import { type Answer } from './answer';
import { type DecryptionPath } from './decryption';
import { type FileRevision, type HistoryAnswer, type HistoryQuestion } from './history';
import { type AddressText, type SourcePlace } from './place';
import { type ClusterInfo, type Graph } from './repository';

/** A request of ours: its method with the types of question and answer, which exist for the compiler alone. */
export interface CustomRequest<Question, Result> {
  readonly method: string;
  readonly types?: readonly [Question, Result];
}

export interface CustomNotification<Params> {
  readonly method: string;
  readonly types?: readonly [Params];
}

/** Range of one document of a file and the objects it renders to, over all clusters. */
export interface RenderedDocument {
  readonly range: Range;
  readonly addresses: readonly AddressText[];
}

/** What each document of an open file renders to. */
export const documentsRequest: CustomRequest<
  { readonly uri: string; readonly version: number },
  Answer<{ readonly documents: readonly RenderedDocument[] }>
> = { method: 'fluxwright/documents' };

/** Where an object, or the value at a path of it, is written; first the place to edit. */
export const locateRequest: CustomRequest<
  { readonly root: string; readonly address: AddressText; readonly path?: readonly (string | number)[] },
  Answer<{ readonly places: readonly SourcePlace[] }>
> = { method: 'fluxwright/locate' };

/**
 * Text of one rendered object, or of all that a Flux Kustomization applies (the third part of the address empty): what
 * can be rendered, with the values of Secrets hidden. With `ref`, a Git revision, as it was there; `commit` is what that
 * stands for. Open texts do not count then.
 */
export const renderedRequest: CustomRequest<
  { readonly root: string; readonly address: AddressText; readonly ref?: string },
  Answer<{ readonly text: string; readonly commit?: string }>
> = { method: 'fluxwright/rendered' };

/** Origin of a position in a text that `rendered` gave. */
export const originAtRequest: CustomRequest<
  { readonly root: string; readonly address: AddressText; readonly line: number; readonly character: number },
  Answer<{ readonly places: readonly SourcePlace[] }>
> = { method: 'fluxwright/originAt' };

/** Flux Kustomizations, sources and what they apply, with the edges between them. */
export const graphRequest: CustomRequest<{ readonly root: string }, Answer<Graph>> = { method: 'fluxwright/graph' };

/** The clusters that the repository describes, with the evidence for each. */
export const clustersRequest: CustomRequest<
  { readonly root: string },
  Answer<{ readonly clusters: readonly ClusterInfo[] }>
> = { method: 'fluxwright/clusters' };

/**
 * From an encrypted file to the key that decrypts it, for each Flux Kustomization that applies it: rule, recipients,
 * decryption, Secret (names only). Nothing is decrypted.
 */
export const decryptionRequest: CustomRequest<
  { readonly uri: string },
  Answer<{ readonly paths: readonly DecryptionPath[] }>
> = { method: 'fluxwright/decryption' };

/** What Git says of the repository's history. Nothing is fetched, and nothing is known where no program may run. */
export const historyRequest: CustomRequest<
  { readonly root: string; readonly question: HistoryQuestion },
  Answer<{ readonly said: HistoryAnswer }>
> = { method: 'fluxwright/history' };

/** Commits that changed a file, newest first, under the names it had before too. */
export const fileHistoryRequest: CustomRequest<
  { readonly uri: string },
  Answer<{ readonly revisions: readonly FileRevision[] }>
> = { method: 'fluxwright/fileHistory' };

/**
 * The text of a file in a commit as Git keeps it, encrypted where it is. `revision` is any name of a commit; `path` the
 * file's path then, from `fileHistory`, where it was another. `commit` is what the name stands for.
 */
export const fileAtRequest: CustomRequest<
  { readonly uri: string; readonly revision: string; readonly path?: string },
  Answer<{ readonly text: string; readonly commit: string }>
> = { method: 'fluxwright/fileAt' };

/**
 * What files reach in the clusters: the Flux Kustomizations that read one of them, and the objects of Flux that they
 * declare. Files that are gone are those of a Flux Kustomization whose folder they lay in.
 */
export const reachRequest: CustomRequest<
  { readonly root: string; readonly uris: readonly string[] },
  Answer<{ readonly kustomizations: readonly AddressText[]; readonly objects: readonly AddressText[] }>
> = { method: 'fluxwright/reach' };

/** What the working tree changes per cluster against a Git revision. */
export const effectRequest: CustomRequest<
  { readonly root: string; readonly ref: string },
  Answer<{ readonly clusters: readonly unknown[] }>
> = { method: 'fluxwright/effect' };

/** Names and schemas that a connected cluster knows; opt-in, bounded, never values. */
export const putClusterFactsRequest: CustomRequest<
  {
    readonly root: string;
    readonly cluster: string;
    readonly facts: {
      readonly crds: readonly unknown[];
      readonly names: readonly string[];
      readonly versions: Readonly<Record<string, string>>;
    };
  },
  Answer<object>
> = { method: 'fluxwright/putClusterFacts' };

/** Server → client: a newer snapshot of a root counts; `changed` are the URIs whose findings differ. */
export const snapshotChangedNotification: CustomNotification<{
  readonly root: string;
  readonly generation: number;
  readonly changed: readonly string[];
}> = { method: 'fluxwright/snapshotChanged' };

/** Client → server: the window has the focus again, so lost file events are worth looking for. */
export const focusNotification: CustomNotification<null> = { method: 'fluxwright/focus' };
