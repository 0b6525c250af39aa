import { withBuilds } from './build-map';
import { type BuildResult, type FluxKustomization, type RenderedObject } from '../build/build';
import { buildTheSame } from '../build/flux/same-build';
import { signatureOf } from '../build/flux/environment';
import { build } from '../build/render';
import { missingTree } from '../build/folder-tree';
import { differingPart } from '../model/differing-part';
import { type FilePath } from '../model/file-path';
import { resourceKey, type ResourceKey } from '../model/resource-id';
import { type Steps } from '../model/steps';
import { artifactGeneratorGroup } from './sources/artifact-generators';
import { type ClusterIndex } from './cluster-index';
import { isController } from './controller-arguments';
import { type EntryPoint, kustomizeGroup, sourceGroup } from './entry-point';
import { childrenIn, type ClusterRendering, environmentOf, frameOf, type RenderInputs } from './render-cluster';
import { withInstallation } from './implied-objects';
import { impliesMore, withImplied } from './made-objects';
import { isRemote, pathOf, sourceOf } from './kustomization-spec';
import { objectDifference } from '../build/object-difference';
import { reuseBuild } from './reuse-build';
import { mapSources, type SourceMap } from './sources/map-sources';

/**
 * The rendering after an edit that reaches no further than the builds which read the files and the Kustomizations
 * that came out different: what is rendered again follows the change, not the size of the cluster.
 * @param changed files whose text changed, where no file came or went and none that shapes an artifact is among them
 * @returns undefined when something came out that others may depend on in ways only a whole rendering tells: a source,
 * a value that a build asked for, another set of Kustomizations
 */
export function* renderChanged(
  entry: EntryPoint,
  inputs: RenderInputs,
  before: ClusterRendering,
  changed: ReadonlySet<FilePath>,
): Steps<ClusterRendering | undefined> {
  const isSameFrame =
    before.entry === entry &&
    before.frame === frameOf(inputs) &&
    signatureOf(environmentOf(inputs, before.environment.strictGate, before.index)) === signatureOf(before.environment);
  if (!isSameFrame) return undefined;
  const pass = new ChangedBuilds(entry, inputs, before, changed);
  for (const file of changed) pass.fileChanged(file);
  return yield* pass.render();
}

class ChangedBuilds {
  /** Builds to render again, with the Kustomization that replaces their owner; parents before their children. */
  readonly #due = new Map<ResourceKey, RenderedObject | undefined>();
  #isRootDue = false;
  readonly #rootKey: ResourceKey;
  readonly #made = new Map<ResourceKey, BuildResult>();
  readonly #asked: Set<ResourceKey>;
  /** Objects that came, went or changed. */
  readonly #touched = new Set<ResourceKey>();

  constructor(
    private readonly entry: EntryPoint,
    private readonly inputs: RenderInputs,
    private readonly before: ClusterRendering,
    private readonly changed: ReadonlySet<FilePath>,
  ) {
    this.#rootKey = resourceKey(entry.kustomization);
    this.#asked = new Set(before.asked);
  }

  fileChanged(file: FilePath): void {
    const { base, builds, installed } = this.before;
    const depthOf = (key: ResourceKey): number => {
      const parent = builds.get(key)?.owner.object.address.owner;
      return parent === undefined || parent === key || parent === this.#rootKey ? 0 : 1 + depthOf(parent);
    };
    const readers = [...(base.readers.get(file) ?? [])].sort((a, b) => depthOf(a) - depthOf(b));
    for (const key of readers) this.#due.set(key, undefined);
    this.#isRootDue ||= installed.inputs.has(file);
  }

