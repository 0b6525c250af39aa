import { type FilePath } from '../../model/file-path';
import { resourceKey, type ResourceKey } from '../../model/resource-id';
import { type RenderedCluster } from '../cluster';
import { type ServedFolder } from '../entry-point';
import { sourceOf } from '../kustomization-spec';

/** A source that serves a folder of this repository. */
export interface ServedSource {
  readonly key: ResourceKey;
  readonly served: ServedFolder;
}

/** Sources of a cluster whose files are those of this repository, in the order in which they are read. */
export function servedSources(rendered: RenderedCluster): ServedSource[] {
  const found = new Map<ResourceKey, ServedSource>();
  for (const { owner } of rendered.builds.values()) {
    const source = sourceOf(owner.object);
    const served = source && rendered.servedBy(source);
    if (source !== undefined && served !== undefined) {
      const key = resourceKey(source);
      found.set(key, { key, served });
    }
  }
  return [...found.values()];
}

/** True for what no configuration, address or installation says of a source. */
export const isInferred = (by: ServedFolder['by']): boolean => by === 'push' || by === 'paths';

/** A source as the graph of the protocol and of the command line tells it; absent fields do not hold. */
export interface DescribedSource {
  readonly source: ResourceKey;
  readonly folder: FilePath;
  readonly by: ServedFolder['by'];
  readonly inferred: boolean;
  readonly guessed?: true;
  readonly pushedBy?: FilePath;
}

export function describeSource({ key, served: { folder, by, isGuessed, pushed } }: ServedSource): DescribedSource {
  return {
    source: key,
    folder,
    by,
    inferred: isInferred(by),
    ...(isGuessed && { guessed: true }),
    ...(pushed && { pushedBy: pushed.file }),
  };
}
