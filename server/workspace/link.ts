import { type BuildResult } from '../build/build';
import { BuildMemory } from '../build/build-memory';
import { differingPart } from '../model/differing-part';
import { baseName, directoryOf, type FilePath } from '../model/file-path';
import { type Files } from '../model/ports';
import { type DocumentRef, type Resource } from '../model/resource';
import { type Steps } from '../model/steps';
import { type Cluster, type FluxTarget } from './cluster';
import { type Configuration, configurationFile } from './configuration';
import { type EntryPoint, type ServedFolder } from './entry-point';
import { candidates, orderOf } from './entry-order';
import { findEntryPoints, leadToTheSame } from './entry-points';
import { definitionDocuments, findFluxFiles, type FluxFiles, fluxResources } from './flux-files';
import { findFluxTarget } from './flux-evidence';
import { LinkedCluster } from './linked-cluster';
import { AppliedFiles } from './applied-files';
import { isScriptFile } from './sources/ci-scripts';
import { findPushes, type Pushes } from './sources/pushed-artifacts';
import { renderChanged } from './render-changed';
import { renderCluster, type RenderInputs } from './render-cluster';
import { isYamlFile, type Repository } from './repository';
import { findOtherSecretFiles } from './secret-files';

/** Everything `link` carries from one snapshot to the next. */
export interface LinkState {
  readonly repository: Repository;
  readonly configuration: Configuration;
  readonly remotes: readonly string[] | undefined;
  readonly files: FluxFiles;
  /** Files beside YAML that concern secrets. */
  readonly otherSecrets: ReadonlySet<FilePath>;
  readonly resources: readonly Resource[];
  readonly definitions: readonly DocumentRef[];
  readonly entries: readonly EntryPoint[];
  /** Files that the entry points were read from, beside those with Flux objects. */
  readonly evidence: ReadonlySet<FilePath>;
  readonly pushes: Pushes;
  readonly targets: ReadonlyMap<FilePath, FluxTarget>;
  readonly clusters: readonly LinkedCluster[];
  readonly memory: BuildMemory;
}

export interface LinkInputs {
  readonly repository: Repository;
  readonly stamps: Pick<Files, 'stamp'>;
  /** Files whose text or existence changed; undefined the first time. */
  readonly changed: ReadonlySet<FilePath> | undefined;
  readonly configuration: Configuration;
  readonly remotes: readonly string[] | undefined;
  readonly fluxVersion: string | undefined;
  /** A link that was dropped since the state before saw files come or go, which the memory of builds may know. */
  readonly sawOtherListing: boolean;
}

