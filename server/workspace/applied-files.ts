import { directoryOf, type FilePath } from '../model/file-path';
import { type EntryPoint } from './entry-point';
import { type LinkedCluster } from './linked-cluster';

/** Files that clusters read, and the folders around them. */
export class AppliedFiles {
  readonly #readers: Readers[] = [];

  add(cluster: LinkedCluster): void {
    this.#readers.push(cluster.rendering.base.readers);
  }

  /** True when the files of an entry point, or its folder where no file declares it, are among them. */
  holds(entry: EntryPoint): boolean {
    return this.#readers.some((readers) => isApplied(entry, readers));
  }
}

const appliedBy = new WeakMap<Readers, WeakMap<EntryPoint, boolean>>();

// There may be as many entry points of weak evidence as Kustomizations, and they are asked about at every edit.
function isApplied(entry: EntryPoint, readers: Readers): boolean {
  const known = appliedBy.get(readers) ?? new WeakMap<EntryPoint, boolean>();
  appliedBy.set(readers, known);
  let answer = known.get(entry);
  if (answer === undefined) {
    const { declared, path } = entry;
    answer = declared === undefined ? foldersOf(readers).has(path) : readers.has(declared.file);
    known.set(entry, answer);
  }
  return answer;
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
