import { type FilePath } from '../model/file-path';
import { type Clock, type Files, type Git, type Log } from '../model/ports';
import { type Steps } from '../model/steps';
import { openFile, type YamlFile } from '../yaml/file';
import { type ReadingLimit } from '../yaml/reading-limit';
import { type Configuration, configurationFile, limitOf } from './configuration';
import { readConfiguration } from './configuration-file';
import { readFluxVersion } from './flux-target';
import { link, type LinkState } from './link';
import { LinkedSnapshot } from './linked-snapshot';
import { Repository } from './repository';
import { type Snapshot } from './snapshot';

export interface WorkspacePorts {
  readonly files: Files;
  readonly git: Pick<Git, 'remotes' | 'isTracked'>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface WorkspaceOptions {
  /** Release given on the command line; stands above all evidence. */
  readonly fluxVersion?: string;
  /** Whether `sweep` will be asked, which needs the stamps of all files from the start. */
  readonly sweeps?: boolean;
  /** Of documents, where the configuration names none; without it every document is read. */
  readonly readingLimit?: ReadingLimit;
}

/** The one mutable store of the server: texts of one root and the snapshot made of them. */
export interface Workspace {
  /** The newest complete snapshot; undefined before the first `link`. */
  readonly snapshot: Snapshot | undefined;
  /** Open text over disk. Cheap: nothing is analysed. Returns the parsed-on-demand file for pass A. */
  setText(path: FilePath, text: string, version: number): YamlFile;
  /** Back to the text on disk. */
  clearText(path: FilePath): void;
  /** Open file, if it is open. */
  openFile(path: FilePath): YamlFile | undefined;
  openFiles(): Iterable<YamlFile>;
  /** Files created, changed or deleted on disk (what happened is found by looking). */
  touch(paths: Iterable<FilePath>): void;
  /** True when `link` would make a new snapshot. */
  readonly isStale: boolean;
  /** Brings the snapshot up to date with all changes; the first call walks the root. */
  link(): Steps<Snapshot>;
  /** Compares every known file with the disk and touches those that differ: repairs lost events. */
  sweep(): Steps<number>;
}

/** A workspace over the files of one root. */
export function createWorkspace(ports: WorkspacePorts, options: WorkspaceOptions = {}): Workspace {
  return new RootWorkspace(ports, options);
}

// Beyond these a reader of changes starts over.
const rememberedChanges = 64;

class RootWorkspace implements Workspace {
  readonly #ports: WorkspacePorts;
  readonly #options: WorkspaceOptions;
  readonly #open = new Map<FilePath, YamlFile>();
  #changed = new Set<FilePath>();
  #limit: ReadingLimit;
  #generation = 0;
  #state: LinkState | undefined;
  #snapshot: LinkedSnapshot | undefined;
  readonly #history: { readonly generation: number; readonly changed: ReadonlySet<FilePath> }[] = [];
  /** Trees read by the newest `link`, kept until the next so that rules need not read them again. */
  #warm: YamlFile[] = [];

  constructor(ports: WorkspacePorts, options: WorkspaceOptions) {
    this.#ports = ports;
    this.#options = options;
    this.#limit = options.readingLimit ?? Infinity;
  }

  get snapshot(): Snapshot | undefined {
    return this.#snapshot;
  }

  get isStale(): boolean {
    return this.#state === undefined || this.#changed.size > 0;
  }

