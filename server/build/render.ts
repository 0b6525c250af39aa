import { type FilePath, joinPath } from '../model/file-path';
import { isObject, type JsonValue } from '../model/json';
import { type Resource } from '../model/resource';
import { type Steps } from '../model/steps';
import { resourceKey, splitApiVersion } from '../model/resource-id';
import {
  type Build,
  type BuildFault,
  type BuildOwner,
  type BuildResult,
  type FluxKustomization,
  type RenderedObject,
} from './build';
import { type BuildMemory } from './build-memory';
import { kustomizationFileNames } from './facts';
import { holdsUnknownPlace, isUnknownPlace } from './unknown-places';
import { ChangeTracker } from './field-changes';
import { FaultReader } from './engine-faults';
import { type BuildEnvironment, signatureOf } from './flux/environment';
import { PostBuild } from './flux/post-build';
import { fluxRoot } from './flux/root-kustomization';
import { substitutionFault, variableFaults } from './flux/substitution-fault';
import { keepsContent } from './kept-content';
import { buildInSteps, type EngineResult } from './kustomize/build';
import { isFault } from './kustomize/fault';
import { type LoadedKustomization } from './kustomize/load/kustomization';
import { type MapNode, textAt } from './kustomize/node';
import { type EngineResource } from './kustomize/resource';
import { mayRewrite } from './lost-replacements';
import { RecordedFiles } from './recorded-files';
import { missingTree } from './folder-tree';
import { unknownFields } from './unknown-fields';
import { toValue } from './node-value';

/** Renders with the kustomize engine; what it refuses becomes faults and holes, and the rest is rendered. */
export const build: Build = { render };

const noTrees: BuildResult['trees'] = new Map();

function* render(owner: FluxKustomization, environment: BuildEnvironment, memory?: BuildMemory): Steps<BuildResult> {
  const { tree, path, object, cluster, key } = owner;
  const files = new RecordedFiles(tree ?? missingTree, memory);
  const faults = new FaultReader(files);
  const postBuild = new PostBuild(object, environment);
  faults.add(variableFaults(postBuild));
  let objects: RenderedObject[] = [];
  if (tree === undefined || path === undefined || isUnknownPlace(tree, path)) {
    faults.hole('unknown-source', 'The files this Kustomization applies are not in this repository or not known.');
  } else if (files.stat(path) === 'directory') {
    // A folder that does not exist holds nothing; that it is named is a finding of its own.
    const folder = new FolderRendering(files, faults, { cluster, key, object, path }, postBuild, memory);
    objects = yield* folder.render(path);
    const isGenerated = kustomizationFileNames.every((name) => files.stat(joinPath(path, name) ?? name) !== 'file');
    if (isGenerated && holdsUnknownPlace(tree, path)) {
      faults.hole(
        'unknown-source',
        'Some of the files this Kustomization applies come from a source that is not known.',
      );
    }
  }
  return {
    owner: { cluster, key, object, path },
    tree: tree?.identity,
    objects,
    holes: faults.holes,
    faults: faults.faults,
    ...files.record(),
    trees: noTrees,
    sources: postBuild.sources,
    environment: signatureOf(environment),
  };
}

/** An object of a build, and what Flux cannot substitute in it. */
interface Rendered {
  readonly object: RenderedObject;
  readonly faults: readonly BuildFault[];
}

interface RenderedObjects {
  readonly signature: string;
  readonly byNode: WeakMap<MapNode, Rendered>;
}

/** Objects that came of a root kustomization, which is another one wherever its Flux Kustomization is. */
const rendered = new WeakMap<LoadedKustomization, RenderedObjects>();

function renderedOf(root: LoadedKustomization, { signature }: PostBuild): WeakMap<MapNode, Rendered> {
  const known = rendered.get(root);
  if (known?.signature === signature) return known.byNode;
  const byNode = new WeakMap<MapNode, Rendered>();
  rendered.set(root, { signature, byNode });
  return byNode;
}

/** Renders the folder of one Flux Kustomization. */
class FolderRendering {
  constructor(
    private readonly files: RecordedFiles,
    private readonly faults: FaultReader,
    private readonly owner: BuildOwner,
    private readonly postBuild: PostBuild,
    private readonly memory: BuildMemory | undefined,
  ) {}

  *render(path: FilePath): Steps<RenderedObject[]> {
    const { files, faults, owner, postBuild, memory } = this;
    let made = new WeakMap<MapNode, Rendered>();
    const result = yield* buildInSteps({
      files,
      directory: path,
      reorder: 'none',
      go: '1.27',
      keepsGoing: true,
      ...(memory && { origins: memory.origins }),
      root: (read) => {
        const root = fluxRoot(read, { files, directory: path, owner: owner.object });
        if (isFault(root)) return root;
        const { loaded, fault } = root;
        if (fault !== undefined) faults.readOverlay(fault, owner.object);
        made = renderedOf(loaded, postBuild);
        return loaded;
      },
    });
    if (result.kind === 'failed') {
      faults.read(result.fault, 'fault');
      return [];
    }
    for (const { fault, reason } of result.holes) faults.read(fault, reason);
    const isSettled = !faults.mayChangeAnything && faults.rewrites.length === 0;
    const objects: RenderedObject[] = [];
    let lastFile: FilePath | undefined;
    for (const resource of result.resources) {
      const known = isSettled ? made.get(resource.node) : undefined;
      const file = known === undefined ? result.origins.placeOf(resource.node.origin)?.file : undefined;
      if (file !== undefined && file !== lastFile) yield* files.tree.factsInSteps((lastFile = file));
      const one = known ?? this.#rendered(result, resource);
      if (one === undefined) continue;
      if (isSettled) made.set(resource.node, one);
      yield;
      objects.push(one.object);
      faults.add(one.faults);
    }
    return [...objects, ...faults.listed(owner)];
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
    const declared = declaredAs(files, result, resource);
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

/** The declared object a rendered one began as; undefined for one that a generator made. */
function declaredAs(files: RecordedFiles, { origins }: EngineResult, { node }: EngineResource): Resource | undefined {
  const place = origins.placeOf(node.origin);
  const facts = place === undefined ? undefined : files.tree.facts(place.file);
  const resources = facts?.documents[place?.document ?? 0]?.resources ?? [];
  if (resources.length < 2) return resources[0];
  const document = files.tree.yaml(place?.file ?? '')?.documents[place?.document ?? 0]?.document;
  return resources.find((resource) => {
    const items = document?.root?.kind === 'map' ? document.root.entries : [];
    const list = items.find(({ key }) => key.kind === 'scalar' && key.text === 'items')?.value;
    const index = resource.at[1];
    return list?.kind === 'sequence' && typeof index === 'number' && list.items[index]?.start === place?.offset;
  });
}
