import { type BuildResult, type InputRole, type RenderedObject } from '../build/build';
import { type FileFacts } from '../build/facts';
import { type FilePath } from '../model/file-path';
import { type DocumentRef } from '../model/resource';
import { type Steps } from '../model/steps';
import { type YamlFile } from '../yaml/file';
import { type FluxTarget, type RenderedCluster } from './cluster';
import { type Configuration } from './configuration';

/** What the clusters make of a file. */
export interface FileUse {
  readonly role: InputRole;
  /** Paths of the clusters that read it, sorted. */
  readonly clusters: readonly string[];
}

/** Everything known about one root at one moment. Immutable; the next edit makes the next one. */
export interface Snapshot {
  /** Grows with each edit. */
  readonly generation: number;
  readonly configuration: Configuration;
  /** Sorted by path. */
  readonly clusters: readonly RenderedCluster[];
  /** Number of YAML files seen below the root. */
  readonly fileCount: number;
  /** Files that a cluster reads, with their use; undefined for a file that none reads. */
  use(file: FilePath): FileUse | undefined;
  /** Every file that a cluster reads, and, where the version of Flux is stated, every file with Flux objects. */
  judgedFiles(): Iterable<FilePath>;
  /**
   * The version that the command line states. With it objects that no cluster applies are judged by their own text
   * too (docs/decisions/0005).
   */
  readonly stated: FluxTarget | undefined;
  /** Overlays that no cluster applies over bases that one does: the next environment. */
  unappliedOverlays(): Steps<readonly BuildResult[]>;
  /** Files that hold or guard secrets, or by their names should: those that rules of scope `file` look at. */
  secretFiles(): Iterable<FilePath>;
  isSecretFile(file: FilePath): boolean;
  /** True for a repository of Flux or SOPS: in others nobody asked for secrets to be looked at. */
  readonly guardsSecrets: boolean;
  /** The identical value while no file comes or goes. */
  readonly listing: object;
  /** Every file below the root; in no order. */
  filePaths(): Iterable<FilePath>;
  isFile(path: FilePath): boolean;
  /**
   * False where Git leaves a file alone: it is ignored, and was never added. Asked of Git where that may be, else read from
   * the `.gitignore` files.
   */
  isTracked(file: FilePath): boolean;
  facts(file: FilePath): FileFacts | undefined;
  /** The text as YAML (open text before disk); parsed when first asked. undefined when unreadable or missing. */
  yaml(file: FilePath): YamlFile | undefined;
  /** Objects that a document renders to, in all clusters. */
  renderedFrom(document: DocumentRef): readonly RenderedObject[];
  /**
   * Files whose text may have changed since a generation, newer ones included; `everything` when that is too long ago.
   */
  changedSince(generation: number): ReadonlySet<FilePath> | 'everything';
  /** Documents that declare CustomResourceDefinitions. */
  readonly definitions: readonly DocumentRef[];
  /** Folders of Flux objects that no cluster applies, sorted, with one document each to point at. */
  readonly unapplied: readonly { readonly directory: FilePath; readonly at: DocumentRef; readonly count: number }[];
}
