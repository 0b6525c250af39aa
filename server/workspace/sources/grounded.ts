import { type BuildResult } from '../../build/build';
import { type ResourceId, type ResourceKey } from '../../model/resource-id';
import { type ClusterIndex } from '../cluster-index';
import { type SourceMap } from './map-sources';

interface Rendered {
  readonly builds: ReadonlyMap<ResourceKey, BuildResult>;
  readonly index: ClusterIndex;
  readonly sources: SourceMap;
}

/**
 * True when every build could have come about from the root: its Kustomization, its source and what that is made of
 * are applied by builds before it. A source that only its own content declares stands in the cluster for ever, once it
 * does; what the files say leads nowhere.
 */
export function isGrounded(
  { builds, index, sources }: Rendered,
  root: ResourceKey,
  sourceOf: (build: BuildResult) => ResourceId | undefined,
): boolean {
  const grounded = new Set<ResourceKey>([root]);
  const isApplied = (key: ResourceKey): boolean =>
    (index.byKey.get(key) ?? []).some(({ address }) => grounded.has(address.owner));
  const stands = (source: ResourceId): boolean => {
    const object = sources.objectOf(source);
    return object === undefined || grounded.has(object.address.owner);
  };
  const open = new Set([...builds.values()].filter(({ owner }) => owner.key !== root));
  for (let isNews = true; isNews && open.size > 0;) {
    isNews = false;
    for (const build of open) {
      const source = sourceOf(build);
      const needed = source === undefined ? [] : sources.madeOf(source);
      if (!isApplied(build.owner.key) || !needed.every(stands)) continue;
      grounded.add(build.owner.key);
      open.delete(build);
      isNews = true;
    }
  }
  return open.size === 0;
}