  setText(path: FilePath, text: string, version: number): YamlFile {
    const file = openFile(path, text, version, this.#open.get(path), limitOf(path, this.#limit));
    this.#open.set(path, file);
    this.#changed.add(path);
    return file;
  }

  clearText(path: FilePath): void {
    if (this.#open.delete(path)) this.#changed.add(path);
  }

  openFile(path: FilePath): YamlFile | undefined {
    return this.#open.get(path);
  }

  openFiles(): Iterable<YamlFile> {
    return this.#open.values();
  }

  touch(paths: Iterable<FilePath>): void {
    for (const path of paths) if (!this.#open.has(path)) this.#changed.add(path);
  }

  *link(): Steps<Snapshot> {
    const before = this.#state;
    const changed = this.#changed;
    this.#changed = new Set();
    let isDone = false;
    try {
      const snapshot = yield* this.#linkChanges(before, changed);
      isDone = true;
      return snapshot;
    } finally {
      // Dropped half-way: the changes wait for the next link.
      if (!isDone) for (const path of changed) this.#changed.add(path);
      else this.#sawOtherListing = false;
    }
  }

  *#linkChanges(last: LinkState | undefined, changed: ReadonlySet<FilePath>): Steps<Snapshot> {
    const { files, git } = this.#ports;
    let before = last;
    let repository = before?.repository ?? (yield* Repository.read(files, this.#limit));
    const texts = before === undefined ? new Set([...changed, ...this.#open.keys()]) : changed;
    repository = repository.after(texts, this.#open);
    const isTyped = [...changed].every((path) => this.#open.has(path));
    const { configuration } =
      last !== undefined && !changed.has(configurationFile)
        ? last
        : readConfiguration(repository.yaml(configurationFile));
    if (this.#takeLimit(configuration)) {
      // What was read may be too large now, and the other way round.
      before = this.#state = undefined;
      repository = repository.withLimit(this.#limit, this.#open);
    }
    if (before === undefined) this.#warm = yield* hold(repository);
    if (last === undefined && this.#options.sweeps === true) yield* this.#takeStamps();
    const inputs = {
      repository,
      stamps: files,
      changed: before === undefined ? undefined : changed,
      configuration,
      // What is typed changes nothing of Git.
      remotes: last !== undefined && isTyped ? last.remotes : git.remotes(),
      fluxVersion: this.#options.fluxVersion,
      sawOtherListing: this.#sawOtherListing,
    };
    if (before !== undefined && !repository.hasSameListing(before.repository)) this.#sawOtherListing = true;
    const state = yield* link(inputs, before);
    if (before !== undefined) this.#warm = [];
    this.#generation++;
    this.#history.push({ generation: this.#generation, changed });
    if (this.#history.length > rememberedChanges) this.#history.shift();
    this.#state = state;
    const stated = this.#options.fluxVersion;
    const linked = {
      generation: this.#generation,
      configuration,
      repository,
      clusters: state.clusters,
      fluxResources: state.resources,
      definitions: state.definitions,
      secretFiles: { yaml: state.files.secrets, others: state.otherSecrets },
      isTracked: (path: FilePath) => git.isTracked(path),
      changedSince: this.#changesUpTo(this.#generation),
      changed: inputs.changed ?? new Set<FilePath>(),
      stated: stated === undefined ? undefined : readFluxVersion(stated, '--flux-version'),
    };

    this.#snapshot = new LinkedSnapshot(linked, before === undefined ? undefined : this.#snapshot);
    return this.#snapshot;
  }

  /** True when another limit counts from now on; open files are read by it already. */
  #takeLimit({ limits }: Configuration): boolean {
    const limit = limits.document ?? this.#options.readingLimit ?? Infinity;
    if (limit === this.#limit) return false;
    this.#limit = limit;
    for (const [path, { text, version }] of this.#open) {
      this.#open.set(path, openFile(path, text, version, undefined, limitOf(path, limit)));
    }
    return true;
  }

  #changesUpTo(newest: number): Snapshot['changedSince'] {
    const history = this.#history.filter((entry) => entry.generation <= newest);
    return (generation) => {
      if (generation < 1 || (history[0]?.generation ?? 0) > generation + 1) return 'everything';
      const files = new Set<FilePath>();
      for (const entry of history) if (entry.generation > generation) for (const file of entry.changed) files.add(file);
      return files;
    };
  }

  *#takeStamps(): Steps<void> {
    for (const path of this.#ports.files.walk('')) {
      const stamp = this.#ports.files.stamp(path)?.stamp;
      if (stamp !== undefined) this.#stamps.set(path, stamp);
      yield;
    }
  }

  *sweep(): Steps<number> {
    // Before the first link everything is read anyway.
    if (this.#state === undefined) return 0;
    const before = this.#changed.size;
    const gone = new Set(this.#stamps.keys());
    for (const path of this.#ports.files.walk('')) {
      gone.delete(path);
      const stamp = this.#ports.files.stamp(path)?.stamp;
      if (stamp !== undefined && stamp !== this.#stamps.get(path)) {
        this.touch([path]);
        this.#stamps.set(path, stamp);
      }
      yield;
    }
    for (const path of gone) this.#stamps.delete(path);
    this.touch(gone);
    return this.#changed.size - before;
  }

  /** A link that was dropped since the last one that came to its end saw other files come or go. */
  #sawOtherListing = false;

  /** Stamps of the files as they were when last looked at. */
  readonly #stamps = new Map<FilePath, string>();
}

// Trees of a repository up to this size are kept from link to the first judgement.
const warmCharacters = 4_000_000;

function* hold(repository: Repository): Steps<YamlFile[]> {
  const held: YamlFile[] = [];
  let characters = 0;
  for (const path of repository.yamlFiles()) {
    const file = repository.yaml(path);
    if (file === undefined) continue;
    characters += file.text.length;
    if (characters > warmCharacters) break;
    held.push(file);
    yield;
  }
  return held;
}
