import { type FluxRelease } from '../../schemas/release';
import {
  type BuildOwner,
  type BuildResult,
  type FluxKustomization,
  type RenderedObject,
  type SourceTree,
} from '../build/build';
import { type BuildMemory } from '../build/build-memory';
import { type BuildEnvironment, signatureOf, type SourceAnswer } from '../build/flux/environment';
import { variableSourcesOf } from '../build/flux/post-build';
import { build } from '../build/render';
import { missingTree } from '../build/folder-tree';
import { type FilePath } from '../model/file-path';
import { equalValues } from '../model/json';
import { parseResourceKey, type ResourceId, resourceKey, type ResourceKey } from '../model/resource-id';
import { type Steps } from '../model/steps';
import { ClusterIndex } from './cluster-index';
import { controllerIn, featureGate } from './controller-arguments';
import { type EntryPoint, kustomizeGroup } from './entry-point';
import { isRemote, pathOf, sourceOf } from './kustomization-spec';
import { isGrounded } from './sources/grounded';
import { installationOf, withInstallation } from './implied-objects';
import { withImplied } from './made-objects';
import { type Pushes } from './sources/pushed-artifacts';
import { type Repository } from './repository';
import { reuseBuild } from './reuse-build';
import { mapSources, type SourceMap } from './sources/map-sources';

/** Everything one entry point renders to. */
export interface ClusterRendering {
  readonly entry: EntryPoint;
  /** The root as it was installed; what it renders itself to stands among the builds. */
  readonly installed: BuildResult;
  readonly builds: ReadonlyMap<ResourceKey, BuildResult>;
  /** Objects of the builds alone, and with those the installation made. */
  readonly base: ClusterIndex;
  readonly index: ClusterIndex;
  readonly sources: SourceMap;
  readonly environment: BuildEnvironment;
  /** What sources are mapped by, besides objects and files ({@link frameOf}). */
  readonly frame: string;
  /** Keys of objects whose values some build asked for; may hold some that none asks for any more. */
  readonly asked: ReadonlySet<ResourceKey>;
}

export interface RenderInputs {
  readonly repository: Repository;
  readonly remotes: readonly string[] | undefined;
  readonly mapped: Readonly<Record<string, FilePath>>;
  readonly pushes: Pushes;
  readonly memory: BuildMemory;
  readonly release: FluxRelease | undefined;
  /** Stand-ins for variables from the configuration. */
  readonly values: Readonly<Record<string, string>>;
  /** Samples of inputs of ResourceSets from the configuration. */
  readonly inputs: BuildEnvironment['inputs'];
  /** True when what a build read or asked has changed since it was made. */
  readonly isDirty: (build: BuildResult) => boolean;
}

// Generators that read artifacts of generators; deeper chains are cut.
const maxRounds = 5;

/**
 * Renders the tree of Flux Kustomizations below an entry point. A build is taken over from the rendering before while
 * neither its inputs nor its owner changed, and an equal result stops the work there. Which files a source serves, and
 * which values a variable has, is said by objects that are rendered themselves, so what came out must agree with what
 * was assumed.
 */
export function* renderCluster(
  entry: EntryPoint,
  inputs: RenderInputs,
  before: ClusterRendering | undefined,
): Steps<ClusterRendering> {
  let rendering = yield* renderOnce(entry, inputs, before);
  for (let rounds = 0; rounds < maxRounds && !isConsistent(rendering); rounds++) {
    rendering = yield* renderOnce(entry, inputs, rendering);
  }
  const root = resourceKey(entry.kustomization);
  if (before === undefined || isGrounded(rendering, root, ({ owner }) => sourceOf(owner.object))) return rendering;
  // What held itself up comes down: the objects of before are no longer looked at.
  rendering = yield* renderOnce(entry, inputs, { ...rendering, index: ClusterIndex.empty });
  for (let rounds = 0; rounds < maxRounds && !isConsistent(rendering); rounds++) {
    rendering = yield* renderOnce(entry, inputs, rendering);
  }
  return rendering;
}

/** True when every build was made from the files that its source serves in the end, and with the variables. */
function isConsistent({ builds, sources, entry, index }: ClusterRendering): boolean {
  for (const result of builds.values()) {
    const { owner, tree, sources: answers } = result;
    if (!looksUpTheSame(result, sources)) return false;
    for (const [key, answer] of answers) if (answerOf(index, parseResourceKey(key)) !== answer) return false;
    const source = sourceOf(owner.object);
    const serves = source === undefined ? undefined : sources.treeOf(source)?.identity;
    const isNothing = serves === undefined && (tree === undefined || tree === missingTree.identity);
    const isRoot = owner.key === resourceKey(entry.kustomization);
    if (tree !== serves && !isNothing && !isRoot) return false;
  }
  return true;
}

