import { type FilePath } from '../../model/file-path';
import { type Path } from '../../model/json';
import { type GoRelease } from './emit/text-keys';
import { type EngineFault } from './fault';
import { type Node } from './node';
import { type CustomSchema } from './openapi/custom-schema';
import { type Origin, type Origins } from './origin';
import { type EngineResource } from './resource';
import { type TransformerConfig } from './transformer-config';

/** Content of a file that a kustomization names. */
export interface FileContent {
  /** From the root of the build, `/` between parts. */
  readonly file: FilePath;
  /** Invalid bytes replaced where `bytes` is given. */
  readonly text: string;
  /** The bytes as they are; given only where the content is not valid UTF-8. */
  readonly bytes: Uint8Array | undefined;
}

/** Where a text stands that is read as YAML: a file of its own, or a scalar of a kustomization with the origin given. */
export type TextSource = { readonly file: FilePath } | { readonly origin: Origin };

/** What the OpenAPI schema in force says (Kubernetes 1.21.2 unless `openapi` names a file). */
export interface SchemaFacts {
  /** The file of `openapi.path` that the build uses, in place of the built-in schema; undefined: the built-in one. */
  readonly custom: CustomSchema | undefined;
}

/**
 * What a transformer or generator knows beside its resources and configuration. Bound to one kustomization file (or
 * to one configuration object of `transformers`): `place`, the faults and the causes stand there.
 */
export interface TransformContext {
  /**
   * What a step made of single resources in earlier builds, to be filled by it; the same as long as the kustomization
   * and the tables in force are identical. `step` names it among all steps of the kustomization.
   */
  made(step: string): WeakMap<EngineResource, EngineResource>;
  readonly origins: Origins;
  /** The file and document whose configuration is carried out. */
  readonly place: { readonly file: FilePath; readonly document: number };
  /** Folder relative names in it are looked up in. */
  readonly directory: FilePath;
  /** Field specs and name references in force: the defaults, those of bases and of `configurations`. */
  readonly config: TransformerConfig;
  readonly schema: SchemaFacts;
  /** True where the resources may be a part of all: what finds none of them may be for another. */
  readonly isPart: boolean;
  readonly go: GoRelease;
  /** Origin of a value that is put there by `path` of the bound document; `previous` is what stood there. */
  cause(field: string, path: Path, previous?: Origin): Origin;
  /** A fault at `path` of the bound document. */
  fault(code: string, message: string, path: Path): EngineFault;
  /**
   * Reads a file named at `path` of the bound document, looked up from `directory`; `role` says what it is to the build: a
   * patch, one entry of a ConfigMap or Secret, or data of several; those two may be other than UTF-8.
   */
  readFile(name: string, path: Path, role?: 'patch' | 'entry' | 'data'): FileContent | EngineFault;
  /** All objects of a text, lists taken apart, as `resources` reads them; faults name the place inside a file source. */
  readResources(text: string, source: TextSource, path: Path): readonly EngineResource[] | EngineFault;
  /** The documents of a text as plain values, whatever they are. `1.1` reads booleans as sigs.k8s.io/yaml does. */
  readValues(
    text: string,
    source: TextSource,
    path: Path,
    dialect?: 'go-yaml-v3' | 'kustomization',
  ): readonly Node[] | EngineFault;
}

/** A transformer: resources in their order in, in their order out; unchanged ones are the identical objects. */
export type Transformer<Config> = (
  resources: readonly EngineResource[],
  config: Config,
  context: TransformContext,
) => readonly EngineResource[] | EngineFault;