/** Makes the next state from the one before, touching only what changed. */
export function* link(inputs: LinkInputs, before: LinkState | undefined): Steps<LinkState> {
  const { repository, configuration } = inputs;
  const changed = inputs.changed ?? new Set(repository.yamlFiles());
  const files = yield* findFluxFiles(repository, [...changed].filter(isYamlFile), before?.files);
  const otherSecrets = yield* findOtherSecretFiles(repository, inputs.stamps, changed, before?.otherSecrets);
  const hasNewListing = before === undefined || !repository.hasSameListing(before.repository);
  const isEvidence = (path: FilePath): boolean =>
    files.flux.has(path) || before?.files.flux.has(path) === true || !isYamlFile(path) || path === configurationFile;
  const concernsFlux = before === undefined || hasNewListing || [...changed].some(isEvidence);
  const resources = concernsFlux
    ? reuseList(before?.resources, yield* fluxResources(repository, files, changed, before))
    : before.resources;
  const definitions = concernsDefinitions(before, files, changed)
    ? yield* definitionDocuments(repository, files)
    : (before?.definitions ?? []);
  const pushes = yield* pushesOf(inputs, changed, before, hasNewListing);
  const isSameEvidence =
    before !== undefined &&
    !hasNewListing &&
    pushes === before.pushes &&
    leadToTheSame(before.resources, resources, orderOf(before.entries).declared) &&
    ![...changed].some((path) => path === configurationFile || before.evidence.has(path));
  const found = isSameEvidence ? undefined : yield* findEntryPoints(repository, resources, configuration, pushes);
  const entries = found === undefined ? (before?.entries ?? []) : keepEqual(before?.entries, found.entries);
  const evidence = found?.read ?? before?.evidence ?? new Set<FilePath>();
  // The version of Flux also stands in a comment and in remote bases.
  const concernsVersion = [...changed].some((path) => /(^|\/)(gotk-components|kustomization)\.ya?ml$/.test(path));
  // So may a source of Flux's manifests, and the configuration.
  const keepsTargets =
    before !== undefined &&
    !hasNewListing &&
    !concernsVersion &&
    ![...changed].some(
      (path) =>
        path === configurationFile ||
        (files.flux.has(path) && declaresSource(repository, path)) ||
        (before.files.flux.has(path) && declaresSource(before.repository, path)),
    );
  const memory = before?.memory ?? new BuildMemory();
  forgetChanges(memory, inputs, changed, before, hasNewListing);
  const renderInputs = {
    repository,
    memory,
    remotes: inputs.remotes,
    pushes,
    isDirty: dirtyTest(inputs, changed, before, hasNewListing),
  };
  // An ignore file shapes every artifact it lies in.
  const isEditOnly = !hasNewListing && ![...changed].some((path) => baseName(path) === '.sourceignore');
  const clusters: LinkedCluster[] = [];
  const applied = new AppliedFiles();
  const order = orderOf(entries);
  const targets = new Map<FilePath, FluxTarget>();
  for (const entry of candidates(order, applied)) {
    const configured = configuration.clusters.find((cluster) => cluster.path === entry.path);
    const known =
      (keepsTargets && orderOf(before.entries).entries.has(entry) ? before.targets.get(entry.path) : undefined) ??
      findFluxTarget(repository, resources, entry, configured, inputs.fluxVersion);
    const target = known.isOperated === (entry.instance !== undefined) ? known : { ...known, isOperated: true };
    targets.set(entry.path, target);
    const old = before?.clusters.find((cluster) => cluster.cluster.path === entry.path)?.rendering;
    const mapped: RenderInputs = {
      ...renderInputs,
      mapped: configured?.sources ?? {},
      release: target.release,
      values: configured?.values ?? {},
      inputs: configured?.inputs ?? {},
    };
    const rendering =
      (isEditOnly && old !== undefined ? yield* renderChanged(entry, mapped, old, changed) : undefined) ??
      (yield* renderCluster(entry, mapped, old));
    // A folder's name alone makes no cluster: something in it must be Flux's.
    if (entry.evidence.every(({ kind }) => kind === 'clusters-folder') && rendering.builds.size === 1) continue;
    const cluster = new LinkedCluster(
      clusterOf(entry, target, configured?.name),
      rendering,
      configured?.external ?? [],
    );
    clusters.push(cluster);
    if (order.weak.length > 0) applied.add(cluster);
  }
  clusters.sort((a, b) => (a.cluster.path < b.cluster.path ? -1 : 1));
  const { remotes } = inputs;
  return {
    repository,
    configuration,
    remotes,
    files,
    otherSecrets,
    resources,
    definitions,
    entries,
    evidence,
    pushes,
    targets,
    clusters,
    memory,
  };
}

/** What is pushed, the identical value while the files that say so come to the same. */
function* pushesOf(
  { repository, remotes }: LinkInputs,
  changed: ReadonlySet<FilePath>,
  before: LinkState | undefined,
  hasNewListing: boolean,
): Steps<Pushes> {
  const key = JSON.stringify(remotes);
  const isKept = before?.pushes.remotes === key && !hasNewListing && ![...changed].some(isScriptFile);
  if (isKept) return before.pushes;
  const pushes = yield* findPushes(repository, remotes);
  const isSame = before !== undefined && JSON.stringify(pushes) === JSON.stringify(before.pushes);
  return isSame ? before.pushes : pushes;
}

