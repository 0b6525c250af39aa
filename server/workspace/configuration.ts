import { type FilePath } from '../model/file-path';
import { type Severity } from '../model/finding';
import { type JsonObject } from '../model/json';
import { type ResourceKey } from '../model/resource-id';
import { type ReadingLimit } from '../yaml/reading-limit';

export const configurationFile = '.fluxwright.yaml';

export type Colour = 'red' | 'orange' | 'yellow' | 'green' | 'blue' | 'purple';

/** One cluster as `.fluxwright.yaml` describes it (design 3). */
export interface ClusterConfiguration {
  readonly path: FilePath;
  readonly name?: string;
  readonly flux?: string;
  readonly kubernetes?: string;
  /** `Kind/namespace/name` of a source → folder of this repository that it serves. */
  readonly sources?: Readonly<Record<string, FilePath>>;
  readonly values?: Readonly<Record<string, string>>;
  readonly inputs?: Readonly<Record<string, readonly JsonObject[]>>;
  /** Objects that exist in the cluster without standing in this repository. */
  readonly external?: readonly ResourceKey[];
  readonly colour?: Colour;
  readonly server?: string;
}

/** What `.fluxwright.yaml` says; equal for editor, CLI and server. */
export interface Configuration {
  readonly clusters: readonly ClusterConfiguration[];
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** Globs of files without findings. */
  readonly ignore: readonly string[];
  readonly limits: {
    /** UTF-16 units of one YAML document. */
    readonly document?: ReadingLimit;
  };
}

export const emptyConfiguration: Configuration = { clusters: [], rules: {}, ignore: [], limits: {} };

/** The limit of a file's documents; the file that says what the limit is has none. */
export const limitOf = (path: FilePath, limit: ReadingLimit): ReadingLimit =>
  path === configurationFile ? Infinity : limit;
