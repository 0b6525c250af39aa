import { type FilePath, joinPath } from '../model/file-path';
import { type Steps } from '../model/steps';
import { type Build, type BuildResult, type FluxKustomization, type RenderedObject, type SourceTree } from './build';
import { type BuildMemory } from './build-memory';
import { kustomizationFileNames } from './facts';
import { holdsUnknownPlace, isUnknownPlace } from './unknown-places';
import { FaultReader } from './engine-faults';
import { type BuildEnvironment, signatureOf } from './flux/environment';
import { PostBuild } from './flux/post-build';
import { variableFaults } from './flux/substitution-fault';
import { FolderRendering, type WholeBuild } from './folder-rendering';
import { RecordedFiles } from './recorded-files';
import { missingTree } from './folder-tree';

/** Renders with the kustomize engine; what it refuses becomes faults and holes, and the rest is rendered. */
export const build: Build = { render, renderChanges };

const noTrees: BuildResult['trees'] = new Map();

function* render(owner: FluxKustomization, environment: BuildEnvironment, memory?: BuildMemory): Steps<BuildResult> {
  const { tree, path, object, cluster, key } = owner;
  const files = new RecordedFiles(tree ?? missingTree, memory);
  const faults = new FaultReader(files);
  const postBuild = new PostBuild(object, environment);
  faults.add(variableFaults(postBuild));
  let objects: readonly RenderedObject[] = [];
  let whole: BuildResult['whole'];
  if (tree === undefined || path === undefined || isUnknownPlace(tree, path)) {
    faults.hole('unknown-source', 'The files this Kustomization applies are not in this repository or not known.');
  } else if (files.stat(path) === 'directory') {
    // A folder that does not exist holds nothing; that it is named is a finding of its own.
    const folder = new FolderRendering(files, faults, { cluster, key, object, path }, postBuild, memory);
    objects = yield* folder.render(path);
    whole = folder.whole;
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
    whole,
  };
}

function* renderChanges(
  owner: FluxKustomization,
  environment: BuildEnvironment,
  memory: BuildMemory,
  before: BuildResult,
  changed: ReadonlySet<FilePath>,
): Steps<BuildResult | undefined> {
  const { tree, path, object, cluster, key } = owner;
  const { whole, inputs, unreadable } = before;
  if (whole === undefined || tree === undefined || path === undefined || object.isSample === true) return undefined;
  const isSame = before.owner.object === object && before.environment === signatureOf(environment);
  const read = [...changed].filter((file) => inputs.has(file));
  const areObjects = read.every((file) => inputs.get(file) === 'objects' && !unreadable.has(file));
  if (!isSame || !areObjects) return undefined;
  const postBuild = new PostBuild(object, environment);
  for (const [source, answer] of postBuild.sources) if (before.sources.get(source) !== answer) return undefined;
  const files = new RecordedFiles(tree, memory, whole.time);
  const folder = new FolderRendering(files, new FaultReader(files), { cluster, key, object, path }, postBuild, memory);
  const rendered = yield* folder.renderChanges(path, whole, namesOf(read, tree, whole));
  if (rendered === undefined) return undefined;
  const objects = [...before.objects];
  for (const [place, one] of rendered) objects[place] = one;
  return { ...before, objects, whole: folder.whole };
}

/** Files as a source calls them. */
function namesOf(files: readonly FilePath[], tree: SourceTree, { candidates }: WholeBuild): ReadonlySet<FilePath> {
  // In most sources they are called what they are called in the repository.
  if (files.every((file) => tree.repositoryPath(file) === file)) return new Set(files);
  const wanted = new Set(files);
  return new Set([...candidates.files()].filter((name) => wanted.has(tree.repositoryPath(name) ?? name)));
}
