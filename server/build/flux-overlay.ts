import { directoryOf, type FilePath, joinPath, relativePath } from '../model/file-path';
import { isObject, itemsAt, type JsonObject, type JsonValue, objectAt, type Path } from '../model/json';
import { type Origin, originOf, type RenderedObject } from './build';
import { valueOf } from '../yaml/scalar';
import { isKustomizationFile } from './facts';
import { type EngineFault } from './kustomize/fault';
import { type ImageConfig, type Kustomization } from './kustomize/kustomization';
import { type LoadedKustomization } from './kustomize/load/kustomization';
import { type NamePlace } from './kustomize/load/read-file';
import { decodeKustomization } from './kustomize/read/kustomization-file';
import { asRepositoryPath, type RecordedFiles } from './recorded-files';

const empty = decodeKustomization(new Map<string, JsonValue>([['resources', ['-']]]));

/** Decodes values of a Flux Kustomization as the fields of a kustomization they become; undefined when they do not fit. */
function decodeFields(fields: JsonObject): Kustomization | undefined {
  const found = decodeKustomization(new Map<string, JsonValue>([['resources', ['-']], ...fields]));
  return found.kind === 'problem' ? undefined : { ...found.kustomization, resources: [] };
}

/** New names replace on their own, tag and digest as one (kustomize-controller 1.9.4). */
function mergeImages(own: readonly ImageConfig[], over: readonly ImageConfig[]): ImageConfig[] {
  const images = [...own];
  for (const image of over) {
    const at = images.findIndex(({ name }) => name === image.name);
    const old = images[at];
    if (old === undefined) {
      images.push(image);
      continue;
    }
    const hasTag = image.newTag !== '' || image.digest !== '';
    const { newTag, digest } = hasTag ? image : old;
    images[at] = { ...old, newName: image.newName === '' ? old.newName : image.newName, newTag, digest };
  }
  return images;
}

const renamed: Readonly<Record<string, string>> = { targetNamespace: 'namespace' };
const overlaid = ['targetNamespace', 'namePrefix', 'nameSuffix', 'components', 'patches', 'images', 'buildMetadata'];

/** What each Flux Kustomization made of a root: the identical one as long as both stand. */
const overlays = new WeakMap<LoadedKustomization, WeakMap<RenderedObject, LoadedKustomization>>();

/**
 * The root kustomization of a Flux Kustomization with its spec written over it, as the controller writes the file
 * before it builds (fluxcd/pkg kustomize/kustomize_generator.go): names and namespace replace, patches and components
 * follow the file's own, images merge by name.
 */
export function overlay(loaded: LoadedKustomization, owner: RenderedObject, files: RecordedFiles): LoadedKustomization {
  // Which components are there may change from build to build.
  if (objectAt(owner.value, 'spec')?.get('ignoreMissingComponents') === true) return layOver(loaded, owner, files);
  const known = overlays.get(loaded) ?? new WeakMap<RenderedObject, LoadedKustomization>();
  overlays.set(loaded, known);
  const made = known.get(owner) ?? layOver(loaded, owner, files);
  known.set(owner, made);
  return made;
}

function layOver(loaded: LoadedKustomization, owner: RenderedObject, files: RecordedFiles): LoadedKustomization {
  const spec = objectAt(owner.value, 'spec');
  const fields = new Map<string, JsonValue>();
  for (const field of overlaid) {
    const value = spec?.get(field);
    if (value !== undefined && value !== null && value !== '') fields.set(renamed[field] ?? field, value);
  }
  if (spec?.get('ignoreMissingComponents') === true) {
    const present = itemsAt(spec, 'components').filter(
      (entry) => typeof entry !== 'string' || files.stat(joinPath(loaded.directory, entry) ?? '') === 'directory',
    );
    fields.set('components', present);
  }
  const over = fields.size === 0 ? undefined : decodeFields(fields);
  const pathPlace = loaded.isGenerated === true ? originOf(owner, ['spec', 'path'])[0] : undefined;
  if (over === undefined) {
    // A copy of its own for each Flux Kustomization.
    return { ...loaded, placeOf: () => pathPlace && repositoryPlace(pathPlace) };
  }
  const own = loaded.kustomization;
  const kustomization: Kustomization = {
    ...own,
    namespace: over.namespace === '' ? own.namespace : over.namespace,
    namePrefix: over.namePrefix === '' ? own.namePrefix : over.namePrefix,
    nameSuffix: over.nameSuffix === '' ? own.nameSuffix : over.nameSuffix,
    components: [...own.components, ...over.components],
    patches: [...own.patches, ...over.patches],
    images: mergeImages(own.images, over.images),
    buildMetadata: over.buildMetadata.length === 0 ? own.buildMetadata : over.buildMetadata,
  };
  const placeOf = (path: Path): ReturnType<NonNullable<LoadedKustomization['placeOf']>> => {
    const written = specPathOf(path, own, fields);
    const origin = written === undefined ? undefined : originOf(owner, ['spec', ...written])[0];
    const place = origin ?? pathPlace;
    return place && repositoryPlace(place);
  };
  return { ...loaded, kustomization, placeOf };
}

