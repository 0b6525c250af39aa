import { type BuildResult, type InputRole, type RenderedObject } from '../build/build';
import { type FileFacts, isKustomizationFile } from '../build/facts';
import { differingPart } from '../model/differing-part';
import { baseName, directoryOf, type FilePath } from '../model/file-path';
import { type DocumentRef, type Resource } from '../model/resource';
import { type Steps } from '../model/steps';
import { sopsConfigFile } from '../sops/creation-rules';
import { type YamlFile } from '../yaml/file';
import { type FluxTarget } from './cluster';
import { type Configuration } from './configuration';
import { type LinkedCluster } from './linked-cluster';
import { type Repository } from './repository';
import { objectsOf } from './objects-of-file';
import { type FileUse, type Snapshot } from './snapshot';
import { isGitIgnored } from './git-ignore';
import { findUnappliedOverlays } from './unapplied-overlays';

/** What `link` found, besides what follows from it. */
export interface Linked {
  readonly generation: number;
  readonly configuration: Configuration;
  readonly repository: Repository;
  readonly clusters: readonly LinkedCluster[];
  readonly fluxResources: readonly Resource[];
  readonly definitions: readonly DocumentRef[];
  readonly secretFiles: { readonly yaml: ReadonlySet<FilePath>; readonly others: ReadonlySet<FilePath> };
  /** What Git says; undefined where it is not asked. */
  readonly isTracked: (path: FilePath) => boolean | undefined;
  readonly changedSince: Snapshot['changedSince'];
  /** Files that changed since the snapshot before. */
  readonly changed: ReadonlySet<FilePath>;
  readonly stated: FluxTarget | undefined;
}

// A file may serve several builds: as objects it is judged fully, as a patch or data it is not.
const strength: readonly InputRole[] = ['data', 'patch', 'objects', 'kustomization'];

/** A snapshot made by `link`. */
export class LinkedSnapshot implements Snapshot {
  readonly generation: number;
  readonly configuration: Configuration;
  readonly repository: Repository;
  readonly clusters: readonly LinkedCluster[];
  readonly definitions: readonly DocumentRef[];
  readonly changedSince: Snapshot['changedSince'];
  readonly #linked: Linked;
  /** Of the file that was asked for last: documents are judged file by file. */
  #rendered: { readonly file: FilePath; readonly byDocument: ReadonlyMap<number, RenderedObject[]> } | undefined;
  readonly #uses = new Map<FilePath, FileUse | undefined>();
  #unapplied: Snapshot['unapplied'] | undefined;
  #overlays: readonly BuildResult[] | undefined;

