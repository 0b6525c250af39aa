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
