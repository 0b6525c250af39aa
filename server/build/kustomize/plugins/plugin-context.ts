import { type Path } from '../../../model/json';
import { type FileContent, type TextSource, type TransformContext } from '../context';
import { faultAt, type EngineFault } from '../fault';
import { type Node } from '../node';
import { type Origin } from '../origin';
import { type EngineResource } from '../resource';

/**
 * The context of a kustomization for one of its configuration objects: files are looked up as before, causes and
 * faults stand in the object where it was read from a document, else at its entry.
 */
export class PluginContext implements TransformContext {
  readonly origins;
  readonly directory;
  readonly config;
  readonly schema;
  readonly isPart;
  readonly go;
  readonly place;
  readonly #entry: Path;

  constructor(
    private readonly outer: TransformContext,
    private readonly kind: string,
    /** The configuration object. */
    object: Node,
    /** The field of the kustomization that brought it. */
    entry: Path,
  ) {
    this.origins = outer.origins;
    this.directory = outer.directory;
    this.config = outer.config;
    this.schema = outer.schema;
    this.isPart = outer.isPart;
    this.go = outer.go;
    const place = this.origins.placeOf(object.origin);
    // An object written in the kustomization stands where its text does.
    this.#entry = this.origins.causeOf(object.origin)?.path ?? entry;
    const isElsewhere = place !== undefined && place.file !== outer.place.file;
    this.place = isElsewhere ? { file: place.file, document: place.document } : outer.place;
  }

  made(): WeakMap<EngineResource, EngineResource> {
    return new WeakMap();
  }

  #path(path: Path): Path {
    return this.place === this.outer.place ? this.#entry : path;
  }

  cause(_field: string, path: Path, previous?: Origin): Origin {
    return { field: this.kind, ...this.place, path: this.#path(path), previous };
  }

  fault(code: string, message: string, path: Path): EngineFault {
    return faultAt({ ...this.place, path: this.#path(path) }, code, message);
  }

  readFile(name: string, path: Path, role?: 'patch' | 'entry' | 'data'): FileContent | EngineFault {
    const content = this.outer.readFile(name, this.#entry, role);
    return 'code' in content ? this.fault(content.code, content.message, path) : content;
  }

  readResources(text: string, source: TextSource, path: Path): readonly EngineResource[] | EngineFault {
    return this.outer.readResources(text, source, this.#path(path));
  }

  readValues(
    text: string,
    source: TextSource,
    path: Path,
    dialect?: 'go-yaml-v3' | 'kustomization',
  ): readonly Node[] | EngineFault {
    return this.outer.readValues(text, source, this.#path(path), dialect);
  }
}
