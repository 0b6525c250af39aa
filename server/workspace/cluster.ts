import { type FluxRelease } from '../../schemas/release';
import {
  type BuildResult,
  type FluxKustomization,
  type Hole,
  type RenderedObject,
  type SourceTree,
} from '../build/build';
import { type BuildEnvironment } from '../build/flux/environment';
import { type FilePath } from '../model/file-path';
import { type DocumentRef } from '../model/resource';
import { type ResourceId, type ResourceKey } from '../model/resource-id';
import { type ServedFolder } from './entry-point';

export type EvidenceKind =
  | 'configuration'
  | 'gotk-sync'
  | 'gotk-sync-placeholder'
  | 'flux-instance'
  | 'flux-instance-chart'
  | 'applies-itself'
  | 'clusters-folder';

export interface Evidence {
  readonly kind: EvidenceKind;
  readonly at: DocumentRef;
  /** One phrase for status displays. */
  readonly text: string;
}

/** Version of Flux a cluster runs, and how that is known. */
export interface FluxTarget {
  /** Release whose tables judge the cluster; undefined when it is older than every table. */
  readonly release: FluxRelease | undefined;
  /** As found: `v2.8.3`, `0.31`, `2.x`. */
  readonly text: string;
  /** False when nothing says so and the newest release is assumed. */
  readonly isKnown: boolean;
  readonly evidence: string;
  /** Flux Operator installs it, which adds its own kinds to some enumerations. */
  readonly isOperated: boolean;
}

/** An environment as the repository describes it; never a live connection. */
export interface Cluster {
  /** Folder of its entry point, relative to the root; its identity. */
  readonly path: FilePath;
  readonly name: string;
  readonly evidence: readonly Evidence[];
  readonly flux: FluxTarget;
}

/** Answer to "is there such an object": found, certainly not rendered, or a hole may provide it. */
export type Lookup =
  | { readonly kind: 'found'; readonly objects: readonly RenderedObject[] }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown'; readonly hole: Hole };

/** A cluster with everything rendered from its entry point. Immutable. */
export interface RenderedCluster {
  readonly cluster: Cluster;
  readonly builds: ReadonlyMap<ResourceKey, BuildResult>;
  /** Files that more than one build reads. The identical set while no build reads another file. */
  readonly sharedFiles: ReadonlySet<FilePath>;
  /** Files that builds read. The identical value while no build reads another file. */
  readonly inputFiles: { keys(): Iterable<FilePath> };
  /** Objects with exactly this id; an id with an unknown part equals nothing. */
  find(id: ResourceId): Lookup;
  /** Every object of a kind, in rendering order. */
  objectsOf(group: string, kind: string): readonly RenderedObject[];
  objects(): Iterable<RenderedObject>;
  /** The Flux Kustomization as it is rendered and applied; undefined when no such object exists. */
  kustomization(key: ResourceKey): FluxKustomization | undefined;
  /** What the cluster gives to the builds of its Flux Kustomizations. */
  readonly environment: BuildEnvironment;
  /** The files behind a source of this cluster; undefined when they are not in this repository or not known. */
  sourceTree(source: ResourceId): SourceTree | undefined;
  /** The folder of this repository that a source serves; undefined also for what is made of other sources. */
  servedBy(source: ResourceId): ServedFolder | undefined;
}
