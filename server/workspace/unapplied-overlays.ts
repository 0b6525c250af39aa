import { type BuildResult, type RenderedObject, type SourceTree } from '../build/build';
import { isKustomizationFile } from '../build/facts';
import { entriesOf, isRemote } from '../build/kustomization-file';
import { unknownEnvironment } from '../build/flux/environment';
import { build } from '../build/render';
import { folderTree } from '../build/folder-tree';
import { directoryOf, type FilePath, isHidden, joinPath } from '../model/file-path';
import { type Steps } from '../model/steps';
import { syncKustomization } from './entry-point';
import { impliedObject } from './implied-objects';
import { type LinkedCluster } from './linked-cluster';
import { type Repository } from './repository';

/** Rendered as if a Kustomization without any field of its own applied it. */
function renderOverlay(tree: SourceTree, directory: FilePath): Steps<BuildResult> {
  const id = syncKustomization(directory, '');
  const made = impliedObject('', '', id, `${id.group}/v1`, new Map());
  const object: RenderedObject = { ...made, unknown: [['spec', 'postBuild']] };
  return build.render({ cluster: '', key: object.key, object, path: directory, tree }, unknownEnvironment);
}

/**
 * Overlays that no cluster applies, over a base that a cluster reads: the production beside the staging. They are
 * rendered for their faults alone; nothing else of the repository is judged unless a cluster applies it.
 */
export function* findUnappliedOverlays(
  repository: Repository,
  clusters: readonly LinkedCluster[],
): Steps<BuildResult[]> {
  const isRead = (file: FilePath): boolean => clusters.some((cluster) => cluster.readersOf(file).length > 0);
  const isReadFolder = (directory: FilePath): boolean =>
    (repository.list(directory) ?? []).some((entry) => isRead(joinPath(directory, entry.name) ?? entry.name));
  const overlays: BuildResult[] = [];
  const tree = folderTree(repository, '');
  for (const file of repository.yamlFiles()) {
    if (!isKustomizationFile(file) || isHidden(file) || isRead(file)) continue;
    const directory = directoryOf(file);
    const fields = repository.facts(file)?.documents[0]?.kustomization;
    const isOverlay = entriesOf(fields, 'resources').some(({ text }) => {
      const base = isRemote(text) ? undefined : joinPath(directory, text);
      return base !== undefined && text.startsWith('..') && repository.stat(base) === 'directory' && isReadFolder(base);
    });
    if (isOverlay) overlays.push(yield* renderOverlay(tree, directory));
    yield;
  }
  return overlays.sort((a, b) => ((a.owner.path ?? '') < (b.owner.path ?? '') ? -1 : 1));
}
