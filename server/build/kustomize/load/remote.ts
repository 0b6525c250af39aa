const schemes = ['ssh://', 'https://', 'http://', 'file://'];

/** The index behind a prefix, whatever its case; 0 when it is not there. */
function behind(text: string, prefix: string): number {
  return text.slice(0, prefix.length).toLowerCase() === prefix ? prefix.length : 0;
}

/** True when kustomize downloads the entry with HTTP before it looks for a file (api/internal/loader, `IsRemoteFile`). */
export function isHttpUrl(name: string): boolean {
  return /^https?:\/\/[^/]/i.test(name);
}

function leavesRepository(path: string): boolean {
  const parts: string[] = [];
  for (const part of path.replace(/^\//, '').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return true;
  }
  return false;
}

/** True when host and path name a repository: by `_git/`, `//`, `.git`, or at least two parts. */
function namesRepository(path: string, takesAll: boolean): boolean {
  const marker = path.indexOf('_git/');
  if (marker >= 0)
    return !leavesRepository(
      path
        .slice(marker + 5)
        .split('/')
        .slice(1)
        .join('/'),
    );
  const slashes = path.indexOf('//');
  if (slashes >= 0) return slashes > 0 && !leavesRepository(path.slice(slashes + 2));
  const suffix = path.indexOf('.git');
  if (suffix >= 0) return !leavesRepository(path.slice(suffix + 4));
  if (takesAll) return path !== '';
  const parts = path.split('/');
  if (parts.length < 2 || parts.slice(0, 2).join('/') === '') return false;
  return !leavesRepository(parts.slice(2).join('/'));
}

/**
 * True when kustomize takes a folder's name for a repository to clone (api/internal/git/repospec.go), which it does
 * even when a local folder has that name.
 */
export function isRepositoryUrl(name: string): boolean {
  if (name.startsWith('/')) return false;
  const query = name.indexOf('?');
  let rest = query < 0 ? name : name.slice(0, query);
  rest = rest.slice(behind(rest, 'git::'));
  const scheme = schemes.find((prefix) => behind(rest, prefix) > 0);
  if (scheme !== undefined) rest = rest.slice(scheme.length);
  const user = /^[a-zA-Z][a-zA-Z0-9-]*@/.exec(rest);
  if (scheme === 'file://') return namesRepository(rest, true);
  if (user !== null) rest = rest.slice(user[0].length);
  const isGithub = /^github\.com[/:]/i.test(rest);
  const isScp = scheme === undefined && (user !== null || isGithub);
  if (scheme === undefined && !isScp) return false;
  let end = rest.indexOf('/');
  const colon = rest.indexOf(':');
  if (isScp && (end < 0 || (colon > 0 && colon < end))) end = colon;
  if (end < 0 && !isGithub) return rest !== '' && namesRepository('', false);
  return namesRepository(rest.slice(end + 1), false);
}
