import { type EntryKind, type ReadResult } from '../model/ports';
import { type FilePath } from '../model/file-path';
import { type JsonObject, type Path } from '../model/json';
import { type Steps } from '../model/steps';
import { type ObjectAddress } from '../model/object-address';
import { type DocumentRef, type Resource } from '../model/resource';
import { type ResourceId, type ResourceKey } from '../model/resource-id';
import { type YamlFile } from '../yaml/file';
import { type BuildMemory } from './build-memory';
import { type FileFacts } from './facts';
import { type WholeBuild } from './folder-rendering';
import { type BuildEnvironment, type SourceAnswers } from './flux/environment';

/**
 * What a source offers to the Kustomizations that read it. Paths are those inside the artifact; facts name
 * files of the repository. Every question is an input of the build that asks it.
 */
export interface SourceTree {
  /** Equal for trees that serve the same files in the same places. */
  readonly identity: string;
  /** Files and folders of which nothing is known, nor of what lies below: anything may stand there. */
  readonly unknown: readonly FilePath[];
  /** Most of what is read from the source is here, but not all: that these are its files is a guess. */
  readonly isGuessed: boolean;
  /** Names in a folder, sorted; undefined when the folder is missing. */
  list(directory: FilePath): readonly { readonly name: string; readonly kind: 'file' | 'directory' }[] | undefined;
  stat(path: FilePath): EntryKind;
  /** undefined when the file is missing. */
  facts(path: FilePath): FileFacts | undefined;
  /** {@link facts}, with a pause after each document that was not read before. */
  factsInSteps(path: FilePath): Steps<FileFacts | undefined>;
  /** The text as YAML; undefined when the file is missing or unreadable. */
  yaml(path: FilePath): YamlFile | undefined;
  /** The content of a file, whatever it is. */
  read(path: FilePath): ReadResult;
  /** True for a file of the repository that the source leaves out of its artifact. */
  isLeftOut(path: FilePath): boolean;
  /** True for a folder of the repository with files, of which the source takes none into its artifact. */
  leavesOut(directory: FilePath): boolean;
  /** The file or folder of the repository that stands at a path of the artifact; undefined when none does. */
  repositoryPath(path: FilePath): FilePath | undefined;
}

/** Which fields of an object are not known: everything, or what lies at or below the given paths. */
export type UnknownFields = 'everything' | readonly Path[];

/** What a hole may provide to the set it stands in. */
export type HoleProvides =
  | { readonly kind: 'anything' }
  | { readonly kind: 'kinds'; readonly kinds: readonly { readonly group: string; readonly kind: string }[] }
  | { readonly kind: 'nothing' };

/** Something that cannot be known from the files: a value, neither an error nor silence (design 2). */
export interface Hole {
  readonly reason:
    | 'not-rendered-yet'
    | 'remote'
    | 'unreadable'
    | 'encrypted'
    | 'outside-root'
    | 'unknown-source'
    | 'unknown-field'
    | 'inputs'
    | 'helm';
  /** One sentence that says what is not known and why. */
  readonly message: string;
  readonly provides: HoleProvides;
  /** Where the hole comes from: the entry of a kustomization, the field of a Flux object. */
  readonly at: (DocumentRef & { readonly path: Path }) | undefined;
}

/** A fault that makes the real build fail, or drops something silently; rules turn faults into findings. */
export interface BuildFault extends DocumentRef {
  readonly code: string;
  readonly path: Path;
  readonly part: 'key' | 'value';
  /** What the message needs: the entry as written, what it resolves to, what was expected. */
  readonly data: Readonly<Record<string, string>>;
}

/** An object as Flux would apply it, as far as it is known. */
export interface RenderedObject {
  readonly address: ObjectAddress;
  readonly key: ResourceKey;
  readonly id: ResourceId;
  readonly apiVersion: string;
  /** What it was declared as; undefined for an object that no file declares (a bootstrapped source). */
  readonly resource: Resource | undefined;
  /** Content with all known changes; undefined for kinds of which nothing is read (`kept-content.ts`). */
  readonly value: JsonObject | undefined;
  readonly unknown: UnknownFields;
  /** Where changed fields come from, most specific path first; all other fields come from `resource`. */
  readonly changes: readonly FieldChange[];
  /** True for what is made of sample inputs, or applied by it: shown as such, and never judged. */
  readonly isSample?: true;
}

/** Who applies a build. */
export interface BuildOwner {
  readonly cluster: string;
  /** Key of the Flux Kustomization. */
  readonly key: ResourceKey;
  /** The Flux Kustomization as rendered; an object without `resource` when the installation made it. */
  readonly object: RenderedObject;
  /** Folder inside the artifact; undefined when it is not known. */
  readonly path: FilePath | undefined;
}

/** A Flux Kustomization as rendered, with the files it reads. */
export interface FluxKustomization extends BuildOwner {
  /** undefined when the source's files are not in this repository or not known. */
  readonly tree: SourceTree | undefined;
}

