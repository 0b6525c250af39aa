import { type RenderedObject } from '../build/build';
import { directoryOf, type FilePath, joinPath } from '../model/file-path';
import { type Path } from '../model/json';
import { type DocumentRef } from '../model/resource';
import { type ResourceId } from '../model/resource-id';
import { type RenderedCluster } from '../workspace/cluster';
import { referencesOf } from '../workspace/references';
import { kustomizationFileNames } from '../build/facts';
import { type FeatureContext } from './context';
import { type DocumentKind } from './document-schema';
import { pathFieldAt, pathOfEntry } from './path-field';
import { sourceFolder } from './source-folder';
import { tablePath } from './table-path';

/** What a reference of one rendered object means in its cluster. */
export interface ReferenceTarget {
  readonly cluster: RenderedCluster;
  readonly id: ResourceId;
  /** Empty: nothing in the repository has that id. */
  readonly objects: readonly RenderedObject[];
}

const isAtOrBelow = (path: Path, at: Path): boolean =>
  at.length <= path.length && at.every((step, index) => step === path[index]);

/** Targets of the reference that a path of a document belongs to, one for each object the document renders to. */
export function referenceTargets({ snapshot }: FeatureContext, document: DocumentRef, path: Path): ReferenceTarget[] {
  return (snapshot?.renderedFrom(document) ?? []).flatMap((object) => {
    const at = object.resource?.at ?? [];
    const cluster = snapshot?.clusters.find((candidate) => candidate.cluster.path === object.address.cluster);
    if (cluster === undefined || !isAtOrBelow(path, at)) return [];
    const inner = path.slice(at.length);
    const reference = referencesOf(object).find((candidate) => isAtOrBelow(inner, candidate.at));
    if (reference === undefined) return [];
    const { id } = reference.target;
    const found = cluster.find(id);
    return [{ cluster, id, objects: found.kind === 'found' ? found.objects : [] }];
  });
}

/** A path of the repository that the value at a path names. */
export interface NamedPath {
  readonly path: FilePath;
  readonly kind: 'file' | 'directory';
}

/** undefined when the value names no file or folder of this repository, or one that is not there. */
export function namedPath(
  context: FeatureContext,
  document: DocumentRef,
  kind: DocumentKind,
  path: Path,
  value: string,
): NamedPath | undefined {
  const field = pathFieldAt(kind, path);
  if (field === undefined || value === '' || value.includes('${') || value.includes('://')) return undefined;
  const base = field.from === 'file' ? directoryOf(document.file) : sourceFolder(context.snapshot, document);
  // From the root of a source a leading slash means nothing (kustomize-controller joins it to the artifact's folder).
  const relative = pathOfEntry(tablePath(path), field.from === 'source' ? value.replace(/^\/+/, '') : value);
  const target = joinPath(base, relative);
  const found = target === undefined ? 'missing' : context.files.stat(target);
  return target === undefined || found === 'missing' ? undefined : { path: target, kind: found };
}

/** The file that stands for a path in the editor: of a folder its kustomization file; undefined for a folder without one. */
export function fileToOpen(context: FeatureContext, { path, kind }: NamedPath): FilePath | undefined {
  if (kind === 'file') return path;
  return kustomizationFileNames
    .map((name) => (path === '' ? name : `${path}/${name}`))
    .find((candidate) => context.files.stat(candidate) === 'file');
}
