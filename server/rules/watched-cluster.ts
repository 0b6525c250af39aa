import { type BuildEnvironment } from '../build/flux/environment';
import { type BuildResult, type FluxKustomization, type RenderedObject, type SourceTree } from '../build/build';
import { type FilePath } from '../model/file-path';
import { type ResourceId, resourceKey, type ResourceKey } from '../model/resource-id';
import { type Cluster, type Lookup, type RenderedCluster } from '../workspace/cluster';
import { type ServedFolder } from '../workspace/entry-point';
import { sourceOf } from '../workspace/kustomization-spec';
import { artifactGeneratorGroup } from '../workspace/sources/artifact-generators';

/** Keys under which answers are remembered. A change of the answer is announced under the same key. */
export const answers = {
  object: (cluster: string, key: ResourceKey): string => `${cluster}|${key}`,
  kind: (cluster: string, group: string, kind: string): string => `${cluster}|kind ${group}/${kind}`,
  holes: (cluster: string): string => `${cluster}|holes`,
  everything: (cluster: string): string => `${cluster}|*`,
  /** Which files a Flux Kustomization reads: its source may be mapped by what others name, and include others. */
  tree: (cluster: string, key: ResourceKey): string => `${cluster}|tree ${key}`,
  path: (path: FilePath): string => `path ${path}`,
  readers: (file: FilePath): string => `readers ${file}`,
  /** Which files there are at all. */
  listing: 'listing',
  /** Any ignore file may shape any tree. */
  ignoreFiles: 'ignore files',
};

/**
 * A cluster that notes which answers were given, so that whoever asked can be asked again when one changes. Who saw
 * everything is asked again with any change of the cluster, so what else it looks up there is not noted.
 */
export class WatchedCluster implements RenderedCluster {
  #sawEverything = false;

  constructor(
    private readonly inner: RenderedCluster,
    private readonly note: (key: string) => void,
  ) {}

  get cluster(): Cluster {
    return this.inner.cluster;
  }

  private get path(): string {
    return this.inner.cluster.path;
  }

  #noteEverything(): void {
    if (!this.#sawEverything) this.note(answers.everything(this.path));
    this.#sawEverything = true;
  }

  get environment(): BuildEnvironment {
    this.#noteEverything();
    return this.inner.environment;
  }

  get builds(): ReadonlyMap<ResourceKey, BuildResult> {
    this.#noteEverything();
    return this.inner.builds;
  }

  get sharedFiles(): ReadonlySet<FilePath> {
    this.#noteEverything();
    return this.inner.sharedFiles;
  }

  get inputFiles(): RenderedCluster['inputFiles'] {
    this.#noteEverything();
    return this.inner.inputFiles;
  }

  find(id: ResourceId): Lookup {
    const lookup = this.inner.find(id);
    if (this.#sawEverything) return lookup;
    this.note(answers.object(this.path, resourceKey(id)));
    if (lookup.kind !== 'found') {
      this.note(answers.holes(this.path));
      // An object of the kind whose name is not known may come or go.
      this.note(answers.kind(this.path, id.group, id.kind));
    }
    return lookup;
  }

  objectsOf(group: string, kind: string): readonly RenderedObject[] {
    if (!this.#sawEverything) this.note(answers.kind(this.path, group, kind));
    return this.inner.objectsOf(group, kind);
  }

  objects(): Iterable<RenderedObject> {
    this.#noteEverything();
    return this.inner.objects();
  }

  kustomization(key: ResourceKey): FluxKustomization | undefined {
    if (!this.#sawEverything) this.note(answers.object(this.path, key));
    const found = this.inner.kustomization(key);
    if (found === undefined) return undefined;
    const watch = (tree: SourceTree): SourceTree => this.#watchTree(tree);
    const noteSource = (): void => {
      this.note(answers.tree(this.path, key));
      this.#noteSource(sourceOf(found.object));
    };
    const { cluster, object, path } = found;
    return {
      cluster,
      key,
      object,
      path,
      get tree() {
        noteSource();
        return found.tree && watch(found.tree);
      },
    };
  }

  sourceTree(source: ResourceId): SourceTree | undefined {
    this.#noteSource(source);
    const tree = this.inner.sourceTree(source);
    return tree && this.#watchTree(tree);
  }

  servedBy(source: ResourceId): ServedFolder | undefined {
    // Anything that is read from it may have a say.
    this.#noteEverything();
    return this.inner.servedBy(source);
  }

  /** Which files a source serves depends on its object, and on the generators that may make its artifact. */
  #noteSource(source: ResourceId | undefined): void {
    if (source !== undefined) this.note(answers.object(this.path, resourceKey(source)));
    this.note(answers.kind(this.path, artifactGeneratorGroup, 'ArtifactGenerator'));
  }

  #watchTree(tree: SourceTree): SourceTree {
    const at = (path: FilePath): void => this.note(answers.path(tree.repositoryPath(path) ?? path));
    this.note(answers.ignoreFiles);
    return {
      identity: tree.identity,
      unknown: tree.unknown,
      isGuessed: tree.isGuessed,
      leavesOut: (directory) => {
        at(directory);
        return tree.leavesOut(directory);
      },
      list: (directory) => {
        at(directory);
        return tree.list(directory);
      },
      stat: (path) => {
        at(path);
        return tree.stat(path);
      },
      facts: (path) => {
        at(path);
        return tree.facts(path);
      },
      factsInSteps: (path) => {
        at(path);
        return tree.factsInSteps(path);
      },
      yaml: (path) => {
        at(path);
        return tree.yaml(path);
      },
      read: (path) => {
        at(path);
        return tree.read(path);
      },
      isLeftOut: (path) => {
        at(path);
        return tree.isLeftOut(path);
      },
      repositoryPath: (path) => tree.repositoryPath(path),
    };
  }
}