/** A field that does not come from the same path of the document that declares the object. */
export interface FieldChange {
  readonly path: Path;
  readonly from: DocumentRef & { readonly path: Path };
  /**
   * `same`: a layer wrote what stood there already, so the place to edit is another and the value is not. `made`: the
   * parts of the value are not those of the place, which only asks for it. `gone`: the place is written, and nothing of
   * it is left. Without it the value is the one at the place.
   */
  readonly how?: 'same' | 'made' | 'gone';
}

/** What one Flux Kustomization applies. Reused as long as no input changes. */
export interface BuildResult {
  readonly owner: BuildOwner;
  /** Identity of the tree it was read from; undefined when there was none. */
  readonly tree: string | undefined;
  readonly objects: readonly RenderedObject[];
  readonly holes: readonly Hole[];
  readonly faults: readonly BuildFault[];
  /** Files of the repository that were read, and what they are to the build. */
  readonly inputs: ReadonlyMap<FilePath, InputRole>;
  /** Files among them that cannot be read as text. */
  readonly unreadable: ReadonlyMap<FilePath, NonNullable<FileFacts['unreadable']>>;
  /** Folders and paths whose listing or existence was asked. */
  readonly asked: ReadonlySet<FilePath>;
  /** Sources in whose folders it was looked up what objects of the build make, and the identity of their trees. */
  readonly trees: ReadonlyMap<ResourceKey, string | undefined>;
  /** Objects of the cluster whose values shaped the build: what variables and inputs come from, and what was found. */
  readonly sources: SourceAnswers;
  /** Of the environment it was made in ({@link signatureOf}). */
  readonly environment: string;
  /** What a build of changes goes on from; undefined where one thing depends on another, or nothing is remembered. */
  readonly whole: WholeBuild | undefined;
}

/** What a file is to a build. A patch is a fragment; data files are not read as objects. */
export type InputRole = 'kustomization' | 'objects' | 'patch' | 'data';

/** Renders what one Flux Kustomization applies; never throws, always returns what can be rendered plus holes. */
export interface Build {
  /** @param memory what earlier builds of the repository came to; without it everything is made anew. */
  render(kustomization: FluxKustomization, environment: BuildEnvironment, memory?: BuildMemory): Steps<BuildResult>;
  /**
   * What {@link render} would return after objects of files changed and nothing else, found by rendering those alone.
   * @param before a result for the same Kustomization and environment
   * @param changed files of the repository; none came or went
   * @returns undefined where only the whole tells
   */
  renderChanges(
    kustomization: FluxKustomization,
    environment: BuildEnvironment,
    memory: BuildMemory,
    before: BuildResult,
    changed: ReadonlySet<FilePath>,
  ): Steps<BuildResult | undefined>;
}

/** The place to edit for a field of a rendered object; `path` addresses the document's root. */
export interface Origin extends DocumentRef {
  readonly path: Path;
  readonly cause: 'declared' | 'transformed';
}

/** A value of a rendered object. */
export interface RenderedPlace {
  readonly address: ObjectAddress;
  readonly path: Path;
}

/**
 * The values of rendered objects that come from a place of a document, the inverse of {@link originOf}: what stands at
 * the place, at what it stands in or in it. Of an object that the document declares it is the path itself, unless
 * another place decides over it. Empty for what nothing comes from.
 * @param objects those that may come from it: whatever the builds that read the file render
 */
export function renderedAt(
  objects: Iterable<RenderedObject>,
  at: DocumentRef & { readonly path: Path },
): RenderedPlace[] {
  const places: RenderedPlace[] = [];
  const starts = (path: Path, start: Path): boolean =>
    start.length <= path.length && start.every((step, index) => step === path[index]);
  const isHere = ({ file, document }: DocumentRef): boolean => file === at.file && document === at.document;
  for (const { address, resource, changes } of objects) {
    if (resource !== undefined && isHere(resource) && starts(at.path, resource.at)) {
      const path = at.path.slice(resource.at.length);
      const isDecidedElsewhere = changes.some(({ path: changed, how }) => how !== 'same' && starts(path, changed));
      if (!isDecidedElsewhere) places.push({ address, path });
    }
    for (const { path, from, how } of changes) {
      if (how === 'gone' || !isHere(from)) continue;
      if (starts(from.path, at.path) || (how === 'made' && starts(at.path, from.path))) places.push({ address, path });
      else if (starts(at.path, from.path)) {
        places.push({ address, path: [...path, ...at.path.slice(from.path.length)] });
      }
    }
  }
  return places;
}

/** Origins of the value at a path, first the place to edit; empty for an object that no file declares. */
export function originOf(object: RenderedObject, path: Path): Origin[] {
  const origins: Origin[] = [];
  for (const change of object.changes) {
    if (change.path.length <= path.length && change.path.every((step, index) => step === path[index])) {
      origins.push({ ...change.from, cause: 'transformed' });
    }
  }
  const { resource } = object;
  if (resource !== undefined) {
    origins.push({
      file: resource.file,
      document: resource.document,
      path: [...resource.at, ...path],
      cause: 'declared',
    });
  }
  return origins;
}