const repositoryPlace = ({ file, document, path }: Origin): NamePlace => ({
  file: asRepositoryPath(file),
  document,
  path,
});

/** Where in the spec a value of the overlaid kustomization stands; undefined for the file's own. */
function specPathOf([field, index, ...rest]: Path, own: Kustomization, fields: JsonObject): Path | undefined {
  if (field === 'namespace' && fields.has('namespace')) return ['targetNamespace'];
  if ((field === 'namePrefix' || field === 'nameSuffix') && fields.has(field)) return [field];
  if ((field !== 'patches' && field !== 'components') || typeof index !== 'number') return undefined;
  const before = own[field].length;
  return index < before ? undefined : [field, index - before, ...rest];
}

/**
 * The kustomization Flux generates for a folder without one: every YAML file below it in name order; a folder with a
 * kustomization counts as one resource and is not entered. Ignore files shaped the artifact already.
 */
export function generatedKustomization(files: RecordedFiles, directory: FilePath): LoadedKustomization {
  return files.part(`generated ${directory}`, () => {
    const resources = filesBelow(files, directory, 0).map((path) => relativePath(directory, path));
    const base = empty.kind === 'problem' ? undefined : empty.kustomization;
    const value: LoadedKustomization = {
      kind: 'loaded',
      directory,
      file: joinPath(directory, 'kustomization.yaml') ?? '',
      document: 0,
      kustomization: { ...(base as Kustomization), resources },
      moved: { bases: resources.length, imageTags: 0 },
      isGenerated: true,
    };
    return { value, isReusable: true };
  });
}

// Far beyond any real tree; bounds the stack on hostile ones.
const deepest = 200;

function filesBelow(files: RecordedFiles, directory: FilePath, depth: number): FilePath[] {
  const found: FilePath[] = [];
  for (const { name, kind } of files.list(directory) ?? []) {
    const path = joinPath(directory, name) ?? name;
    if (kind === 'file') {
      if (/\.ya?ml$/.test(name)) found.push(path);
      continue;
    }
    const isKustomization = files.list(path)?.some((entry) => entry.kind === 'file' && isKustomizationFile(entry.name));
    if (isKustomization === true) found.push(path);
    else if (depth < deepest) found.push(...filesBelow(files, path, depth + 1));
  }
  return found;
}

/**
 * The root kustomization without the fields that kustomize does not know: Flux reads and rewrites it first, which drops
 * them. undefined when something else is wrong with it.
 */
export function lenientKustomization(files: RecordedFiles, fault: EngineFault): LoadedKustomization | undefined {
  const isLenient = fault.code === 'field-unknown' || fault.code === 'kustomization-empty';
  const document = isLenient ? files.tree.yaml(fault.file)?.documents[0]?.document : undefined;
  const value = document && valueOf(document, document.root, 'kustomization');
  if (!isObject(value)) return undefined;
  let fields: JsonObject = value;
  // Each round drops one field, so a file of fields that mean nothing ends.
  for (let rounds = 0; rounds < 100; rounds++) {
    const found = decodeKustomization(fields);
    if (found.kind === 'decoded') {
      const { kustomization, moved } = found;
      return {
        kind: 'loaded',
        directory: directoryOf(fault.file),
        file: fault.file,
        document: 0,
        kustomization,
        moved,
      };
    }
    const [field] = found.path;
    if (found.code === 'kustomization-empty') return emptyRoot(fault.file);
    if (found.code !== 'field-unknown' || found.path.length !== 1) return undefined;
    fields = new Map([...fields].filter(([name]) => name !== field));
  }
  return undefined;
}

function emptyRoot(file: FilePath): LoadedKustomization | undefined {
  if (empty.kind === 'problem') return undefined;
  const kustomization = { ...empty.kustomization, resources: [] };
  const moved = { bases: 0, imageTags: 0 };
  return { kind: 'loaded', directory: directoryOf(file), file, document: 0, kustomization, moved };
}
