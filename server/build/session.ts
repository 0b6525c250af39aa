import { type EntryKind } from '../model/ports';
import { type FilePath } from '../model/file-path';
import { type BuildFault, type Hole, type InputRole, type SourceTree } from './build';
import { type FileFacts } from './facts';

/** One run of a build: its tree, and everything it read, met and could not know. */
export class Session {
  readonly holes: Hole[] = [];
  readonly faults: BuildFault[] = [];
  readonly inputs = new Map<FilePath, InputRole>();
  readonly unreadable = new Map<FilePath, NonNullable<FileFacts['unreadable']>>();
  readonly asked = new Set<FilePath>();

  constructor(readonly tree: SourceTree) {}

  stat(path: FilePath): EntryKind {
    this.#ask(path);
    return this.tree.stat(path);
  }

  list(directory: FilePath): ReturnType<SourceTree['list']> {
    this.#ask(directory);
    return this.tree.list(directory);
  }

  /** Reads a file as objects or as a kustomization and remembers what it is to the build. */
  facts(path: FilePath, role: InputRole): FileFacts | undefined {
    const facts = this.tree.facts(path);
    if (facts === undefined) this.#ask(path);
    else this.use(facts.path, role);
    if (facts?.unreadable !== undefined) this.unreadable.set(facts.path, facts.unreadable);
    return facts;
  }

  /** Text of a patch file; undefined when it is missing or unreadable. */
  patchText(path: FilePath): string | undefined {
    const file = this.tree.yaml(path);
    if (file === undefined) {
      this.#ask(path);
      return undefined;
    }
    this.use(file.path, 'patch');
    return file.text;
  }

  /** The first role counts, but data gives way: a file may be read as an object and as generator input. */
  use(file: FilePath, role: InputRole): void {
    const before = this.inputs.get(file);
    if (before === undefined || before === 'data') this.inputs.set(file, role);
  }

  #ask(path: FilePath): void {
    this.asked.add(this.tree.repositoryPath(path) ?? path);
  }
}
