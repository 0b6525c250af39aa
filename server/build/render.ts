import { type FilePath } from '../model/file-path';
import { isObject, type JsonObject, type JsonValue } from '../model/json';
import { type Resource } from '../model/resource';
import { resourceKey, splitApiVersion } from '../model/resource-id';
import { findKind } from '../../schemas/kinds/index';
import { type Build, type BuildOwner, type BuildResult, type FluxKustomization, type RenderedObject } from './build';
import { type BuildMemory } from './build-memory';
import { ChangeTracker } from './field-changes';
import { FaultReader } from './engine-faults';
import { generateRoot } from './flux/generated-kustomization';
import { lenientKustomization } from './flux/lenient-kustomization';
import { rootKustomization } from './flux/root-kustomization';
import { buildKustomization, type EngineResult } from './kustomize/build';
import { isFault } from './kustomize/fault';
import { type LoadedKustomization } from './kustomize/load/kustomization';
import { type MapNode, textAt } from './kustomize/node';
import { type EngineResource } from './kustomize/resource';
import { mayRewrite } from './lost-replacements';
import { RecordedFiles } from './recorded-files';
import { missingTree } from './source-trees';
import { unknownFields } from './unknown-fields';
import { toValue } from './node-value';

/** Renders with the kustomize engine; what it refuses becomes faults and holes, and the rest is rendered. */
export const build: Build = { render };

function render(owner: FluxKustomization, memory?: BuildMemory): BuildResult {
  const { tree, path, object, cluster, key } = owner;
  const files = new RecordedFiles(tree ?? missingTree, memory);
  const faults = new FaultReader(files);
  let objects: RenderedObject[] = [];
  if (tree === undefined || path === undefined) {
    faults.hole('unknown-source', 'The files this Kustomization applies are not in this repository or not known.');
  } else if (files.stat(path) === 'directory') {
    // A folder that does not exist holds nothing; that it is named is a finding of its own.
    objects = renderFolder(files, faults, { cluster, key, object, path }, path, memory);
  }
  return {
    owner: { cluster, key, object, path },
    tree: tree?.identity,
    objects,
    holes: faults.holes,
    faults: faults.faults,
    ...files.record(),
  };
}

/** Objects that came of a root kustomization, which is another one wherever its Flux Kustomization is. */
const rendered = new WeakMap<LoadedKustomization, WeakMap<MapNode, RenderedObject>>();

function renderFolder(
  files: RecordedFiles,
  faults: FaultReader,
  owner: BuildOwner,
  path: FilePath,
  memory: BuildMemory | undefined,
): RenderedObject[] {
  let made = new WeakMap<MapNode, RenderedObject>();
  const result = buildKustomization({
    files,
    directory: path,
    reorder: 'none',
    keepsGoing: true,
    ...(memory && { origins: memory.origins }),
    root: (loaded) => {
      let root = loaded;
      if (isFault(root) && root.code === 'kustomization-missing') root = generateRoot(files, path);
      else if (isFault(root)) root = lenientKustomization(files, root) ?? root;
      if (isFault(root)) return root;
      const { loaded: own, fault } = rootKustomization(root, owner.object, files);
      if (fault !== undefined) faults.readOverlay(fault, owner.object);
      const known = rendered.get(own);
      if (known === undefined) rendered.set(own, made);
      else made = known;
      return own;
    },
  });
  if (result.kind === 'failed') {
    faults.read(result.fault, 'fault');
    return [];
  }
  for (const { fault, reason } of result.holes) faults.read(fault, reason);
  const isSettled = !faults.mayChangeAnything && faults.rewrites.length === 0;
  const objects = result.resources.map((resource) => {
    const before = isSettled ? made.get(resource.node) : undefined;
    const object = before ?? toRendered(files, faults, owner, result, resource);
    if (isSettled && object !== undefined) made.set(resource.node, object);
    return object;
  });
  return [...objects.filter((object) => object !== undefined), ...faults.listed(owner)];
}

/** The declared object a rendered one began as; undefined for one that a generator made. */
function declaredAs(files: RecordedFiles, result: EngineResult, { node }: EngineResource): Resource | undefined {
  const place = result.origins.placeOf(node.origin);
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

function toRendered(
  files: RecordedFiles,
  faults: FaultReader,
  owner: BuildOwner,
  result: EngineResult,
  resource: EngineResource,
): RenderedObject | undefined {
  const { node } = resource;
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
  const entry = declared?.entry ?? findKind(id.group, id.kind);
  const value: JsonValue | undefined = entry === undefined ? undefined : toValue(node);
  const read = (file: FilePath, document: number) => files.tree.yaml(file)?.documents[document]?.document;
  const tracker = new ChangeTracker(result.origins, read, (file) => files.repositoryPath(file));
  const cause = result.origins.causeOf(node.origin);
  const key = resourceKey(id);
  const rewritten = faults.rewrites.filter((rewrite) => mayRewrite(rewrite, id)).flatMap(({ paths }) => paths);
  const content: JsonObject | undefined = isObject(value) ? value : undefined;
  return {
    address: { cluster: owner.cluster, owner: owner.key, object: key },
    key,
    id,
    apiVersion,
    resource: declared,
    value: content,
    unknown: unknownFields(node, owner.object, declared, faults.mayChangeAnything, rewritten),
    changes:
      declared !== undefined
        ? tracker.changesOf(node, result.origins.placeOf(node.origin)?.file ?? '', declared)
        : cause === undefined
          ? []
          : [
              {
                path: [],
                from: { file: files.repositoryPath(cause.file), document: cause.document, path: cause.path },
              },
            ],
  };
}
