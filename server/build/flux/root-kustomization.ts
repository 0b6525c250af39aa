import { type FilePath, joinPath } from '../../model/file-path';
import { objectAt, type Path } from '../../model/json';
import { originOf, type RenderedObject } from '../build';
import { type EngineFault, isFault } from '../kustomize/fault';
import { type LoadedKustomization } from '../kustomize/load/kustomization';
import { type NamePlace } from '../kustomize/load/read-file';
import { asRepositoryPath, type RecordedFiles } from '../recorded-files';
import { isUnknownPlace } from '../unknown-places';
import { generateRoot } from './generated-kustomization';
import { lenientKustomization } from './lenient-kustomization';
import { overlay, type OverlayFault } from './overlay';

/** A root kustomization with the spec of its Flux Kustomization laid over it, or without it where that is refused. */
export interface RootKustomization {
  readonly loaded: LoadedKustomization;
  readonly fault: OverlayFault | undefined;
}

/**
 * The root kustomization that Flux builds in a folder: the one that is there, without what kustomize does not know, or a
 * generated one; with the spec laid over it. `read`: what the folder holds.
 */
export function fluxRoot(
  read: LoadedKustomization | EngineFault,
  { files, directory, owner }: FluxFolder,
): RootKustomization | EngineFault {
  let root = read;
  if (isFault(root) && root.code === 'kustomization-missing') root = generateRoot(files, directory);
  else if (isFault(root)) root = lenientKustomization(files, root) ?? root;
  return isFault(root) ? root : layOverOnce(root, owner, files);
}

/** The folder that a Flux Kustomization applies. */
export interface FluxFolder {
  readonly files: RecordedFiles;
  readonly directory: FilePath;
  readonly owner: RenderedObject;
}

/** What each Flux Kustomization made of a root: the identical one as long as both stand. */
const known = new WeakMap<LoadedKustomization, WeakMap<RenderedObject, RootKustomization>>();

/** Each Flux Kustomization gets a root of its own, even where its spec changes nothing. */
function layOverOnce(loaded: LoadedKustomization, owner: RenderedObject, files: RecordedFiles): RootKustomization {
  // Which components are there may change from build to build.
  if (objectAt(owner.value, 'spec')?.get('ignoreMissingComponents') === true) return layOver(loaded, owner, files);
  const roots = known.get(loaded) ?? new WeakMap<RenderedObject, RootKustomization>();
  known.set(loaded, roots);
  const made = roots.get(owner) ?? layOver(loaded, owner, files);
  roots.set(owner, made);
  return made;
}

function layOver(loaded: LoadedKustomization, owner: RenderedObject, files: RecordedFiles): RootKustomization {
  const isGenerated = loaded.isGenerated === true;
  const exists = (component: string): boolean => {
    const directory = joinPath(loaded.directory, component) ?? '';
    return files.stat(directory) === 'directory' || isUnknownPlace(files.tree, directory);
  };
  const over =
    owner.value === undefined ? undefined : overlay(loaded.kustomization, owner.value, { exists, isGenerated });
  const specPath = over !== undefined && 'specPath' in over ? over.specPath : (): undefined => undefined;
  const placeOf = (path: Path): NamePlace | undefined => {
    // What Flux made itself it made for the folder.
    const written = specPath(path) ?? (isGenerated ? ['spec', 'path'] : undefined);
    const origin = written && originOf(owner, written)[0];
    return origin && { file: asRepositoryPath(origin.file), document: origin.document, path: origin.path };
  };
  if (over === undefined || !('kustomization' in over)) return { loaded: { ...loaded, placeOf }, fault: over };
  return { loaded: { ...loaded, kustomization: over.kustomization, placeOf }, fault: undefined };
}