function looksUpTheSame({ trees }: BuildResult, sources: SourceMap): boolean {
  return [...trees].every(([key, identity]) => {
    const source = parseResourceKey(key);
    return source !== undefined && sources.treeOf(source)?.identity === identity;
  });
}

/** A ConfigMap or Secret as the only build that makes it renders it; what no file declares may be there all the same. */
function answerOf(index: ClusterIndex, id: ResourceId | undefined): SourceAnswer {
  const found = id === undefined ? undefined : index.find(id);
  const [object, second] = found?.kind === 'found' ? found.objects : [];
  return object === undefined || second !== undefined ? 'unknown' : object;
}

/** Equal where sources are mapped by the same remotes, configuration and pushes. */
export const frameOf = ({ remotes, mapped, pushes }: RenderInputs): string => JSON.stringify([remotes, mapped, pushes]);

/** What the cluster gives to its builds. Holds the index alone: it outlives the rendering it was made for. */
export function environmentOf(
  { release, values, inputs }: Pick<RenderInputs, 'release' | 'values' | 'inputs'>,
  strictGate: boolean | undefined,
  index: ClusterIndex,
): BuildEnvironment {
  return { release, strictGate, values, inputs, find: (id) => answerOf(index, id) };
}

const strictGate = 'StrictPostBuildSubstitutions';

function* renderOnce(
  entry: EntryPoint,
  inputs: RenderInputs,
  before: ClusterRendering | undefined,
): Steps<ClusterRendering> {
  const { memory, isDirty } = inputs;
  const builds = new Map<ResourceKey, BuildResult>();
  let index = before?.index ?? ClusterIndex.empty;
  let sources = mapSources({ ...inputs, entry, index });
  const rootKey = resourceKey(entry.kustomization);
  const queue: { object: RenderedObject; tree: SourceTree | undefined }[] = [];
  const waiting: RenderedObject[] = [];

  const { controller } = installationOf(entry);
  const gateIn = (build: BuildResult | undefined): boolean | undefined =>
    featureGate(controller, strictGate) ?? featureGate(controllerIn(build?.objects ?? []), strictGate);
  let environment: BuildEnvironment = {
    ...environmentOf(inputs, gateIn(before?.builds.get(rootKey)), index),
    find: (id) => answerOf(index, id),
  };
  // Every build is compared with it, at every edit.
  let signature = signatureOf(environment);

  const hasVariables = (object: RenderedObject): boolean =>
    // What was rendered before is looked at again in the end.
    before?.builds.has(object.key) === true ||
    variableSourcesOf(object).every((id) => answerOf(index, id) !== 'unknown');
  const hasSource = (object: RenderedObject): boolean => {
    const source = sourceOf(object);
    return source === undefined || sources.treeOf(source) !== undefined;
  };
  const take = (object: RenderedObject): void => {
    const source = sourceOf(object);
    queue.push({ object, tree: source === undefined ? undefined : sources.treeOf(source) });
  };
  const enter = (object: RenderedObject): void => {
    if (hasSource(object) && hasVariables(object)) take(object);
    else waiting.push(object);
  };
  const run = function* (): Steps<void> {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { object, tree } = next;
      if (builds.has(object.key)) continue;
      const result = yield* renderOne({ cluster: entry.path, key: object.key, object, path: pathOf(object), tree });
      builds.set(object.key, result);
      if (!isRemote(object)) for (const child of childrenOf(result)) enter(child);
      yield;
    }
  };
  const renderOne = function* (
    kustomization: FluxKustomization,
    old = before?.builds.get(kustomization.key),
  ): Steps<BuildResult> {
    const isSame =
      old !== undefined &&
      old.owner.object === kustomization.object &&
      old.tree === kustomization.tree?.identity &&
      old.environment === signature &&
      [...old.sources].every(([key, answer]) => answerOf(index, parseResourceKey(key)) === answer) &&
      looksUpTheSame(old, sources) &&
      !isDirty(old);
    if (isSame) return old;
    const result = yield* build.render(kustomization, environment, memory);
    // What follows goes through all objects, several times.
    yield;
    return reuseBuild(old, withImplied(entry, result, environment, sources));
  };

  const root = rootObject(entry, before);
  const rootTree = sources.treeOf(entry.source);
  const install = (): Steps<BuildResult> =>
    renderOne(
      { cluster: entry.path, key: rootKey, object: root, path: pathOf(root), tree: rootTree },
      before?.installed,
    );
  let installed = yield* install();
  yield;
  const gate = gateIn(installed);
  if (gate !== environment.strictGate) {
    environment = { ...environment, strictGate: gate };
    signature = signatureOf(environment);
    installed = yield* install();
  }
  // The root may patch itself: what it renders itself to is what stands in the cluster, and applies the others.
  const itself = rootIn(entry, installed) ?? root;
  if (isSameRoot(root, itself)) installed = { ...installed, owner: { ...installed.owner, object: itself } };
  const applied =
    installed.owner.object === itself
      ? installed
      : yield* renderOne({ cluster: entry.path, key: rootKey, object: itself, path: pathOf(itself), tree: rootTree });
  builds.set(rootKey, applied);
  yield;
  if (!isRemote(itself)) for (const child of childrenOf(applied)) enter(child);
  yield* run();
  // Sources that are rendered themselves (ArtifactGenerators) are known only now, and may reveal more of them.
  const sourceless: RenderedObject[] = [];
  for (let rounds = 0; waiting.length > 0; rounds++) {
    index = withInstallation(entry, builds, yield* indexOf(entry, before, builds));
    sources = mapSources({ ...inputs, entry, index });
    const objects = waiting.splice(0);
    const sourced = objects.filter(hasSource);
    if (rounds < maxRounds && sourced.some(hasVariables)) {
      for (const object of objects) enter(object);
    } else if (sourced.length > 0) {
      // Nothing that is left will bring the variables.
      for (const object of sourced) take(object);
      waiting.push(...objects.filter((object) => !hasSource(object)));
    } else {
      sourceless.push(...objects);
      for (const object of objects) queue.push({ object, tree: missingTree });
    }
    yield* run();
  }
  // A Kustomization whose source exists nowhere applies nothing. One whose source stands elsewhere, or may be brought
  // by a hole, is a hole itself, which may in turn bring other sources.
  for (let absent = sourceless; ;) {
    index = withInstallation(entry, builds, yield* indexOf(entry, before, builds));
    const isMissing = (object: RenderedObject): boolean =>
      index.find(sourceOf(object) ?? entry.source).kind === 'missing';
    const live = absent.filter((object) => !isMissing(object));
    if (live.length === 0) break;
    absent = absent.filter(isMissing);
    for (const object of live) {
      builds.set(
        object.key,
        yield* renderOne({ cluster: entry.path, key: object.key, object, path: pathOf(object), tree: undefined }),
      );
    }
  }
  const base = yield* indexOf(entry, before, builds);
  index = withInstallation(entry, builds, base);
  sources = mapSources({ ...inputs, entry, index });
  const asked = new Set<ResourceKey>();
  for (const result of builds.values()) for (const key of result.sources.keys()) asked.add(key);
  return {
    entry,
    installed,
    builds,
    base,
    index,
    sources,
    environment: environmentOf(inputs, environment.strictGate, index),
    frame: frameOf(inputs),
    asked,
  };
}

