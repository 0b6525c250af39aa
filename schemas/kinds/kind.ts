import { type ReleaseSpan } from '../release';

/** Where a reference's target is expected: judged as an error when missing, or as information at most. */
export type Expectation = 'git' | 'elsewhere';

/** Which object a reference names. Paths are relative to `path`; `''` is the value at `path` itself. */
export interface ReferenceField {
  /** Where the reference stands: `spec.sourceRef`, `spec.dependsOn[]`. */
  readonly path: string;
  readonly role: string;
  /** Field that holds the name; `''` when the value itself is the name. */
  readonly name: string;
  /** Field that holds the namespace; absent when only the own namespace is allowed. */
  readonly namespace?: string;
  /**
   * Kinds that may be named; the first is the default when the reference has no `kind` field. Empty: any kind, which
   * the reference names in full.
   */
  readonly kinds: readonly { readonly group: string; readonly kind: string }[];
  /** Field that holds the kind, when several are allowed. */
  readonly kind?: string;
  /** Field that holds the group or apiVersion, when it is written. */
  readonly apiVersion?: string;
  /** Boolean field that makes the reference optional. */
  readonly optional?: string;
  readonly expected: Expectation;
}

/** One served API version and the Flux releases that serve it. */
export interface KindVersion {
  readonly name: string;
  readonly served: ReleaseSpan;
  readonly deprecated?: ReleaseSpan;
}

/** What can be done with a live object of the kind (catalogue 4a). */
export interface Capabilities {
  readonly suspend: 'spec.suspend' | 'annotation' | 'none';
  readonly reconcile: boolean;
  readonly withSource?: boolean;
  /** No status: shown as static. */
  readonly static?: boolean;
}

/** Everything the product knows about one kind apart from its fields. One file per kind. */
export interface KindEntry {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly shortNames: readonly string[];
  readonly scope: 'Namespaced' | 'Cluster';
  readonly category: 'apply' | 'source' | 'image' | 'notification' | 'operator';
  /** Newest first. */
  readonly versions: readonly KindVersion[];
  readonly references: readonly ReferenceField[];
  readonly capabilities: Capabilities;
}
