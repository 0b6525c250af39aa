import { type FilePath } from '../../model/file-path';
import { type Path } from '../../model/json';
import { type Steps } from '../../model/steps';
import { type Dialect } from '../../yaml/scalar';
import { type FileContent, type SchemaFacts, type TextSource, type TransformContext } from './context';
import { type GoRelease } from './emit/text-keys';
import { faultAt, isFault, type EngineFault } from './fault';
import { type LoadedKustomization } from './load/kustomization';
import { type NamePlace, readNamedFile, tooLarge } from './load/read-file';
import { type Node } from './node';
import { type Origin, type Origins } from './origin';
import { readDocuments } from './read/read-documents';
import { readResources, resourcesInSteps } from './read/resources';
import { type EngineResource } from './resource';
import { type Session } from './session';
import { type TransformerConfig } from './transformer-config';

// The API server refuses a ConfigMap or Secret whose values come to more bytes (Kubernetes, core.MaxSecretSize).
const largestEntry = 1024 * 1024;

type Made = Map<string, WeakMap<EngineResource, EngineResource>>;

/** By kustomization and tables; a kustomization is the identical one in builds that share it. */
const known = new WeakMap<LoadedKustomization, WeakMap<TransformerConfig, Made>>();

/** The context of one kustomization file, with the tables in force at one step of it. */
export class KustomizationContext implements TransformContext {
  readonly origins: Origins;
  readonly place: { readonly file: FilePath; readonly document: number };
  readonly directory: FilePath;
  readonly schema: SchemaFacts;
  readonly go: GoRelease;

  constructor(
    private readonly session: Session,
    private readonly loaded: LoadedKustomization,
    readonly config: TransformerConfig,
  ) {
    const { schema } = session;
    this.schema = { custom: schema === 'built-in' ? undefined : schema };
    this.origins = session.origins;
    this.go = session.go;
    this.place = { file: loaded.file, document: loaded.document };
    this.directory = loaded.directory;
  }

  get isPart(): boolean {
    return this.session.earlier !== undefined;
  }

  with(config: TransformerConfig): KustomizationContext {
    return new KustomizationContext(this.session, this.loaded, config);
  }

  made(step: string): WeakMap<EngineResource, EngineResource> {
    // A schema of the build's own belongs to that build.
    if (this.schema.custom !== undefined) return new WeakMap();
    const { loaded, config } = this;
    const tables = known.get(loaded) ?? new WeakMap<TransformerConfig, Made>();
    known.set(loaded, tables);
    const steps = tables.get(config) ?? new Map<string, WeakMap<EngineResource, EngineResource>>();
    tables.set(config, steps);
    const made = steps.get(step) ?? new WeakMap<EngineResource, EngineResource>();
    steps.set(step, made);
    return made;
  }

  cause(field: string, path: Path, previous?: Origin): Origin {
    return { field, ...this.#at(path), previous };
  }

  fault(code: string, message: string, path: Path): EngineFault {
    return faultAt(this.#at(path), code, message);
  }

  readFile(name: string, path: Path, role?: 'patch' | 'objects' | 'entry' | 'data'): FileContent | EngineFault {
    const { session } = this;
    const content = readNamedFile(session, this.directory, name, this.#at(path));
    if (isFault(content)) return content;
    // Other objects than those of the file may come out different.
    if (role !== 'objects' && session.earlier?.isChanged(content.file) === true) {
      return this.fault('not-in-part', `${name} changed, and is not read for its objects alone.`, path);
    }
    if (role === 'entry') {
      const isTooLarge = session.keepsGoing && content.text.length > largestEntry;
      return isTooLarge ? tooLarge(this.#at(path), name, content.text.length) : content;
    }
    if (content.bytes !== undefined && role !== 'data') {
      return this.fault('file-unreadable', `${name} is not UTF-8 text. Flux cannot build this.`, path);
    }
    if (role === 'patch') session.files.uses?.(content.file, role);
    return content;
  }

  readResources(text: string, source: TextSource, path: Path): readonly EngineResource[] | EngineFault {
    return readResources(this.session, text, { source, ...this.#at(path) });
  }

  /** The objects of a file that `resources` lists. */
  readObjectFile({ text, file }: FileContent, path: Path): Steps<readonly EngineResource[] | EngineFault> {
    return resourcesInSteps(this.session, text, { source: { file }, ...this.#at(path), skipsBroken: true });
  }

  readValues(text: string, source: TextSource, path: Path, dialect?: Dialect): readonly Node[] | EngineFault {
    const read = readDocuments(this.session, text, { source, ...this.#at(path) });
    if (isFault(read)) return read;
    const roots = read.documents.map(({ root }) => root);
    return dialect === 'kustomization' ? roots.slice(0, 1) : roots;
  }

  #at(path: Path): NamePlace {
    return this.loaded.placeOf?.(path) ?? { ...this.place, path: this.#written(path) };
  }

  /** A path as it stands in the file: entries taken over from old fields stand in those. */
  #written(path: Path): Path {
    const [field, index, ...rest] = path;
    if (typeof field !== 'string') return path;
    const { moved, spellings } = this.loaded;
    const spelled = (name: string): string => spellings?.get(name) ?? name;
    if (typeof index === 'number') {
      if (field === 'resources' && index >= moved.bases) return [spelled('bases'), index - moved.bases, ...rest];
      if (field === 'images' && index >= moved.imageTags) {
        return [spelled('imageTags'), index - moved.imageTags, ...rest];
      }
    }
    return spellings === undefined || spellings.size === 0 ? path : [spelled(field), ...path.slice(1)];
  }
}