  /** @param before lends what cannot have changed; it is not held beyond that. */
  constructor(linked: Linked, before: LinkedSnapshot | undefined) {
    this.generation = linked.generation;
    this.configuration = linked.configuration;
    this.repository = linked.repository;
    this.clusters = linked.clusters;
    this.definitions = linked.definitions;
    this.changedSince = linked.changedSince;
    this.#linked = linked;
    if (before === undefined || !this.#appliesTheSame(before)) return;
    this.#unapplied = before.#unapplied;
    const readChanged = (build: BuildResult): boolean => [...linked.changed].some((file) => build.inputs.has(file));
    const isSameListing = linked.repository.hasSameListing(before.repository);
    const concerns =
      [...linked.changed].some((file) => isKustomizationFile(file)) || before.#overlays?.some(readChanged);
    if (isSameListing && concerns !== true) this.#overlays = before.#overlays;
  }

  get fileCount(): number {
    return this.repository.yamlFileCount;
  }

  use(file: FilePath): FileUse | undefined {
    if (!this.#uses.has(file)) this.#uses.set(file, this.#findUse(file));
    return this.#uses.get(file);
  }

  #findUse(file: FilePath): FileUse | undefined {
    let role: InputRole | undefined;
    const clusters: string[] = [];
    for (const cluster of this.clusters) {
      const readers = cluster.readersOf(file);
      for (const build of readers) {
        const used = build.inputs.get(file);
        if (used !== undefined && (role === undefined || strength.indexOf(used) > strength.indexOf(role))) role = used;
      }
      if (readers.length > 0) clusters.push(cluster.cluster.path);
    }
    return role === undefined ? undefined : { role, clusters };
  }

  get stated(): FluxTarget | undefined {
    return this.#linked.stated;
  }

  *unappliedOverlays(): Steps<readonly BuildResult[]> {
    return (this.#overlays ??= yield* findUnappliedOverlays(this.repository, this.clusters));
  }

  *judgedFiles(): Iterable<FilePath> {
    const seen = new Set<FilePath>();
    if (this.stated !== undefined) {
      for (const { file } of this.#linked.fluxResources) {
        if (!seen.has(file)) yield file;
        seen.add(file);
      }
    }
    for (const cluster of this.clusters) {
      for (const build of cluster.builds.values()) {
        for (const file of build.inputs.keys()) {
          if (seen.has(file)) continue;
          seen.add(file);
          yield file;
        }
      }
    }
  }

  *secretFiles(): Iterable<FilePath> {
    yield* this.#linked.secretFiles.yaml;
    yield* this.#linked.secretFiles.others;
  }

  isSecretFile(file: FilePath): boolean {
    const { yaml, others } = this.#linked.secretFiles;
    return yaml.has(file) || others.has(file);
  }

  get guardsSecrets(): boolean {
    const { yaml } = this.#linked.secretFiles;
    const isConfig = (file: FilePath): boolean => baseName(file) === sopsConfigFile;
    return this.clusters.length > 0 || this.#linked.fluxResources.length > 0 || [...yaml].some(isConfig);
  }

  get listing(): object {
    return this.repository.listing;
  }

  filePaths(): Iterable<FilePath> {
    return this.repository.filePaths();
  }

  isFile(path: FilePath): boolean {
    return this.repository.stat(path) === 'file';
  }

  isTracked(file: FilePath): boolean {
    return this.#linked.isTracked(file) ?? !isGitIgnored(file, (path) => this.repository.text(path));
  }

  facts(file: FilePath): FileFacts | undefined {
    return this.repository.facts(file);
  }

  yaml(file: FilePath): YamlFile | undefined {
    return this.repository.yaml(file);
  }

  renderedFrom({ file, document }: DocumentRef): readonly RenderedObject[] {
    if (this.#rendered?.file !== file) this.#rendered = { file, byDocument: this.#findRendered(file) };
    return this.#rendered.byDocument.get(document) ?? [];
  }

  #findRendered(file: FilePath): Map<number, RenderedObject[]> {
    const found = new Map<number, RenderedObject[]>();
    for (const cluster of this.clusters) {
      for (const build of cluster.readersOf(file)) {
        for (const object of objectsOf(build, file)) {
          const document = object.resource?.document ?? 0;
          const objects = found.get(document);
          if (objects === undefined) found.set(document, [object]);
          else objects.push(object);
        }
      }
    }
    return found;
  }

  get unapplied(): Snapshot['unapplied'] {
    return (this.#unapplied ??= this.#findUnapplied());
  }

  #appliesTheSame(before: LinkedSnapshot): boolean {
    return (
      declaresTheSame(before.#linked.fluxResources, this.#linked.fluxResources) &&
      before.clusters.length === this.clusters.length &&
      this.clusters.every((cluster, index) => cluster.readsLike(before.clusters[index]))
    );
  }

  #findUnapplied(): Snapshot['unapplied'] {
    if (this.clusters.length === 0) return [];
    const applied = this.#appliedFolders();
    // Whoever installed Flux applied these.
    const installed = new Set(this.clusters.map((cluster) => cluster.rendering.entry.declared?.file));
    const groups = new Map<FilePath, { at: DocumentRef; count: number }>();
    for (const resource of this.#linked.fluxResources) {
      if (this.use(resource.file) !== undefined || installed.has(resource.file)) continue;
      const directory = topmost(directoryOf(resource.file), applied);
      const group = groups.get(directory);
      const at = { file: resource.file, document: resource.document };
      if (group === undefined) groups.set(directory, { at, count: 1 });
      else group.count++;
    }
    return [...groups]
      .map(([directory, group]) => ({ directory, ...group }))
      .sort((a, b) => (a.directory < b.directory ? -1 : 1));
  }

  /** Folders below which some cluster reads a file. */
  #appliedFolders(): Set<FilePath> {
    const folders = new Set<FilePath>(['']);
    for (const cluster of this.clusters) {
      for (const build of cluster.builds.values()) {
        for (const file of build.inputs.keys()) {
          for (let at = directoryOf(file); !folders.has(at); at = directoryOf(at)) folders.add(at);
        }
      }
    }
    return folders;
  }
}

/** True when the same documents declare objects; what the objects say may differ. */
function declaresTheSame(before: readonly Resource[], now: readonly Resource[]): boolean {
  const part = differingPart(before, now);
  return (
    part.before.length === part.now.length &&
    part.now.every(({ file, document }, index) => {
      const old = part.before[index];
      return old?.file === file && old.document === document;
    })
  );
}

/** The topmost folder around a path below which nothing is applied; the path itself when its own folder is. */
function topmost(directory: FilePath, applied: ReadonlySet<FilePath>): FilePath {
  let top = directory;
  for (let at = directory; !applied.has(at); at = directoryOf(at)) top = at;
  return top;
}
