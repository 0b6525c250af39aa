import { isObject, type JsonValue } from '../model/json';
import { type FilePath } from '../model/file-path';
import { type Resource } from '../model/resource';
import { type Steps } from '../model/steps';
import { resourceKey, splitApiVersion } from '../model/resource-id';
import { type BuildFault, type BuildOwner, type RenderedObject } from './build';
import { type BuildMemory } from './build-memory';
import { declaredAs } from './declared-as';
import { ChangeTracker } from './field-changes';
import { type FaultReader } from './engine-faults';
import { type PostBuild } from './flux/post-build';
import { fluxRoot } from './flux/root-kustomization';
import { substitutionFault } from './flux/substitution-fault';
import { keepsContent } from './kept-content';
import { buildInSteps, type buildKustomization, type EngineResult } from './kustomize/build';
import { EarlierBuild, type Remains } from './kustomize/earlier-build';
import { isFault } from './kustomize/fault';
import { type LoadedKustomization } from './kustomize/load/kustomization';
import { type MapNode, textAt } from './kustomize/node';
import { type EngineResource } from './kustomize/resource';
import { ResourcePlaces } from './kustomize/resource-places';
import { mayRewrite } from './lost-replacements';
import { type RecordedFiles } from './recorded-files';
import { unknownFields } from './unknown-fields';
import { toValue } from './node-value';

/** An object of a build, and what Flux cannot substitute in it. */
interface Rendered {
  readonly object: RenderedObject;
  readonly faults: readonly BuildFault[];
}

type Made = WeakMap<MapNode, Rendered>;

interface RenderedObjects {
  readonly signature: string;
  readonly byNode: Made;
}

/** Objects that came of a root kustomization, which is another one wherever its Flux Kustomization is. */
const rendered = new WeakMap<LoadedKustomization, RenderedObjects>();

function renderedOf(root: LoadedKustomization, { signature }: PostBuild): Made {
  const known = rendered.get(root);
  if (known?.signature === signature) return known.byNode;
  const byNode: Made = new WeakMap();
  rendered.set(root, { signature, byNode });
  return byNode;
}

/** What a build of changes goes on from. */
export interface WholeBuild extends Remains {
  /** The objects of kustomize, each at the place of the rendered one it came to. */
  readonly resources: ResourcePlaces;
  /** Of the memory when it ended ({@link BuildMemory.time}). */
  readonly time: number;
}

/** Renders the folder of one Flux Kustomization. */
export class FolderRendering {
  /** Of what was rendered last, where changes of it can be rendered by themselves. */
  whole: WholeBuild | undefined;

  constructor(
    private readonly files: RecordedFiles,
    private readonly faults: FaultReader,
    private readonly owner: BuildOwner,
    private readonly postBuild: PostBuild,
    private readonly memory: BuildMemory | undefined,
  ) {}

  /** The objects of the folder; what cannot be rendered is among the faults. */
  *render(path: FilePath): Steps<RenderedObject[]> {
    const { faults, owner, memory } = this;
    const { result, made } = yield* this.#build(path);
    if (result.kind === 'failed') {
      faults.read(result.fault, 'fault');
      return [];
    }
    for (const { fault, reason } of result.holes) faults.read(fault, reason);
    const all = yield* this.#renderAll(result, made);
    const isWhole = this.#isSettled && result.isDivisible && all.every((one) => one?.faults.length === 0);
    if (memory !== undefined && isWhole) {
      const { candidates, origins } = result;
      const resources = ResourcePlaces.of(result.resources, origins);
      this.whole = { resources, candidates, read: new Map(), time: memory.time };
    }
    yield;
    const objects = all.flatMap((one) => one?.object ?? []);
    for (const one of all) faults.add(one?.faults ?? []);
    return [...objects, ...faults.listed(owner)];
  }

