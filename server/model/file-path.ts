/**
 * A path relative to the workspace root: `/` between parts, spelled as on disk, no leading `./`, no
 * trailing `/`; the empty text is the root itself. Only `server/host` and `model/uri` know other forms.
 */
export type FilePath = string;

/**
 * Joins like Go's `filepath.Join` below a root.
 * @returns undefined when the result would leave the root or `relative` is absolute.
 */
export function joinPath(directory: FilePath, relative: string): FilePath | undefined {
  if (relative.startsWith('/')) return undefined;
  const parts = directory === '' ? [] : directory.split('/');
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

/** The folder of a path; the root's folder is the root. */
export function directoryOf(path: FilePath): FilePath {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** The last part of a path. */
export function baseName(path: FilePath): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** True when `path` is `directory` or lies below it. */
export function isWithin(path: FilePath, directory: FilePath): boolean {
  return directory === '' || path === directory || path.startsWith(`${directory}/`);
}

/** `to` as written from inside folder `from`, with `../` where needed; `.` for the folder itself. */
export function relativePath(from: FilePath, to: FilePath): string {
  const a = from === '' ? [] : from.split('/');
  const b = to === '' ? [] : to.split('/');
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
  const parts = [...a.slice(shared).map(() => '..'), ...b.slice(shared)];
  return parts.length === 0 ? '.' : parts.join('/');
}

/** True for a path that lies in a folder such as `.archive`, or is called like one. */
export function isHidden(path: FilePath): boolean {
  return path.split('/').some((part) => part.startsWith('.'));
}