function declaresSource(repository: Repository, path: FilePath): boolean {
  const documents = repository.facts(path)?.documents ?? [];
  return documents.some(({ resources }) => resources.some(({ id }) => id.kind === 'GitRepository'));
}

function concernsDefinitions(before: LinkState | undefined, files: FluxFiles, changed: ReadonlySet<FilePath>): boolean {
  return [...changed].some((path) => files.definitions.has(path) || before?.files.definitions.has(path) === true);
}

function reuseList<T>(before: readonly T[] | undefined, now: readonly T[]): readonly T[] {
  const part = before && differingPart(before, now);
  return before !== undefined && part?.before.length === 0 && part.now.length === 0 ? before : now;
}

/** Entry points found again stay the same value, so that their clusters are not rendered anew. */
function keepEqual(before: readonly EntryPoint[] | undefined, now: readonly EntryPoint[]): EntryPoint[] {
  const known = new Map(before?.map((entry) => [entry.path, entry]));
  return now.map((entry) => {
    const old = known.get(entry.path);
    const isSame =
      old !== undefined &&
      old.declared === entry.declared &&
      isSameFolder(old.served, entry.served) &&
      old.isStrong === entry.isStrong &&
      old.url === entry.url &&
      old.ref === entry.ref &&
      old.sourceSpec === entry.sourceSpec &&
      old.instance?.spec === entry.instance?.spec &&
      old.evidence.map((evidence) => evidence.text).join() === entry.evidence.map((evidence) => evidence.text).join();
    return isSame ? old : entry;
  });
}

const isSameFolder = (a: ServedFolder, b: ServedFolder): boolean => JSON.stringify(a) === JSON.stringify(b);

function clusterOf(entry: EntryPoint, flux: FluxTarget, name: string | undefined): Cluster {
  const last = entry.path.split('/').at(-1) ?? '';
  return { path: entry.path, name: name ?? (last === '' ? 'root' : last), evidence: entry.evidence, flux };
}

/** Paths that came or went, or may have in between, and the folders around them. */
function changedPlaces(
  { repository, sawOtherListing }: LinkInputs,
  changed: ReadonlySet<FilePath>,
  before: LinkState | undefined,
): ReadonlySet<FilePath> {
  const places = new Set<FilePath>();
  // Nothing is kept from before.
  if (before === undefined) return places;
  for (const path of changed) {
    if (!sawOtherListing && before.repository.stat(path) === repository.stat(path)) continue;
    // What lies above a place is there with it.
    for (let at = path; !places.has(at); at = directoryOf(at)) places.add(at);
  }
  return places;
}

/** Tells the memory of builds what it must not use again. */
function forgetChanges(
  memory: BuildMemory,
  inputs: LinkInputs,
  changed: ReadonlySet<FilePath>,
  before: LinkState | undefined,
  hasNewListing: boolean,
): void {
  if (before === undefined) return;
  for (const path of changed) {
    memory.forget(path);
    // An ignore file shapes every artifact it lies in.
    if (baseName(path) === '.sourceignore') memory.forgetTrees('');
  }
  if (!hasNewListing && !inputs.sawOtherListing) return;
  memory.forgetTrees('artifact');
  for (const place of changedPlaces(inputs, changed, before)) memory.forget(place);
}

/** Whether a build of the state before must be rendered again. */
function dirtyTest(
  inputs: LinkInputs,
  changed: ReadonlySet<FilePath>,
  before: LinkState | undefined,
  hasNewListing: boolean,
): (build: BuildResult) => boolean {
  const places = hasNewListing ? changedPlaces(inputs, changed, before) : new Set<FilePath>();
  // An ignore file shapes every artifact it lies in.
  const isReshaped = [...changed].some((path) => baseName(path) === '.sourceignore');
  return (build) => {
    if (isReshaped) return true;
    if (hasNewListing && build.tree?.startsWith('artifact') === true) return true;
    for (const place of places) if (build.asked.has(place)) return true;
    // Even a comment may count: where a document ends, and how its text is written, is the engine's to say.
    for (const path of changed) if (build.inputs.has(path)) return true;
    return false;
  };
}
