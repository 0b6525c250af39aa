import { type FilePath } from '../../model/file-path';
import { type Origins } from './origin';
import { type EngineResource } from './resource';
import { keyOf } from './resource-list';

interface Index {
  readonly byKey: ReadonlyMap<string, number>;
  readonly byFile: ReadonlyMap<FilePath, readonly number[]>;
}

/** The objects of a build, found by what they are called and by the file they were read from. Immutable. */
export class ResourcePlaces {
  private constructor(
    readonly all: readonly EngineResource[],
    private readonly origins: Origins,
    private index: Index | undefined,
  ) {}

  static of(all: readonly EngineResource[], origins: Origins): ResourcePlaces {
    return new ResourcePlaces(all, origins, undefined);
  }

  get #index(): Index {
    if (this.index !== undefined) return this.index;
    const byKey = new Map<string, number>();
    const byFile = new Map<FilePath, number[]>();
    for (const [place, resource] of this.all.entries()) {
      byKey.set(keyOf(resource), place);
      const file = this.fileOf(resource);
      if (file === undefined) continue;
      const places = byFile.get(file);
      if (places === undefined) byFile.set(file, [place]);
      else places.push(place);
    }
    return (this.index = { byKey, byFile });
  }

  /** True when no two objects are called the same. */
  get areDistinct(): boolean {
    return this.#index.byKey.size === this.all.length;
  }

  /** Where the object stands that is called as this one; undefined when none is. */
  placeOf(resource: EngineResource): number | undefined {
    return this.#index.byKey.get(keyOf(resource));
  }

  /** The file, as the build names it, that an object was read from; undefined for one that a generator made. */
  fileOf({ node }: EngineResource): FilePath | undefined {
    return this.origins.placeOf(node.origin)?.file;
  }

  files(): Iterable<FilePath> {
    return this.#index.byFile.keys();
  }

  /** Where the objects of a file stand. */
  ofFile(file: FilePath): readonly number[] {
    return this.#index.byFile.get(file) ?? [];
  }

  /** The list with other objects at some places, each called as the one before it and read from the same file. */
  with(replaced: ReadonlyMap<number, EngineResource>): ResourcePlaces {
    const all = [...this.all];
    for (const [place, resource] of replaced) all[place] = resource;
    return new ResourcePlaces(all, this.origins, this.#index);
  }
}