  *render(): Steps<ClusterRendering | undefined> {
    const { entry, before } = this;
    const sources = this.#sourcesBy(before.index);
    let { installed } = before;
    if (this.#isRootDue) {
      const next = yield* this.#again(installed, installed.owner.object, sources.treeOf(entry.source), sources);
      if (next === undefined) return undefined;
      if (before.builds.get(this.#rootKey) === installed) {
        if (!this.#reachesNoFurther(installed, next)) return undefined;
        this.#made.set(this.#rootKey, next);
        this.#due.delete(this.#rootKey);
      } else if (this.#concernsInstallation(installed, next)) return undefined;
      installed = next;
    }
    // Children are added while their parents are rendered.
    for (const [key, owner] of this.#due) {
      const old = before.builds.get(key);
      if (old === undefined) return undefined;
      const object = owner ?? old.owner.object;
      const source = sourceOf(object);
      const tree =
        key === this.#rootKey
          ? sources.treeOf(entry.source)
          : old.tree === missingTree.identity
            ? missingTree
            : source && sources.treeOf(source);
      const next = yield* this.#again(old, object, tree, sources);
      if (next === undefined || !this.#reachesNoFurther(old, next)) return undefined;
      this.#made.set(key, next);
      yield;
    }
    for (const key of this.#touched) if (this.#asked.has(key)) return undefined;
    return yield* this.#rendering(installed);
  }

  #sourcesBy(index: ClusterIndex): SourceMap {
    return mapSources({ ...this.inputs, entry: this.entry, index });
  }

  *#again(
    old: BuildResult,
    object: RenderedObject,
    tree: FluxKustomization['tree'],
    sources: SourceMap,
  ): Steps<BuildResult | undefined> {
    if (tree?.identity !== old.tree) return undefined;
    const { entry, changed } = this;
    const { environment } = this.before;
    const { memory } = this.inputs;
    const kustomization = { cluster: entry.path, key: old.owner.key, object, path: pathOf(object), tree };
    const isSame = object === old.owner.object || buildTheSame(object, old.owner.object);
    const before = isSame ? { ...old, owner: { ...old.owner, object } } : old;
    if (isSame && ![...changed].some((file) => old.inputs.has(file))) return before;
    const next = yield* build.renderChanges(kustomization, environment, memory, before, changed);
    if (next !== undefined && changesNothingImplied(entry, old, next)) return reuseBuild(old, next);
    const result = yield* build.render(kustomization, environment, memory);
    return reuseBuild(old, withImplied(entry, result, environment, sources));
  }

  #concernsInstallation(old: BuildResult, next: BuildResult): boolean {
    const { come, gone } = objectDifference(old, next);
    return [...come, ...gone].some((object) => object.key === this.#rootKey || isController(object));
  }

  /** True when only builds of Kustomizations that stay where they are see the difference; those become due. */
  #reachesNoFurther(old: BuildResult, next: BuildResult): boolean {
    const { before } = this;
    const { come, gone } = objectDifference(old, next);
    const concernsOthers = (object: RenderedObject): boolean =>
      object.key === this.#rootKey ||
      object.id.group === sourceGroup ||
      object.id.group === artifactGeneratorGroup ||
      isController(object);
    for (const object of [...gone, ...come]) {
      if (concernsOthers(object)) return false;
      this.#touched.add(object.key);
    }
    for (const key of next.sources.keys()) this.#asked.add(key);
    if (isRemote(next.owner.object)) return isRemote(old.owner.object);
    const part = differingPart(old.objects, next.objects);
    const [children, successors] = [childrenIn(part.before, old.owner), childrenIn(part.now, old.owner)];
    if (children.length !== successors.length) return false;
    return children.every((child, index) => {
      const successor = successors[index];
      if (successor === child) return true;
      // Of two that are called the same the first is applied.
      if (successor?.key !== child.key || before.builds.get(child.key)?.owner.object !== child) return false;
      if (!readsTheSame(child, successor) || this.#made.has(child.key)) return false;
      this.#due.set(child.key, successor);
      return true;
    });
  }

  *#rendering(installed: BuildResult): Steps<ClusterRendering | undefined> {
    const { entry, inputs, before } = this;
    const builds = this.#made.size === 0 ? before.builds : withBuilds(before.builds, this.#made);
    const come = [...this.#made.values()];
    const gone = [...this.#made.keys()].map((key) => before.builds.get(key)).filter((old) => old !== undefined);
    const isHere = (result: BuildResult): boolean => !isRemote(result.owner.object);
    const keepsHoles = gone.every((old) => old.holes === this.#made.get(old.owner.key)?.holes);
    // Whether a source is missing or may be brought by a hole.
    if (!keepsHoles && [...builds.values()].some(({ tree }) => tree === undefined || tree === missingTree.identity))
      return undefined;
    const holes = keepsHoles
      ? before.base.holes
      : [...builds.values()].filter(isHere).flatMap((result) => result.holes);
    const base = come.length === 0 ? before.base : yield* before.base.after(gone, come, isHere, holes);
    const index = base === before.base ? before.index : withInstallation(entry, builds, base);
    const sources = this.#sourcesBy(index);
    const environment = environmentOf(inputs, before.environment.strictGate, index);
    return { ...before, installed, builds, base, index, sources, environment, asked: this.#asked };
  }
}

/** True when none of the objects that are others now makes something by itself. */
function changesNothingImplied({ instance }: EntryPoint, old: BuildResult, next: BuildResult): boolean {
  const { come, gone } = objectDifference(old, next);
  return ![...come, ...gone].some((object) => impliesMore(object, instance !== undefined));
}

/** True when a Kustomization takes its files from the same place as before, and applies them in the same cluster. */
function readsTheSame(old: RenderedObject, next: RenderedObject): boolean {
  const placeOf = (object: RenderedObject): string => {
    const source = sourceOf(object);
    return `${String(isRemote(object))} ${String(pathOf(object))} ${source === undefined ? '' : resourceKey(source)}`;
  };
  return next.id.group === kustomizeGroup && placeOf(old) === placeOf(next);
}
