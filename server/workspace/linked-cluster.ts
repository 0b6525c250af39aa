import { type BuildResult, type FluxKustomization, type RenderedObject, type SourceTree } from '../build/build';
import { type BuildEnvironment } from '../build/flux/environment';
import { type FilePath } from '../model/file-path';
import { type ResourceId, parseResourceKey, type ResourceKey } from '../model/resource-id';
import { type Cluster, type Lookup, type RenderedCluster } from './cluster';
import { type ServedFolder } from './entry-point';
import { type ClusterRendering } from './render-cluster';
import { sourceOf } from './kustomization-spec';

const shared = new WeakMap<ClusterRendering['base']['readers'], ReadonlySet<FilePath>>();

/** The view on one cluster that rules and features get. */
export class LinkedCluster implements RenderedCluster {
  readonly #external: ReadonlySet<ResourceKey>;

  constructor(
    readonly cluster: Cluster,
    readonly rendering: ClusterRendering,
    external: readonly ResourceKey[],
  ) {
    this.#external = new Set(external);
  }

  get builds(): ReadonlyMap<ResourceKey, BuildResult> {
    return this.rendering.builds;
  }

  get sharedFiles(): ReadonlySet<FilePath> {
    const { readers } = this.rendering.base;
    const known = shared.get(readers);
    if (known !== undefined) return known;
    const found = new Set<FilePath>();
    for (const [file, keys] of readers.entries()) if (keys.length > 1) found.add(file);
    shared.set(readers, found);
    return found;
  }

  get inputFiles(): RenderedCluster['inputFiles'] {
    return this.rendering.base.readers;
  }

  get environment(): BuildEnvironment {
    return this.rendering.environment;
  }

  /** Builds that read a file, in an order that does not tell which edits led here. */
  readersOf(file: FilePath): readonly BuildResult[] {
    const keys = this.rendering.base.readers.get(file) ?? [];
    return [...keys]
      .sort()
      .map((key) => this.rendering.builds.get(key))
      .filter((build) => build !== undefined);
  }

  /** True when each file is read by the same builds in both. */
  readsLike(other: LinkedCluster | undefined): boolean {
    return other?.rendering.base.readers === this.rendering.base.readers;
  }

  find(id: ResourceId): Lookup {
    const found = this.rendering.index.find(id);
    if (found.kind !== 'missing') return found;
    for (const key of this.#external) {
      const other = parseResourceKey(key);
      const isIt =
        other?.kind === id.kind &&
        other.group === id.group &&
        other.namespace === id.namespace &&
        other.name === id.name;
      if (isIt) {
        const message = 'The configuration says that it exists outside this repository.';
        return {
          kind: 'unknown',
          hole: { reason: 'unknown-source', message, provides: { kind: 'anything' }, at: undefined },
        };
      }
    }
    return found;
  }

  objectsOf(group: string, kind: string): readonly RenderedObject[] {
    return this.rendering.index.objectsOf(group, kind);
  }

  *objects(): Iterable<RenderedObject> {
    for (const build of this.rendering.builds.values()) yield* build.objects;
  }

  kustomization(key: ResourceKey): FluxKustomization | undefined {
    const build = this.rendering.builds.get(key);
    if (build === undefined) return undefined;
    const treeOf = (source: ResourceId): SourceTree | undefined => this.sourceTree(source);
    return {
      ...build.owner,
      // Most who ask want the object alone.
      get tree() {
        const source = sourceOf(build.owner.object);
        return source === undefined ? undefined : treeOf(source);
      },
    };
  }

  sourceTree(source: ResourceId): SourceTree | undefined {
    return this.rendering.sources.treeOf(source);
  }

  servedBy(source: ResourceId): ServedFolder | undefined {
    return this.rendering.sources.servedBy(source);
  }
}
