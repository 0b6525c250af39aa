import { differingPart } from '../model/differing-part';
import { isKustomizationFile } from '../build/facts';
import { entriesOf } from '../build/kustomization-file';
import { baseName, directoryOf, type FilePath, isHidden, isWithin, joinPath } from '../model/file-path';
import { isObject, itemsAt, type JsonObject, objectAt, stringAt } from '../model/json';
import { type Resource } from '../model/resource';
import { type Steps } from '../model/steps';
import { artifactPath } from './sources/artifact-path';
import { type Evidence, type EvidenceKind } from './cluster';
import { type Configuration } from './configuration';
import { describeRef, type EntryPoint, servedRoot, syncedSource, syncKustomization } from './entry-point';
import { isFluxInstanceChart } from './facts';
import { instanceOfChart } from './instance-chart';
import { type Pushes } from './sources/pushed-artifacts';
import { type Repository } from './repository';
import { findServed } from './sources/sync-folder';

/** Flux objects of the repository by the file that declares them, files in order. */
export type FluxResources = readonly Resource[];

const bootstrapFolder = 'flux-system';

/**
 * Every entry point the files give evidence of (design 2, "Clusters need evidence"), read before anything is rendered;
 * several that name one path are one. `read`: files beside the Flux objects that were looked at.
 */