/** True when a root renders itself to what it was installed as, so that both builds of it are one. */
function isSameRoot(root: RenderedObject, itself: RenderedObject): boolean {
  const isUntouched = itself.changes.length === 0 && itself.unknown.length === 0 && root.unknown.length === 0;
  return itself !== root && isUntouched && itself.resource === root.resource && equalValues(itself.value, root.value);
}

/** The root Kustomization as a build of it renders it; undefined where it does not stand in its own files. */
function rootIn({ kustomization }: EntryPoint, { objects }: BuildResult): RenderedObject | undefined {
  const key = resourceKey(kustomization);
  return objects.find((object) => object.key === key);
}

function rootObject(entry: EntryPoint, before: ClusterRendering | undefined): RenderedObject {
  const old = before?.installed.owner.object;
  const { declared } = entry;
  if (declared === undefined) return installationOf(entry).kustomization;
  if (old?.resource === declared) return old;
  const key = resourceKey(entry.kustomization);
  return {
    address: { cluster: entry.path, owner: key, object: key },
    key,
    id: entry.kustomization,
    apiVersion: declared.apiVersion,
    resource: declared,
    value: declared.value,
    unknown: [],
    changes: [],
  };
}

/** The Kustomizations that a build applies, but for its owner. */
function childrenOf({ objects, owner }: BuildResult): RenderedObject[] {
  return childrenIn(objects, owner);
}

/** The Kustomizations among objects of a build, but for its owner. */
export function childrenIn(objects: readonly RenderedObject[], owner: BuildOwner): RenderedObject[] {
  return objects.filter(
    ({ id, key }) => id.kind === 'Kustomization' && id.group === kustomizeGroup && key !== owner.key,
  );
}

/** The index after this rendering; what stands in another cluster is left out. */
function indexOf(
  entry: EntryPoint,
  before: ClusterRendering | undefined,
  builds: ReadonlyMap<ResourceKey, BuildResult>,
): Steps<ClusterIndex> {
  const basis = before?.entry.path === entry.path ? before : undefined;
  const old = new Set(basis?.builds.values());
  const come = [...builds.values()].filter((result) => !old.delete(result));
  const isHere = (result: BuildResult): boolean => !isRemote(result.owner.object);
  const holes = [...builds.values()].filter(isHere).flatMap((result) => result.holes);
  return (basis?.base ?? ClusterIndex.empty).after([...old], come, isHere, holes);
}
