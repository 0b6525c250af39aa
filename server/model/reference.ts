import { type Path } from './json';
import { type ResourceId } from './resource-id';

/** What a reference points at, as far as its text says. */
export type ReferenceTarget =
  { readonly kind: 'resource'; readonly id: ResourceId } | { readonly kind: 'path'; readonly path: string };

/** An edge from the value at `path` of an object to another object or a path. */
export interface Reference {
  /** Role from the kind tables: `sourceRef`, `dependsOn`, `chartRef` … */
  readonly role: string;
  /** Where the name (or path) stands in the referring object. */
  readonly path: Path;
  readonly target: ReferenceTarget;
  /** True when the referring object says that the target may be missing. */
  readonly optional: boolean;
}
