import { type EntryKind, type ReadResult } from '../model/ports';
import { type FilePath } from '../model/file-path';
import { type Steps } from '../model/steps';
import { openFile, type YamlFile } from '../yaml/file';
import { type InputRole, type SourceTree } from './build';
import { type BuildMemory, Reads } from './build-memory';
import { type EngineFiles, type Part } from './kustomize/load/files';

// No path holds this character.
const mark = '\0';

/** A path of the repository for places that the engine only carries along, told apart from those of the source. */
export function asRepositoryPath(path: FilePath): FilePath {
  return mark + path;
}

/** True for a path that {@link asRepositoryPath} made. */
export function isOfRepository(path: FilePath): boolean {
  return path.startsWith(mark);
}

/** The files of a source as the engine asks for them; remembers what was read, as what, and what was looked for. */
export class RecordedFiles implements EngineFiles {
  readonly #all = new Reads();
  #reads = this.#all;

  /** @param memory parts of earlier builds are taken from it where it is given. */
  constructor(
    readonly tree: SourceTree,
    private readonly memory?: BuildMemory,
    /** {@link BuildMemory.time} at which the earlier build ended whose changes are built. */
    private readonly since = -1,
  ) {}

  /** Everything that was read or asked so far, taken together. */
  record(): Pick<Reads, 'inputs' | 'unreadable' | 'asked'> {
    const record = new Reads();
    gather(this.#all, record);
    return record;
  }

  *part<T>(name: string, make: () => Steps<Part<T>>): Steps<T> {
    const outer = this.#reads;
    const kept = this.memory?.find(this.tree.identity, name);
    if (kept !== undefined) {
      outer.below.push(kept.reads);
      // A name stands for one kind of part.
      return kept.value as T;
    }
    const reads = new Reads();
    this.#reads = reads;
    const { value, isReusable } = yield* make();
    this.#reads = outer;
    outer.below.push(reads);
    if (isReusable) this.memory?.keep(this.tree.identity, name, reads, value);
    return value;
  }

  kept(name: string): { readonly isUntouched: boolean } | undefined {
    const kept = this.memory?.find(this.tree.identity, name);
    return kept && { isUntouched: kept.at <= this.since };
  }

  stat(path: FilePath): EntryKind {
    this.#ask(path);
    return this.tree.stat(path);
  }

  list(directory: FilePath): ReturnType<SourceTree['list']> {
    this.#ask(directory);
    return this.tree.list(directory);
  }

  read(path: FilePath): ReadResult {
    this.#ask(path);
    // What the workspace holds as YAML is not read twice.
    const held = this.tree.yaml(path);
    if (held !== undefined) {
      this.uses(path, 'data');
      return { kind: 'text', text: held.text };
    }
    const read = this.tree.read(path);
    if (read.kind === 'missing') return read;
    this.uses(path, 'data');
    const unreadable = this.tree.facts(path)?.unreadable;
    if (read.kind === 'text' || unreadable === undefined) return read;
    this.#reads.unreadable.set(this.tree.repositoryPath(path) ?? path, unreadable);
    return { kind: 'unreadable', reason: unreadable.message };
  }

  /** The trees that the workspace keeps. What is opened is at least a patch. */
  open(path: FilePath, text: string): YamlFile {
    this.uses(path, 'patch');
    const kept = this.tree.yaml(path);
    return kept?.text === text ? kept : openFile(path, text, 0);
  }

  /** The path in the repository of a place the engine names. */
  repositoryPath(path: FilePath): FilePath {
    return isOfRepository(path) ? path.slice(1) : (this.tree.repositoryPath(path) ?? path);
  }

  /** Says what a file is to the build; the more telling role stays. */
  uses(path: FilePath, role: InputRole): void {
    const file = this.tree.repositoryPath(path) ?? path;
    raise(this.#reads.inputs, file, role);
  }

  #ask(path: FilePath): void {
    this.#reads.asked.add(this.tree.repositoryPath(path) ?? path);
  }
}

const strength: readonly InputRole[] = ['data', 'patch', 'objects', 'kustomization'];

function raise(inputs: Map<FilePath, InputRole>, file: FilePath, role: InputRole): void {
  const before = inputs.get(file);
  if (before === undefined || strength.indexOf(role) > strength.indexOf(before)) inputs.set(file, role);
}

function gather(reads: Reads, into: Reads): void {
  for (const [file, role] of reads.inputs) raise(into.inputs, file, role);
  for (const [file, fault] of reads.unreadable) into.unreadable.set(file, fault);
  for (const path of reads.asked) into.asked.add(path);
  for (const below of reads.below) gather(below, into);
}
