import { type RenderedObject } from '../build/build';
import { type FilePath } from '../model/file-path';
import { type DocumentRef } from '../model/resource';
import { type Snapshot } from '../workspace/snapshot';

/**
 * Folder of the repository that the source of a Flux Kustomization serves, whose `spec.path` starts there; the root
 * when that is not known, since most sources serve the whole repository.
 */
export function sourceFolder(snapshot: Snapshot | undefined, document: DocumentRef): FilePath {
  for (const object of snapshot?.renderedFrom(document) ?? []) {
    const folder = sourceFolderOf(snapshot, object);
    if (folder !== undefined) return folder;
  }
  return '';
}

function sourceFolderOf(snapshot: Snapshot | undefined, object: RenderedObject): FilePath | undefined {
  const cluster = snapshot?.clusters.find((candidate) => candidate.cluster.path === object.address.cluster);
  return cluster?.kustomization(object.key)?.tree?.repositoryPath('');
}
