/** One cluster as `clusters.tsv` describes it. */
export interface Entry {
  readonly repository: string;
  /** Folder of the entry point, relative to the repository. */
  readonly cluster: string;
  /** `Kind/namespace/name` of the source of the entry point. */
  readonly source: string;
  /** Folder of the repository that the source serves; empty for the root. */
  readonly sourceRoot: string;
}

/** A Kubernetes document that a Flux Kustomization applies; `line` of its first key, from 0. */
export interface Row {
  readonly file: string;
  readonly line: number;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

export interface Coverage {
  readonly rows: readonly Row[];
  /** `file:line` of every Flux Kustomization declared in the file sets. */
  readonly kustomizations: ReadonlySet<string>;
  /** Those of them that read another repository. */
  readonly unresolved: readonly string[];
  /** Kustomization files that were followed. */
  readonly kustomizationFiles: ReadonlySet<string>;
  /** What each Flux Kustomization applies, by `file:line` of its declaration; the entry point's own set is not in it. */
  readonly applied: ReadonlyMap<string, readonly Row[]>;
}

/** Reads the lines of a clusters.tsv. */
export function readClusters(
  text: string,
): readonly (Entry & { readonly evidence: string; readonly kustomizations: number })[];

/** Walks the file sets of one cluster; `root` is the folder of the repository. */
export function coverage(root: string, entry: Entry): Coverage;
