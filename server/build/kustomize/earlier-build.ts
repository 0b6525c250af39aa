import { differingPart } from '../../model/differing-part';
import { type FilePath } from '../../model/file-path';
import { type Kustomization } from './kustomization';
import { type EngineResource } from './resource';
import { type ResourcePlaces } from './resource-places';
import { areSameId } from './transform/identity';

/** What an earlier build left for one that builds what changed since. Files are called as the build calls them. */
export interface Remains {
  /** All objects before references were fixed. */
  readonly candidates: ResourcePlaces;
  /** What was read of the files that changed last. */
  readonly read: ReadonlyMap<FilePath, readonly EngineResource[]>;
}

/**
 * An earlier build of the same root, of whose files some hold other objects now: only what is read of those goes through
 * the kustomizations again. A part of a build comes to what it comes to in the whole as long as every step looks at
 * one object at a time ({@link isDivisible}) and the objects are called what they were called. Serves one build.
 */
export class EarlierBuild {
  /** What was read of the changed files. */
  readonly read = new Map<FilePath, readonly EngineResource[]>();
  /** Objects of the part before references were fixed. */
  part: readonly EngineResource[] = [];
  /** How many objects of a file go through again, where that is not all of them. */
  readonly #expected = new Map<FilePath, number>();

  constructor(
    private readonly before: Remains,
    /** Files whose objects may be others now. */
    private readonly changed: ReadonlySet<FilePath>,
  ) {}

  isChanged(file: FilePath): boolean {
    return this.changed.has(file);
  }

  /** Those of the objects of a file that are not the ones read before, as far as that is known. */
  changedOf(file: FilePath, resources: readonly EngineResource[]): readonly EngineResource[] {
    if (!this.changed.has(file)) return resources;
    this.read.set(file, resources);
    const before = this.before.read.get(file);
    const isOneToOne =
      before?.length === resources.length && before.length === this.before.candidates.ofFile(file).length;
    if (before === undefined || !isOneToOne) return resources;
    const part = differingPart(before, resources).now;
    this.#expected.set(file, part.length);
    return part;
  }

  /** All objects, those of the part in the place of their earlier forms; undefined when some came, went, moved or were renamed. */
  with(part: readonly EngineResource[]): ResourcePlaces | undefined {
    const { candidates } = this.before;
    if (!candidates.areDistinct) return undefined;
    this.part = part;
    const replaced = new Map<number, EngineResource>();
    let last = -1;
    for (const resource of part) {
      const place = candidates.placeOf(resource) ?? -1;
      const before = candidates.all[place];
      // One that is called as another file's has come, and is one too many.
      if (before === undefined || candidates.fileOf(before) !== candidates.fileOf(resource)) return undefined;
      if (place <= last || !haveSameNames(before, resource)) return undefined;
      replaced.set(place, resource);
      last = place;
    }
    const isWhole = [...this.changed].every((file) => {
      const places = candidates.ofFile(file);
      const count = places.filter((place) => replaced.has(place)).length;
      return count === (this.#expected.get(file) ?? places.length);
    });
    return isWhole ? candidates.with(replaced) : undefined;
  }
}

const areEqual = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, index) => text === b[index]);

function haveSameNames(a: EngineResource, b: EngineResource): boolean {
  return (
    areEqual(a.prefixes, b.prefixes) &&
    areEqual(a.suffixes, b.suffixes) &&
    a.previousIds.length === b.previousIds.length &&
    a.previousIds.every((id, index) => {
      const other = b.previousIds[index];
      return other !== undefined && areSameId(id, other) && id.namespace === other.namespace;
    })
  );
}

/** True when every step of a kustomization makes of an object what it makes of it among others. */
export function isDivisible(kustomization: Kustomization): boolean {
  const { generators, transformers, validators, replacements, vars, helmCharts, openapi, buildMetadata } =
    kustomization;
  const { configMapGenerator, secretGenerator, patches } = kustomization;
  return (
    [generators, transformers, validators, replacements, vars, helmCharts, buildMetadata].every(
      (list) => list.length === 0,
    ) &&
    openapi.size === 0 &&
    [...configMapGenerator, ...secretGenerator].every(({ behavior }) => behavior === '' || behavior === 'create') &&
    patches.every(({ options }) => options === undefined || !(options.allowNameChange || options.allowKindChange))
  );
}
