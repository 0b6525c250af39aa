import { type FilePath } from '../../model/file-path';
import { type Kustomization } from './kustomization';
import { type EngineResource } from './resource';
import { type ResourcePlaces } from './resource-places';
import { areSameId } from './transform/identity';

/**
 * An earlier build of the same root, of whose files some hold other objects now: only what is read of those goes through
 * the kustomizations again. A part of a build comes to what it comes to in the whole as long as every step looks at
 * one object at a time ({@link isDivisible}) and the objects are called what they were called.
 */
export class EarlierBuild {
  constructor(
    /** Its objects before references were fixed. */
    private readonly candidates: ResourcePlaces,
    /** Files, as the build names them, whose objects may be others now. */
    private readonly changed: ReadonlySet<FilePath>,
  ) {}

  isChanged(file: FilePath): boolean {
    return this.changed.has(file);
  }

  /** All objects, those of the part in the place of their earlier forms; undefined when some came, went or were renamed. */
  with(part: readonly EngineResource[]): ResourcePlaces | undefined {
    const { candidates } = this;
    if (!candidates.areDistinct) return undefined;
    const replaced = new Map<number, EngineResource>();
    for (const resource of part) {
      const place = candidates.placeOf(resource) ?? -1;
      const before = candidates.all[place];
      // One that is called as another file's has come, and is one too many.
      if (before === undefined || candidates.fileOf(before) !== candidates.fileOf(resource)) return undefined;
      if (!haveSameNames(before, resource)) return undefined;
      replaced.set(place, resource);
    }
    const isWhole = [...this.changed].every((file) => candidates.ofFile(file).every((place) => replaced.has(place)));
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