  /**
   * The objects that may have changed since a whole build, by their places in it; {@link whole} goes on from there.
   * @param changed files, as the source names them, whose objects may be others
   * @returns undefined where only the whole tells
   */
  *renderChanges(
    path: FilePath,
    before: WholeBuild,
    changed: ReadonlySet<FilePath>,
  ): Steps<ReadonlyMap<number, RenderedObject> | undefined> {
    const { memory } = this;
    if (memory === undefined) return undefined;
    const earlier = new EarlierBuild(before, changed);
    const { result, made } = yield* this.#build(path, earlier);
    if (result.kind === 'failed' || result.holes.length > 0 || !this.#isSettled) return undefined;
    const all = yield* this.#renderAll(result, made);
    const { resources } = before;
    const rendered = new Map<number, RenderedObject>();
    const replaced = new Map<number, EngineResource>();
    for (const [index, resource] of result.resources.entries()) {
      const place = resources.placeOf(resource);
      const one = all[index];
      if (place === undefined || one === undefined || one.faults.length > 0) return undefined;
      replaced.set(place, resource);
      rendered.set(place, one.object);
    }
    // One that is left out of the result now.
    const isLeftOut = (candidate: EngineResource): boolean => {
      const place = resources.placeOf(candidate);
      return place !== undefined && !replaced.has(place);
    };
    if (earlier.part.some(isLeftOut)) return undefined;
    const { candidates } = result;
    this.whole = { resources: resources.with(replaced), candidates, read: earlier.read, time: memory.time };
    return rendered;
  }

  get #isSettled(): boolean {
    return !this.faults.mayChangeAnything && this.faults.rewrites.length === 0;
  }

  *#build(
    path: FilePath,
    earlier?: EarlierBuild,
  ): Steps<{ result: ReturnType<typeof buildKustomization>; made: Made }> {
    const { files, faults, owner, postBuild, memory } = this;
    let made: Made = new WeakMap();
    const result = yield* buildInSteps({
      files,
      directory: path,
      reorder: 'none',
      go: '1.27',
      keepsGoing: true,
      ...(memory && { origins: memory.origins }),
      ...(earlier && { earlier }),
      root: (read) => {
        const root = fluxRoot(read, { files, directory: path, owner: owner.object });
        if (isFault(root)) return root;
        const { loaded, fault } = root;
        if (fault !== undefined) faults.readOverlay(fault, owner.object);
        made = renderedOf(loaded, postBuild);
        return loaded;
      },
    });
    return { result, made };
  }

  *#renderAll(result: EngineResult, made: Made): Steps<(Rendered | undefined)[]> {
    const { files } = this;
    const isSettled = this.#isSettled;
    const all: (Rendered | undefined)[] = [];
    let lastFile: FilePath | undefined;
    for (const resource of result.resources) {
      const known = isSettled ? made.get(resource.node) : undefined;
      const file = known === undefined ? result.origins.placeOf(resource.node.origin)?.file : undefined;
      if (file !== undefined && file !== lastFile) yield* files.tree.factsInSteps((lastFile = file));
      const one = known ?? this.#rendered(result, resource);
      all.push(one);
      if (one === undefined) continue;
      if (isSettled) made.set(resource.node, one);
      yield;
    }
    return all;
  }

  #rendered(result: EngineResult, resource: EngineResource): Rendered | undefined {
    const { files, faults, owner } = this;
    const { node, unknown, faults: refused } = this.postBuild.finish(resource.node);
    const apiVersion = textAt(node, 'apiVersion') ?? '';
    const kind = textAt(node, 'kind') ?? '';
    if (kind === '') return undefined;
    const id = {
      group: splitApiVersion(apiVersion).group,
      kind,
      namespace: textAt(node, 'metadata', 'namespace') ?? '',
      name: textAt(node, 'metadata', 'name') ?? '',
    };
    const declared = declaredAs(files.tree, result.origins.placeOf(resource.node.origin));
    const value: JsonValue | undefined = keepsContent(id) ? toValue(node) : undefined;
    const key = resourceKey(id);
    const rewritten = faults.rewrites.filter((rewrite) => mayRewrite(rewrite, id)).flatMap(({ paths }) => paths);
    const object: RenderedObject = {
      address: { cluster: owner.cluster, owner: owner.key, object: key },
      key,
      id,
      apiVersion,
      resource: declared,
      value: isObject(value) ? value : undefined,
      unknown: faults.mayChangeAnything
        ? 'everything'
        : unknownFields(owner.object, declared, [...unknown, ...rewritten]),
      changes: this.#changes(result, node, declared),
    };
    return { object, faults: refused.map((fault) => substitutionFault(fault, object, this.postBuild)) };
  }

  #changes({ origins }: EngineResult, node: MapNode, declared: Resource | undefined): RenderedObject['changes'] {
    const { files } = this;
    if (declared !== undefined) {
      const read = (file: FilePath, document: number) => files.tree.yaml(file)?.documents[document]?.document;
      const tracker = new ChangeTracker(origins, read, (file) => files.repositoryPath(file));
      return tracker.changesOf(node, origins.placeOf(node.origin)?.file ?? '', declared);
    }
    const cause = origins.causeOf(node.origin);
    if (cause === undefined) return [];
    const { file, document, path } = cause;
    return [{ path: [], from: { file: files.repositoryPath(file), document, path }, how: 'made' }];
  }
}
