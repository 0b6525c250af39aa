/** What a source follows. At most one decides (source-controller, GitRepositoryRef and OCIRepositoryRef). */
export interface SourceRef {
  readonly branch?: string;
  readonly tag?: string;
  readonly semver?: string;
  readonly commit?: string;
  /** A full Git ref name, `refs/heads/main`. */
  readonly name?: string;
  readonly digest?: string;
}

/** What is worth showing of one kind beyond what all have. */
export type LiveFacts =
  | { readonly kind: 'source'; readonly url: string; readonly ref: SourceRef }
  | {
      readonly kind: 'release';
      readonly name: string;
      readonly chart: string;
      readonly chartVersion: string;
      readonly appVersion: string;
      /** Number of the Helm release; 0 when none is known. */
      readonly number: number;
      readonly status: string;
      readonly failures: number;
      /** Digest of the chart when it came from a registry; empty otherwise. */
      readonly digest: string;
    }
  | { readonly kind: 'image-scan'; readonly image: string; readonly tags: number; readonly scanned: number | undefined }
  | { readonly kind: 'image-choice'; readonly image: string; readonly digest: string }
  | { readonly kind: 'image-update'; readonly commit: string; readonly pushed: number | undefined }
  | { readonly kind: 'receiver'; readonly path: string }
  | {
      readonly kind: 'canary';
      readonly target: string;
      readonly phase: string;
      readonly weight: number;
      readonly failedChecks: number;
    }
  | {
      readonly kind: 'controller';
      /** Release of Flux by the label, `v2.9.2`; empty when it is not there. */
      readonly version: string;
      readonly images: readonly string[];
      readonly arguments: readonly string[];
      readonly wanted: number;
      readonly available: number;
    };