export function* findEntryPoints(
  repository: Repository,
  all: FluxResources,
  configuration: Configuration,
  pushes: Pushes,
): Steps<{ readonly entries: readonly EntryPoint[]; readonly read: ReadonlySet<FilePath> }> {
  const found = new Map<FilePath, EntryPoint>();
  const read = new Set<FilePath>();
  const add = (entry: EntryPoint | undefined): void => {
    if (entry === undefined || repository.stat(entry.path) !== 'directory') return;
    const before = found.get(entry.path);
    found.set(entry.path, before === undefined ? entry : join(before, entry));
  };
  const declared = new Set<FilePath>();
  // What lies in `.archive` and the like is put away.
  const resources = all.filter((resource) => !isHidden(resource.file));
  for (const resource of resources) {
    if (baseName(resource.file) === 'gotk-sync.yaml' && resource.id.kind === 'Kustomization') {
      declared.add(directoryOf(resource.file));
      add(fromKustomization(repository, resources, resource, 'gotk-sync', true, pushes));
    }
    if (resource.id.kind === 'FluxInstance') add(fromInstance(repository, resources, resource, resource.value, pushes));
    for (const release of chartReleases(resource)) {
      const instance = instanceOfChart(repository, resource.file, release, read);
      if (instance !== undefined) add(fromInstance(repository, resources, resource, instance, pushes));
    }
    yield;
  }
  for (const directory of repository.directories()) {
    if (baseName(directory) !== bootstrapFolder || declared.has(directory) || isHidden(directory)) continue;
    add(fromBootstrapFolder(repository, directory));
  }
  for (const cluster of configuration.clusters) add(fromFolder(cluster.path, 'configuration', true));
  for (const resource of resources) {
    yield;
    if (resource.id.kind !== 'Kustomization' || !mayApplyItself(resource)) continue;
    const entry = fromKustomization(repository, resources, resource, 'applies-itself', false, pushes);
    if (entry !== undefined && isWithin(resource.file, entry.path)) add(entry);
  }
  for (const directory of yield* clusterFolders(repository, resources, read))
    add(fromFolder(directory, 'clusters-folder', false));
  const entries = [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { entries, read };
}

/**
 * True when two lists of Flux objects lead to the same entry points: they differ in Kustomizations alone, which declare
 * none and read what they read before.
 *
 * @param declared objects that declare an entry point
 */
export function leadToTheSame(before: FluxResources, now: FluxResources, declared: ReadonlySet<Resource>): boolean {
  const part = differingPart(before, now);
  if (part.before.length !== part.now.length) return false;
  return part.now.every((resource, index) => {
    const old = part.before[index];
    if (old === resource) return true;
    if (old?.id.kind !== 'Kustomization' || resource.id.kind !== 'Kustomization') return false;
    if (old.file !== resource.file || old.document !== resource.document) return false;
    const [a, b] = [readingOf(old), readingOf(resource)];
    return (
      old.hasVariables === resource.hasVariables &&
      a.path === b.path &&
      a.sourceKind === b.sourceKind &&
      a.sourceName === b.sourceName &&
      !declared.has(old)
    );
  });
}

/** Cheap test before the sources are looked at: the folder it applies ends where its own file begins. */
function mayApplyItself(resource: Resource): boolean {
  const { file, path } = readingOf(resource);
  return path !== '' && `/${file}`.includes(`/${path}/`);
}

/** HelmReleases of the chart that makes a FluxInstance: the object itself, or one that a ResourceSet holds. */
function chartReleases(resource: Resource): JsonObject[] {
  const { value, id } = resource;
  const candidates = id.kind === 'ResourceSet' ? itemsAt(value, 'spec', 'resources') : [value];
  return candidates
    .filter(isObject)
    .filter((candidate) => stringAt(candidate, 'kind') === 'HelmRelease' && isFluxInstanceChart(candidate));
}

/** Two pieces of evidence for one path: the stronger, or the more concrete, says what the entry point is. */
function join(a: EntryPoint, b: EntryPoint): EntryPoint {
  const isBetter =
    (b.isStrong && !a.isStrong) || (b.isStrong === a.isStrong && a.declared === undefined && a.instance === undefined);
  const [first, second] = isBetter ? [b, a] : [a, b];
  return { ...first, isStrong: a.isStrong || b.isStrong, evidence: [...first.evidence, ...second.evidence] };
}

const evidence = (kind: EvidenceKind, file: FilePath, document: number, text: string): Evidence => ({
  kind,
  at: { file, document },
  text,
});

/** What a declared Flux Kustomization reads. */
interface Reading {
  readonly file: FilePath;
  readonly path: FilePath;
  readonly sourceKind: string | undefined;
  readonly sourceName: string | undefined;
}

// Every Kustomization is asked again whenever one of them changes.
const readings = new WeakMap<Resource, Reading>();

function readingOf(resource: Resource): Reading {
  let reading = readings.get(resource);
  if (reading === undefined) {
    const { file, value } = resource;
    const path = artifactPath(stringAt(value, 'spec', 'path') ?? '');
    const [sourceKind, sourceName] = ['kind', 'name'].map((field) => stringAt(value, 'spec', 'sourceRef', field));
    readings.set(resource, (reading = { file, path, sourceKind, sourceName }));
  }
  return reading;
}

function childPaths(resources: FluxResources, kind: string, name: string): Reading[] {
  return resources
    .filter((resource) => resource.id.kind === 'Kustomization' && !resource.hasVariables)
    .map(readingOf)
    .filter(({ sourceKind, sourceName }) => sourceName === name && sourceKind === kind);
}

function fromKustomization(
  repository: Repository,
  resources: FluxResources,
  resource: Resource,
  kind: EvidenceKind,
  isStrong: boolean,
  pushes: Pushes,
): EntryPoint | undefined {
  const spec = objectAt(resource.value, 'spec');
  const syncPath = artifactPath(stringAt(spec, 'path') ?? '');
  const name = stringAt(spec, 'sourceRef', 'name');
  const sourceKind = stringAt(spec, 'sourceRef', 'kind');
  // An omitted path is the whole repository; only an installation's own sync may mean that as an entry point.
  if (name === undefined || sourceKind === undefined || (syncPath === '' && !isStrong)) {
    return undefined;
  }
  const source = sourceBeside(resources, resource.file, name);
  const url = stringAt(source, 'url');
  const tag = stringAt(source, 'ref', 'tag') ?? 'latest';
  const served = findServed(repository, { path: syncPath, kind: sourceKind, url, tag, children: [] }, pushes);
  if (served === undefined) return undefined;
  const namespace = resource.id.namespace === '' ? bootstrapFolder : resource.id.namespace;
  return {
    path: joinPath(served.folder, syncPath) ?? syncPath,
    syncPath,
    served,
    evidence: [evidence(kind, resource.file, resource.document, `${resource.file} applies ${syncPath}`)],
    isStrong,
    kustomization: { ...resource.id, namespace },
    source: syncedSource(sourceKind, name, stringAt(spec, 'sourceRef', 'namespace') ?? namespace),
    declared: resource,
    url,
    ref: describeRef(objectAt(source, 'ref')),
    sourceSpec: source,
    instance: undefined,
  };
}

const byFile = new WeakMap<FluxResources, Map<FilePath, Resource[]>>();

/** Flux resources of one file. */
function resourcesIn(resources: FluxResources, file: FilePath): readonly Resource[] {
  let files = byFile.get(resources);
  if (files === undefined) {
    files = new Map();
    for (const resource of resources) {
      const list = files.get(resource.file);
      if (list === undefined) files.set(resource.file, [resource]);
      else list.push(resource);
    }
    byFile.set(resources, files);
  }
  return files.get(file) ?? [];
}

/** Spec of the source that a sync's file declares with it, which the sync itself need not apply. */
function sourceBeside(resources: FluxResources, file: FilePath, name: string): JsonObject | undefined {
  const source = resourcesIn(resources, file).find(
    (resource) => resource.id.name === name && resource.id.kind !== 'Kustomization',
  );
  return objectAt(source?.value, 'spec');
}

function fromInstance(
  repository: Repository,
  resources: FluxResources,
  resource: Resource,
  content: JsonObject | undefined,
  pushes: Pushes,
): EntryPoint | undefined {
  const spec = resource.id.kind === 'FluxInstance' ? objectAt(content, 'spec') : content;
  const sync = objectAt(spec, 'sync');
  const syncPath = artifactPath(stringAt(sync, 'path') ?? '');
  if (sync === undefined) return undefined;
  const namespace = resource.id.namespace === '' ? bootstrapFolder : resource.id.namespace;
  const name = stringAt(sync, 'name') ?? namespace;
  const kind = stringAt(sync, 'kind') ?? 'GitRepository';
  const url = stringAt(sync, 'url');
  const tag = stringAt(sync, 'ref');
  const children = childPaths(resources, kind, name);
  const served = findServed(repository, { path: syncPath, kind, url, tag, children }, pushes);
  if (served === undefined) return undefined;
  const isObject = resource.id.kind === 'FluxInstance';
  return {
    path: joinPath(served.folder, syncPath) ?? syncPath,
    syncPath,
    served,
    evidence: [
      evidence(
        isObject ? 'flux-instance' : 'flux-instance-chart',
        resource.file,
        resource.document,
        `${isObject ? 'the FluxInstance' : 'the chart values'} of ${resource.file} sync ${syncPath}`,
      ),
    ],
    isStrong: true,
    kustomization: syncKustomization(name, namespace),
    source: syncedSource(kind, name, namespace),
    declared: undefined,
    url,
    ref: describeRef(new Map([['name', stringAt(sync, 'ref') ?? '']])),
    sourceSpec: undefined,
    instance: { spec, text: resource.file },
  };
}

/** A folder that bootstrap made: an empty gotk-sync.yaml, or a kustomization over the files bootstrap writes. */
function fromBootstrapFolder(repository: Repository, directory: FilePath): EntryPoint | undefined {
  const names = (repository.list(directory) ?? []).map((entry) => entry.name);
  const hasSync = names.includes('gotk-sync.yaml');
  if (!hasSync && !names.includes('gotk-components.yaml')) return undefined;
  const file = `${directory}/${hasSync ? 'gotk-sync.yaml' : 'gotk-components.yaml'}`;
  const entry = fromFolder(directoryOf(directory), 'gotk-sync-placeholder', true);
  return { ...entry, evidence: [evidence('gotk-sync-placeholder', file, 0, `${file} marks ${entry.path}`)] };
}

function fromFolder(path: FilePath, kind: EvidenceKind, isStrong: boolean): EntryPoint {
  return {
    path,
    syncPath: path,
    served: servedRoot,
    evidence: [evidence(kind, path, 0, kind === 'configuration' ? 'configured' : `the folder ${path}`)],
    isStrong,
    kustomization: syncKustomization(bootstrapFolder, bootstrapFolder),
    source: syncedSource('GitRepository', bootstrapFolder, bootstrapFolder),
    declared: undefined,
    url: undefined,
    ref: undefined,
    sourceSpec: undefined,
    instance: undefined,
  };
}

/**
 * Folders below one called `clusters` that look like an entry point: right below it with a Flux Kustomization at any
 * depth, or an overlay that no kustomization beside it lists (whether it brings Flux Kustomizations is seen when it is
 * rendered).
 */
function* clusterFolders(repository: Repository, resources: FluxResources, read: Set<FilePath>): Steps<Set<FilePath>> {
  const folders = new Set<FilePath>();
  for (const resource of resources) {
    const folder = resource.id.kind === 'Kustomization' ? folderOfCluster(resource.file) : undefined;
    if (folder !== undefined) folders.add(folder);
    yield;
  }
  const overlays = new Set<FilePath>();
  const listed = new Set<FilePath>();
  for (const file of repository.yamlFiles()) {
    const isCandidate = file.includes('clusters/') && isKustomizationFile(file) && !isHidden(file);
    const folder = isCandidate ? folderOfCluster(file) : undefined;
    if (folder === undefined || folders.has(folder)) continue;
    read.add(file);
    const directory = directoryOf(file);
    overlays.add(directory);
    const fields = repository.facts(file)?.documents[0]?.kustomization;
    yield;
    for (const list of ['resources', 'bases', 'components']) {
      for (const { text } of entriesOf(fields, list)) listed.add(joinPath(directory, text) ?? '');
    }
  }
  for (const overlay of overlays) if (!listed.has(overlay)) folders.add(overlay);
  return folders;
}

/** The folder right below the first one called `clusters` on the way to a file. */
function folderOfCluster(file: FilePath): FilePath | undefined {
  if (!file.includes('clusters/')) return undefined;
  const parts = file.split('/');
  const at = parts.indexOf('clusters');
  return at >= 0 && at < parts.length - 2 ? parts.slice(0, at + 2).join('/') : undefined;
}
