import { isArray, isObject, type JsonObject, type JsonValue, objectAt, type Path } from '../../model/json';
import { type ImageConfig, type Kustomization, type PatchConfig } from '../kustomize/kustomization';
import { Decoder } from '../kustomize/read/decode';
import { decodeKustomization } from '../kustomize/read/kustomization-file';

/** Why Flux refuses to lay a spec over a kustomization; the path is in the Flux Kustomization. */
export interface OverlayFault {
  readonly code: 'field-type' | 'component-remote';
  readonly path: Path;
  readonly message: string;
}

/** A kustomization with a Flux spec laid over it. */
export interface OverlaidKustomization {
  readonly kustomization: Kustomization;
  /** Where in the Flux Kustomization a value of the kustomization stands; undefined for the file's own. */
  readonly specPath: (path: Path) => Path | undefined;
}

const remotePrefixes = ['git::', 'gh:', 'ssh://', 'https://', 'http://', 'git@', 'github.com:', 'github.com/'];

/** The rule of fluxcd/pkg kustomize for `spec.components`. */
export function isLocalRelativePath(path: string): boolean {
  const lower = path.toLowerCase();
  if (remotePrefixes.some((prefix) => prefix.length < path.length && lower.startsWith(prefix))) return false;
  return !lower.replace(/^file:\/\//, '').startsWith('/');
}

/**
 * The root kustomization of a Flux Kustomization as the controller writes it before the build (fluxcd/pkg
 * kustomize/kustomize_generator.go 1.44): names and namespace replace; patches and components follow the file's own;
 * images merge by name; build metadata replaces. What the controller's own type leaves out does not count: empty texts,
 * nulls, and since 1.0 the patch fields of older API versions. `exists`: whether a component is there, asked where
 * missing ones are ignored. `isGenerated`: Flux made the kustomization for a folder without one.
 */
export function overlay(
  own: Kustomization,
  owner: JsonObject,
  { exists, isGenerated }: { readonly exists: (component: string) => boolean; readonly isGenerated: boolean },
): OverlaidKustomization | OverlayFault {
  const reader = new SpecReader(objectAt(owner, 'spec') ?? new Map());
  const namespace = reader.text('targetNamespace');
  const namePrefix = reader.text('namePrefix');
  const nameSuffix = reader.text('nameSuffix');
  const patches = reader.patches();
  const components = reader.components(exists);
  const images = mergeImages(own.images, reader.images());
  const buildMetadata = reader.texts('buildMetadata');
  if (reader.fault !== undefined) return reader.fault;
  // Without resources the controller adds this, lest kustomize finds the file empty.
  const ownMetadata = !isGenerated && own.resources.length === 0 ? ['originAnnotations'] : own.buildMetadata;
  const kustomization: Kustomization = {
    ...own,
    namespace: namespace ?? own.namespace,
    namePrefix: namePrefix ?? own.namePrefix,
    nameSuffix: nameSuffix ?? own.nameSuffix,
    patches: [...own.patches, ...patches],
    components: [...own.components, ...components.map(({ text }) => text)],
    images: images.map(({ image }) => image),
    buildMetadata: buildMetadata.length > 0 ? buildMetadata : ownMetadata,
  };
  const replaced: Readonly<Record<string, string | undefined>> = { targetNamespace: namespace, namePrefix, nameSuffix };
  const specPath = ([field, index, ...rest]: Path): Path | undefined => {
    const name = field === 'namespace' ? 'targetNamespace' : String(field);
    if (replaced[name] !== undefined) return ['spec', name];
    if (field === 'buildMetadata' && buildMetadata.length > 0)
      return ['spec', field, ...(index === undefined ? [] : [index])];
    if (typeof index !== 'number') return undefined;
    if (field === 'images') {
      const at = images[index]?.from;
      return at === undefined ? undefined : ['spec', field, at, ...rest];
    }
    if (field === 'components') {
      const at = components[index - own.components.length]?.index;
      return at === undefined ? undefined : ['spec', field, at];
    }
    if (field !== 'patches' || index < own.patches.length) return undefined;
    return ['spec', field, index - own.patches.length, ...rest];
  };
  return { kustomization, specPath };
}

/** A new name stands on its own, tag and digest as one (since kustomize-controller 1.9.4). `from`: index in the spec. */
function mergeImages(
  own: readonly ImageConfig[],
  over: readonly ImageConfig[],
): readonly { readonly image: ImageConfig; readonly from: number | undefined }[] {
  const images: { image: ImageConfig; from: number | undefined }[] = own.map((image) => ({ image, from: undefined }));
  for (const [from, image] of over.entries()) {
    const at = images.findIndex(({ image: { name } }) => name === image.name);
    const old = images[at]?.image;
    if (old === undefined) {
      images.push({ image: { ...image, tagSuffix: '' }, from });
      continue;
    }
    const { newTag, digest } = image.newTag !== '' || image.digest !== '' ? image : old;
    images[at] = { image: { ...old, newName: image.newName || old.newName, newTag, digest }, from };
  }
  return images;
}

/** Reads the fields of a spec that are laid over; the first that does not fit is kept as `fault`. */
class SpecReader {
  fault: OverlayFault | undefined;

  constructor(private readonly spec: JsonObject) {}

  #refuse(code: OverlayFault['code'], path: Path, message: string): void {
    this.fault ??= { code, path: ['spec', ...path], message };
  }

  #value(field: string): JsonValue | undefined {
    return this.spec.get(field) ?? undefined;
  }

  /** undefined where the field is not there, or empty. */
  text(field: string): string | undefined {
    const value = this.#value(field);
    if (typeof value === 'string' || value === undefined) return value === '' ? undefined : value;
    this.#refuse('field-type', [field], `${field} takes text. Flux cannot build this.`);
    return undefined;
  }

  #list(field: string): readonly JsonValue[] {
    const value = this.#value(field);
    if (isArray(value)) return value;
    if (value !== undefined) this.#refuse('field-type', [field], `${field} takes a list. Flux cannot build this.`);
    return [];
  }

  texts(field: string): readonly string[] {
    const decoder = new Decoder();
    const texts = decoder.texts(this.#list(field), [field]);
    if (decoder.problem !== undefined) this.#refuse('field-type', decoder.problem.path, decoder.problem.message);
    return texts;
  }

  components(exists: (component: string) => boolean): readonly { readonly text: string; readonly index: number }[] {
    const found: { text: string; index: number }[] = [];
    const ignoresMissing = this.spec.get('ignoreMissingComponents') === true;
    for (const [index, text] of this.texts('components').entries()) {
      if (!isLocalRelativePath(text)) {
        const message = `${text} is no relative path in the repository. Flux takes no other components here.`;
        this.#refuse('component-remote', ['components', index], message);
      }
      if (!ignoresMissing || exists(text)) found.push({ text, index });
    }
    return found;
  }

  /** Of an entry only the fields that the API has reach kustomize. */
  #decode<T>(field: string, known: readonly string[], pick: (decoded: Kustomization) => readonly T[]): readonly T[] {
    const entries = this.#list(field).map((entry) =>
      isObject(entry) ? new Map([...entry].filter(([name]) => known.includes(name))) : entry,
    );
    const found = decodeKustomization(
      new Map<string, JsonValue>([
        ['resources', ['-']],
        [field, entries],
      ]),
    );
    if (found.kind === 'decoded') return pick(found.kustomization);
    this.#refuse('field-type', found.path, found.message);
    return [];
  }

  patches(): readonly PatchConfig[] {
    return this.#decode('patches', ['patch', 'target'], ({ patches }) => patches);
  }

  images(): readonly ImageConfig[] {
    return this.#decode('images', ['name', 'newName', 'newTag', 'digest'], ({ images }) => images);
  }
}
