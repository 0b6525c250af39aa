import { directoryOf, type FilePath } from '../model/file-path';
import { type EntryPoint } from './entry-point';
import { type LinkedCluster } from './linked-cluster';

/** Files that clusters read, and the folders around them. */
export class AppliedFiles {
  readonly #known: { readonly readers: Readers; readonly answers: WeakMap<EntryPoint, boolean> }[] = [];

  add(cluster: LinkedCluster): void {
    const { readers } = cluster.rendering.base;
    const answers = appliedBy.get(readers) ?? new WeakMap<EntryPoint, boolean>();
    appliedBy.set(readers, answers);
    this.#known.push({ readers, answers });
  }

  /** Those that it does not hold; all of them are gone through only when a cluster began to read another file. */
  leftOf(entries: readonly EntryPoint[]): readonly EntryPoint[] {
    const readers = this.#known.map((known) => known.readers);
    const kept = left.get(entries);
    if (kept?.readers.length === readers.length && readers.every((one, index) => one === kept.readers[index]))
      return kept.entries;
    const found = entries.filter((entry) => !this.holds(entry));
    left.set(entries, { readers, entries: found });
    return found;
  }

  /** True when the files of an entry point, or its folder where no file declares it, are among them. */
  holds(entry: EntryPoint): boolean {
    for (const { readers, answers } of this.#known) {
      let answer = answers.get(entry);
      if (answer === undefined) answers.set(entry, (answer = isApplied(entry, readers)));
      if (answer) return true;
    }
    return false;
  }
}

/** What no cluster held of a list when they read files as these did. */
const left = new WeakMap<
  readonly EntryPoint[],
  { readonly readers: readonly Readers[]; readonly entries: readonly EntryPoint[] }
>();

/** There may be as many entry points of weak evidence as Kustomizations, and they are asked about at every edit. */
const appliedBy = new WeakMap<Readers, WeakMap<EntryPoint, boolean>>();

function isApplied({ declared, path }: EntryPoint, readers: Readers): boolean {
  return declared === undefined ? foldersOf(readers).has(path) : readers.has(declared.file);
}

type Readers = LinkedCluster['rendering']['base']['readers'];

/** They stay the same while no build reads another file, and there may be as many as files. */
const folders = new WeakMap<Readers, ReadonlySet<FilePath>>();

function foldersOf(readers: Readers): ReadonlySet<FilePath> {
  const known = folders.get(readers);
  if (known !== undefined) return known;
  const found = new Set<FilePath>(['']);
  folders.set(readers, found);
  for (const file of readers.keys()) {
    for (let at = directoryOf(file); !found.has(at); at = directoryOf(at)) found.add(at);
  }
  return found;
}
