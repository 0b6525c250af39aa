import { type FileFacts } from '../build/facts';
import { baseName, directoryOf, type FilePath } from '../model/file-path';
import { type EntryKind, type Files, type ReadResult } from '../model/ports';
import { type Steps } from '../model/steps';
import { openFile, type YamlFile } from '../yaml/file';
import { positionAt } from '../yaml/position';
import { type ReadingLimit } from '../yaml/reading-limit';
import { BucketMap } from './bucket-map';
import { limitOf } from './configuration';
import { factsInSteps, factsOf, reuseFacts, reuseInSteps } from './facts';

type Names = ReadonlyMap<string, 'file' | 'directory'>;

/** What is kept of a file: facts are made when first asked. */
interface FileRecord {
  readonly open: YamlFile | undefined;
  facts: FileFacts | undefined;
  /** Facts of the text before, to keep what did not change. */
  readonly before: FileFacts | undefined;
  /** Trees of unopened files live only as long as somebody holds them. */
  trees: WeakRef<YamlFile> | undefined;
}

const yamlName = /\.ya?ml$/;

/** True for names whose text is read as YAML. */
export function isYamlFile(path: FilePath): boolean {
  return yamlName.test(path) || baseName(path) === 'Kustomization';
}

/** The files of one root at one moment, open text over disk. Immutable but for what is filled in lazily. */
export class Repository {
  readonly #files: Files;
  readonly #directories: BucketMap<Names>;
  readonly #records: BucketMap<FileRecord>;
  readonly #limit: ReadingLimit;
  #ignoreFiles: readonly FilePath[] | undefined;

  private constructor(
    files: Files,
    limit: ReadingLimit,
    directories: BucketMap<Names>,
    records: BucketMap<FileRecord>,
  ) {
    this.#files = files;
    this.#limit = limit;
    this.#directories = directories;
    this.#records = records;
  }

  /**
   * The listing of every folder and an empty record for every YAML file.
   * @param limit of documents of unopened files
   */
  static *read(files: Files, limit: ReadingLimit = Infinity): Steps<Repository> {
    const directories = new Map<string, Map<string, 'file' | 'directory'>>([['', new Map()]]);
    const records: [string, FileRecord][] = [];
    for (const path of files.walk('')) {
      addPath(directories, path);
      if (isYamlFile(path)) records.push([path, emptyRecord()]);
      yield;
    }
    return new Repository(files, limit, BucketMap.of(directories), BucketMap.of(records));
  }

