import { type FilePath } from '../model/file-path';
import { type JsonObject, stringAt } from '../model/json';
import { type Resource } from '../model/resource';
import { type ResourceId } from '../model/resource-id';
import { type Evidence } from './cluster';
import { type PushedArtifact } from './sources/pushed-artifacts';

export const kustomizeGroup = 'kustomize.toolkit.fluxcd.io';
export const sourceGroup = 'source.toolkit.fluxcd.io';
export const operatorGroup = 'fluxcd.controlplane.io';

/** A folder of the repository that a source serves, and how that is known. */
export interface ServedFolder {
  readonly folder: FilePath;
  /**
   * `sync`: the root of what the cluster was installed from; `url`: the address is this repository's; `push`: a file
   * of it pushes the folder there; `paths`: what is read from the source stands in the folder and nowhere else.
   */
  readonly by: 'configuration' | 'sync' | 'url' | 'push' | 'paths';
  /** Not all that is read from it stands there. */
  readonly isGuessed: boolean;
  readonly pushed: PushedArtifact | undefined;
}

/** The root of the repository, as the installation's own source. */
export const servedRoot: ServedFolder = { folder: '', by: 'sync', isGuessed: false, pushed: undefined };

/** Where a cluster starts: the sync that Flux was given when it was installed. */
export interface EntryPoint {
  /** Folder of this repository. */
  readonly path: FilePath;
  /** The same folder as the sync names it, inside its source. */
  readonly syncPath: FilePath;
  /** Folder of this repository that the source serves; the rest of the path is `syncPath`. */
  readonly served: ServedFolder;
  readonly evidence: readonly Evidence[];
  /** Strong evidence makes a cluster; weak evidence only where no other cluster applies the same files. */
  readonly isStrong: boolean;
  /** Id of the Kustomization at the top, and of the source it reads. */
  readonly kustomization: ResourceId;
  readonly source: ResourceId;
  /** The Kustomization as declared; undefined when it was made by the installation. */
  readonly declared: Resource | undefined;
  /** URL the sync reads, where a file says so. */
  readonly url: string | undefined;
  /** Spec of the source as declared beside the sync. */
  readonly sourceSpec: JsonObject | undefined;
  /** What the sync reads of it, in one word (`branch main`), where a file says so. */
  readonly ref: string | undefined;
  /** Content of the FluxInstance, from an object or from chart values. */
  readonly instance: { readonly spec: JsonObject | undefined; readonly text: string } | undefined;
}

/** Id of the source that an installation made: named like the sync, in the namespace of Flux. */
export function syncedSource(kind: string, name: string, namespace: string): ResourceId {
  return { group: sourceGroup, kind, namespace, name };
}

/** Id of the Kustomization that an installation made. */
export function syncKustomization(name: string, namespace: string): ResourceId {
  return { group: kustomizeGroup, kind: 'Kustomization', namespace, name };
}

/** The ref of a Git source in one word; undefined when none is given. */
export function describeRef(ref: JsonObject | undefined): string | undefined {
  for (const field of ['commit', 'name', 'semver', 'tag', 'branch']) {
    const value = stringAt(ref, field);
    if (value === undefined) continue;
    return field === 'name' && value.startsWith('refs/heads/') ? `branch ${value.slice(11)}` : `${field} ${value}`;
  }
  return undefined;
}
