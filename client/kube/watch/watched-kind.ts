import { type WatchScope } from '../../status/object-sink';

/** One list and watch: a scope and how its objects are asked for. */
export interface WatchTarget {
  readonly scope: WatchScope;
  /** Only objects with these labels. */
  readonly labelSelector?: string;
  /** Only their metadata: kinds whose content must not reach this process. */
  readonly metadataOnly: boolean;
}

const metadata = (kind: string): string =>
  `application/json;as=${kind};g=meta.k8s.io;v=v1,application/json;as=${kind};g=meta.k8s.io;v=v1beta1`;

/**
 * The `Accept` header of a target. There is no fall-back to whole objects: a server that cannot leave the content out
 * answers 406, and nothing is shown.
 */
export function acceptOf({ metadataOnly }: WatchTarget, of: 'list' | 'watch'): string {
  if (!metadataOnly) return 'application/json';
  return metadata(of === 'list' ? 'PartialObjectMetadataList' : 'PartialObjectMetadata');
}

/** How messages name what a target covers: `kustomizations in namespace team-a of staging`. */
export function describeTarget({ scope: { plural, namespace, context } }: WatchTarget): string {
  return `${plural} ${namespace === undefined ? 'in all namespaces' : `in namespace ${namespace}`} of ${context}`;
}