  /**
   * The repository after changes on disk and in open texts.
   * @param open text of open files among the changed; a changed path that is not in it stands as on disk.
   */
  after(changed: Iterable<FilePath>, open: ReadonlyMap<FilePath, YamlFile>): Repository {
    const records: [string, FileRecord | undefined][] = [];
    let directories = this.#directories;
    for (const path of changed) {
      const text = open.get(path);
      const exists = text !== undefined || this.#files.stat(path) === 'file';
      if (exists !== this.#has(directories, path)) directories = changeListing(directories, path, exists);
      if (!isYamlFile(path)) continue;
      const before = this.#records.get(path);
      const record: FileRecord = {
        open: text,
        facts: undefined,
        before: before?.facts ?? before?.before,
        trees: undefined,
      };
      records.push([path, exists ? record : undefined]);
    }
    const next = new Repository(this.#files, this.#limit, directories, this.#records.with(records));
    if (directories === this.#directories) next.#ignoreFiles = this.#ignoreFiles;
    return next;
  }

  #has(directories: BucketMap<Names>, path: FilePath): boolean {
    return directories.get(directoryOf(path))?.get(baseName(path)) === 'file';
  }

  /** The same files, of which nothing is read yet. */
  withLimit(limit: ReadingLimit, open: ReadonlyMap<FilePath, YamlFile>): Repository {
    const records = [...this.#records.keys()].map(
      (path) => [path, { ...emptyRecord(), open: open.get(path) }] as const,
    );
    return new Repository(this.#files, limit, this.#directories, BucketMap.of(records));
  }

  /** The identical value for repositories that list the same names everywhere. */
  get listing(): object {
    return this.#directories;
  }

  /** True when both list the same names everywhere. */
  hasSameListing(other: Repository): boolean {
    return this.#directories === other.#directories;
  }

  /** Every `.sourceignore`, outermost first. */
  get ignoreFiles(): readonly FilePath[] {
    if (this.#ignoreFiles === undefined) {
      const found: FilePath[] = [];
      for (const [directory, names] of this.#directories.entries()) {
        if (names.get('.sourceignore') === 'file')
          found.push(directory === '' ? '.sourceignore' : `${directory}/.sourceignore`);
      }
      this.#ignoreFiles = found.sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
    }
    return this.#ignoreFiles;
  }

  get yamlFileCount(): number {
    return this.#records.size;
  }

  yamlFiles(): Iterable<FilePath> {
    return this.#records.keys();
  }

  /** Every file, of any kind; in no order. */
  *filePaths(): Iterable<FilePath> {
    for (const [directory, names] of this.#directories.entries()) {
      for (const [name, kind] of names) if (kind === 'file') yield directory === '' ? name : `${directory}/${name}`;
    }
  }

  directories(): Iterable<FilePath> {
    return this.#directories.keys();
  }

  list(directory: FilePath): { name: string; kind: 'file' | 'directory' }[] | undefined {
    const names = this.#directories.get(directory);
    if (names === undefined) return undefined;
    const entries = [...names].map(([name, kind]) => ({ name, kind }));
    return entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }

  stat(path: FilePath): EntryKind {
    if (this.#directories.has(path)) return 'directory';
    return this.#directories.get(directoryOf(path))?.get(baseName(path)) ?? 'missing';
  }

  /** Text of any file; undefined when it is missing or not text. */
  text(path: FilePath): string | undefined {
    const open = this.#records.get(path)?.open;
    if (open !== undefined) return open.text;
    const read = this.read(path);
    return read.kind === 'text' ? read.text : undefined;
  }

  /** The content of a file, open text before disk. */
  read(path: FilePath): ReadResult {
    const open = this.#records.get(path)?.open;
    if (open !== undefined) return { kind: 'text', text: open.text };
    return this.stat(path) === 'file' ? this.#files.read(path) : { kind: 'missing' };
  }

  yaml(path: FilePath): YamlFile | undefined {
    const record = this.#records.get(path);
    if (record?.open !== undefined) return record.open;
    const held = record?.trees?.deref();
    if (held !== undefined) return held;
    const text = this.text(path);
    if (text === undefined) return undefined;
    const file = openFile(path, text, 0, undefined, limitOf(path, this.#limit));
    if (record !== undefined) record.trees = new WeakRef(file);
    return file;
  }

  facts(path: FilePath): FileFacts | undefined {
    const record = this.#records.get(path);
    if (record !== undefined) return (record.facts ??= this.#factsOf(path, record));
    // A file with another name that a kustomization lists as a resource (JSON, no extension).
    const file = this.stat(path) === 'file' ? this.yaml(path) : undefined;
    return file === undefined ? undefined : factsOf(file);
  }

  /** {@link facts}, one document at a time. */
  *factsInSteps(path: FilePath): Steps<FileFacts | undefined> {
    const record = this.#records.get(path);
    if (record === undefined || record.facts !== undefined) return this.facts(path);
    const file = this.yaml(path);
    const facts = file === undefined ? this.#unreadable(path) : yield* factsInSteps(file);
    return (record.facts ??= yield* reuseInSteps(record.before, facts));
  }

  #factsOf(path: FilePath, record: FileRecord): FileFacts {
    const file = this.yaml(path);
    const facts = file === undefined ? this.#unreadable(path) : factsOf(file);
    return reuseFacts(record.before, facts);
  }

  #unreadable(path: FilePath): FileFacts {
    const read = this.#files.read(path);
    const at = read.kind === 'invalid-utf8' ? positionAt({ text: read.text }, read.offset) : { line: 0, character: 0 };
    return { path, documents: [], unreadable: { message: sentence(path, read), at } };
  }
}

function sentence(path: FilePath, read: ReadResult): string {
  switch (read.kind) {
    case 'too-large':
      return `${path} is too large to be read: ${Math.ceil(read.bytes / 1_000_000)} MB.`;
    case 'invalid-utf8':
      return `${path} is not UTF-8 text from here on. kustomize fails on it, so Flux will apply nothing of this Kustomization.`;
    case 'unreadable':
      return `${path} cannot be read: ${read.reason}`;
    default:
      return `${path} no longer exists.`;
  }
}

function emptyRecord(): FileRecord {
  return { open: undefined, facts: undefined, before: undefined, trees: undefined };
}

function addPath(directories: Map<string, Map<string, 'file' | 'directory'>>, path: FilePath): void {
  let kind: 'file' | 'directory' = 'file';
  for (let at = path; at !== ''; at = directoryOf(at)) {
    const parent = directoryOf(at);
    const names = directories.get(parent);
    names?.set(baseName(at), kind);
    // A known folder is already listed by its own parent.
    if (names !== undefined) return;
    directories.set(parent, new Map([[baseName(at), kind]]));
    kind = 'directory';
  }
}

function changeListing(directories: BucketMap<Names>, path: FilePath, exists: boolean): BucketMap<Names> {
  let result = directories;
  let kind: 'file' | 'directory' = 'file';
  for (let at = path; at !== ''; at = directoryOf(at)) {
    const parent = directoryOf(at);
    const known = result.get(parent);
    const names = new Map(known);
    if (exists) names.set(baseName(at), kind);
    else names.delete(baseName(at));
    // An empty folder leaves the listing, as Git keeps none; the root stays.
    const isGone = names.size === 0 && parent !== '';
    result = result.with([[parent, isGone ? undefined : names]]);
    if (exists ? known !== undefined : !isGone) break;
    kind = 'directory';
  }
  return result;
}
