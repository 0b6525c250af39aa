import { type FilePath } from '../../../server/model/file-path';
import { type DirectoryEntry, type Files, type ReadResult } from '../../../server/model/ports';

/** A tree in memory that takes thousands of small changes: folders are listed once per change of the set of files. */
export class EditableFiles implements Files {
  readonly #texts: Map<FilePath, string>;
  readonly #original: ReadonlyMap<FilePath, string>;
  readonly #stamps = new Map<FilePath, number>();
  #folders: ReadonlyMap<FilePath, readonly DirectoryEntry[]> | undefined;
  #changes = 0;

  constructor(original: ReadonlyMap<FilePath, string>) {
    this.#original = original;
    this.#texts = new Map(original);
  }

  /** Writes a text; `undefined` deletes the file. */
  write(path: FilePath, text: string | undefined): void {
    this.#stamps.set(path, ++this.#changes);
    const exists = this.#texts.has(path);
    if (exists !== (text !== undefined)) this.#folders = undefined;
    if (text === undefined) this.#texts.delete(path);
    else this.#texts.set(path, text);
  }

  /** The file as it was at the beginning, or gone when it was not there. */
  restore(path: FilePath): void {
    this.write(path, this.#original.get(path));
  }

  *walk(directory: FilePath): Iterable<FilePath> {
    const prefix = directory === '' ? '' : `${directory}/`;
    for (const path of [...this.#texts.keys()].sort()) if (path.startsWith(prefix)) yield path;
  }

  list(directory: FilePath): readonly DirectoryEntry[] {
    return this.#listed().get(directory) ?? [];
  }

  stat(path: FilePath): 'file' | 'directory' | 'missing' {
    if (this.#texts.has(path)) return 'file';
    return path === '' || this.#listed().has(path) ? 'directory' : 'missing';
  }

  stamp(path: FilePath): { size: number; stamp: string } | undefined {
    const text = this.#texts.get(path);
    return text === undefined ? undefined : { size: text.length, stamp: String(this.#stamps.get(path) ?? 0) };
  }

  /** A replacement character stands for bytes that are no UTF-8. */
  read(path: FilePath): ReadResult {
    const text = this.#texts.get(path);
    if (text === undefined) return { kind: 'missing' };
    const offset = text.indexOf('\uFFFD');
    return offset < 0 ? { kind: 'text', text } : { kind: 'invalid-utf8', text, offset };
  }

  #listed(): ReadonlyMap<FilePath, readonly DirectoryEntry[]> {
    if (this.#folders !== undefined) return this.#folders;
    const folders = new Map<FilePath, Map<string, DirectoryEntry>>([['', new Map()]]);
    for (const path of this.#texts.keys()) {
      let kind: DirectoryEntry['kind'] = 'file';
      for (let at = path; at !== ''; kind = 'directory') {
        const slash = at.lastIndexOf('/');
        const folder = slash < 0 ? '' : at.slice(0, slash);
        const name = at.slice(slash + 1);
        const entries = folders.get(folder) ?? new Map<string, DirectoryEntry>();
        folders.set(folder, entries);
        if (entries.has(name)) break;
        entries.set(name, { name, kind });
        at = folder;
      }
    }
    this.#folders = new Map(
      [...folders].map(([folder, entries]) => [
        folder,
        [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
      ]),
    );
    return this.#folders;
  }
}
