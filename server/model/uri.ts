import { URI } from 'vscode-uri';
import { type FilePath } from './file-path';
import { type DirectoryEntry, type Files } from './ports';

/** How absolute paths of a machine look; its own, whatever machine runs this. */
export type PathFlavour = 'posix' | 'windows';

const drive = /^\/([a-z]):/i;

// Clients write `C:`, `c%3A` and `c:` for one drive.
const lowerDrive = (path: string): string => path.replace(drive, (text) => text.toLowerCase());

function parse(uri: string): URI | undefined {
  if (!/^[a-z][a-z0-9+.-]*:/i.test(uri)) return undefined;
  try {
    return URI.parse(uri);
  } catch {
    return undefined;
  }
}

/** The absolute path that a `file` URI names; undefined for other schemes and for what the flavour cannot express. */
export function absolutePathOf(uri: string, flavour: PathFlavour): string | undefined {
  const parsed = parse(uri);
  if (parsed?.scheme !== 'file') return undefined;
  const authority = parsed.authority === 'localhost' ? '' : parsed.authority;
  if (flavour === 'posix') return authority === '' ? parsed.path : undefined;
  const path = parsed.path.replaceAll('/', '\\');
  if (authority !== '') return `\\\\${authority}${path}`;
  return drive.test(parsed.path) ? path.slice(1) : undefined;
}

/** The `file` URI of an absolute path, in the spelling that editors built on VS Code use. */
export function uriOfAbsolute(path: string, flavour: PathFlavour): string {
  if (flavour === 'posix') return URI.from({ scheme: 'file', path }).toString();
  const plain = path.replaceAll('\\', '/');
  const share = /^\/\/([^/]+)(\/.*)?$/.exec(plain);
  if (share !== null) return URI.from({ scheme: 'file', authority: share[1] ?? '', path: share[2] ?? '/' }).toString();
  return URI.from({ scheme: 'file', path: lowerDrive(`/${plain}`) }).toString();
}

/** URIs of the files below one root and back. */
export interface RootUris {
  /** The root as the client spells it, without `/` at the end. */
  readonly uri: string;
  /** The path in the spelling of the disk where that is known; undefined for what is not below the root. */
  pathOf(uri: string): FilePath | undefined;
  uriOf(path: FilePath): string;
}

export interface RootUriOptions {
  /**
   * Given where the file system takes names of different case or normal form for the same: its listings then decide
   * the spelling.
   */
  readonly spelling?: Pick<Files, 'list'>;
}

/** @param rootUri URI of a folder as the client spells it; what comes back starts with exactly that. */
export function createRootUris(rootUri: string, options: RootUriOptions = {}): RootUris {
  const uri = rootUri.replace(/\/+$/, '');
  const root = parse(uri);
  const { spelling } = options;
  const fold = (text: string): string => (spelling === undefined ? text : foldName(text));
  const pathOfRoot = fold(lowerDrive(root?.path.replace(/\/+$/, '') ?? ''));

  return {
    uri,
    pathOf(other) {
      const parsed = parse(other);
      if (root === undefined || parsed?.scheme !== root.scheme) return undefined;
      if (parsed.authority.toLowerCase() !== root.authority.toLowerCase()) return undefined;
      const path = lowerDrive(parsed.path);
      // Folding may change the length, so parts are counted instead of characters.
      const parts = path.split('/');
      const depth = pathOfRoot === '' ? 1 : pathOfRoot.split('/').length;
      if (fold(parts.slice(0, depth).join('/')) !== pathOfRoot) return undefined;
      const below = parts.slice(depth).filter((part) => part !== '');
      if (below.some((part) => part === '..' || part === '.')) return undefined;
      return spelling === undefined ? below.join('/') : spellAsListed(below, spelling);
    },
    uriOf: (path) =>
      path === ''
        ? uri
        : uri +
          URI.from({ scheme: 'x', path: `/${path}` })
            .toString()
            .slice(2),
  };
}

const foldName = (name: string): string => name.normalize('NFC').toLowerCase();

function spellAsListed(parts: readonly string[], files: Pick<Files, 'list'>): FilePath {
  let path = '';
  let isListed = true;
  for (const part of parts) {
    const entries: readonly DirectoryEntry[] = isListed ? files.list(path) : [];
    const exact = entries.some(({ name }) => name === part);
    const same = exact ? part : entries.find(({ name }) => foldName(name) === foldName(part))?.name;
    // What is not on disk yet stands as the client writes it.
    isListed = same !== undefined;
    path = path === '' ? (same ?? part) : `${path}/${same ?? part}`;
  }
  return path;
}
