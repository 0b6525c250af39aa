import { type BuildResult, type RenderedObject } from '../build/build';
import { lastDifference } from '../model/differing-part';
import { type FilePath } from '../model/file-path';

type Objects = readonly RenderedObject[];

interface ByFile {
  /** Of objects that were asked about one file until now: there may be an edit before the next. */
  readonly first: FilePath;
  readonly ofFirst: Objects;
  index: ReadonlyMap<FilePath, Objects> | undefined;
}

const known = new WeakMap<Objects, ByFile>();

/** Objects of a build that a file declares, in the build's order. */
export function objectsOf({ objects }: BuildResult, file: FilePath): Objects {
  const before = known.get(objects);
  if (before === undefined) {
    const ofFirst = takenOver(objects, file) ?? objects.filter(({ resource }) => resource?.file === file);
    known.set(objects, { first: file, ofFirst, index: undefined });
    return ofFirst;
  }
  if (before.first === file) return before.ofFirst;
  before.index ??= indexByFile(objects);
  return before.index.get(file) ?? [];
}

/** From what is known of the list before, of which an edit changed a few objects. */
function takenOver(objects: Objects, file: FilePath): Objects | undefined {
  const since = lastDifference(objects);
  const old = since && known.get(since.list);
  if (old?.first !== file) return undefined;
  const isOfFile = ({ resource }: RenderedObject): boolean => resource?.file === file;
  const [gone, come] = [since?.part.before.filter(isOfFile) ?? [], since?.part.now.filter(isOfFile) ?? []];
  if (gone.length !== come.length) return undefined;
  const successors = new Map(gone.map((object, index) => [object, come[index]]));
  return old.ofFirst.map((object) => successors.get(object) ?? object);
}

function indexByFile(objects: Objects): ReadonlyMap<FilePath, Objects> {
  const index = new Map<FilePath, RenderedObject[]>();
  for (const object of objects) {
    if (object.resource === undefined) continue;
    const list = index.get(object.resource.file);
    if (list === undefined) index.set(object.resource.file, [object]);
    else list.push(object);
  }
  return index;
}
