import { type FilePath, isWithin, joinPath } from '../../model/file-path';
import { type ServedFolder, servedRoot } from '../entry-point';
import { bestOf, countPaths } from './paths-that-exist';
import { pushedTo, type Pushes } from './pushed-artifacts';
import { type Repository } from '../repository';
import { normalizeUrl } from './source-mapping';

/** What the installation's source is asked for, to find the folder that it serves. */
export interface Sync {
  readonly path: FilePath;
  readonly kind: string;
  readonly url: string | undefined;
  readonly tag: string | undefined;
  /** Paths that Kustomizations name in the same source, by the file they stand in. */
  readonly children: readonly { readonly file: FilePath; readonly path: FilePath }[];
}

/**
 * The folder of the repository that the source of a sync serves: what a file here pushes to it; else the root if the
 * path exists there; else the one folder below which it exists together with the paths that Kustomizations in it name.
 * undefined when none or several fit.
 */
export function findServed(repository: Repository, sync: Sync, pushes: Pushes): ServedFolder | undefined {
  const { path, kind, url, tag, children } = sync;
  const isDirectory = (folder: FilePath | undefined): boolean => repository.stat(folder ?? '') === 'directory';
  if (kind === 'OCIRepository' && url !== undefined) {
    const pushed = pushedTo(pushes, normalizeUrl(url), tag, true);
    if (pushed !== undefined && isDirectory(joinPath(pushed.folder, path)))
      return { folder: pushed.folder, by: 'push', isGuessed: false, pushed };
  }
  if (isDirectory(path)) return kind === 'GitRepository' ? servedRoot : { ...servedRoot, by: 'paths' };
  const suffix = `/${path}`;
  const folders: FilePath[] = [];
  for (const directory of repository.directories()) {
    if (path !== '' && directory.endsWith(suffix)) folders.push(directory.slice(0, -suffix.length));
  }
  const best = bestOf(
    folders.map((folder) => {
      const within = children.filter(({ file }) => isWithin(file, joinPath(folder, path) ?? folder));
      const paths = [path, ...within.map((child) => child.path).filter((read) => read !== '')];
      return { folder, ...countPaths(paths, (read) => isDirectory(joinPath(folder, read))) };
    }),
  );
  return best && { folder: best.folder, by: 'paths', isGuessed: best.absent > 0, pushed: undefined };
}
