/** One `key = value` of a section of a Git configuration file; `subsection` is the quoted part of its header. */
export interface GitSetting {
  readonly section: string;
  readonly subsection: string;
  readonly key: string;
  readonly value: string;
}

/** Settings of a Git configuration file in order (git-config(1), "Syntax"); lines it cannot read are left out. */
export function parseGitConfig(text: string): GitSetting[] {
  const settings: GitSetting[] = [];
  let section = '';
  let subsection = '';
  for (const line of text.replace(/\\\r?\n/g, '').split(/\r?\n/)) {
    const header = /^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\](.*)$/.exec(line);
    if (header !== null) {
      section = (header[1] ?? '').toLowerCase();
      subsection = (header[2] ?? '').replace(/\\(.)/g, '$1');
    }
    const setting = /^\s*([a-z][\w-]*)\s*=\s*(.*)$/i.exec(header?.[3] ?? line);
    if (setting === null) continue;
    settings.push({ section, subsection, key: (setting[1] ?? '').toLowerCase(), value: readValue(setting[2] ?? '') });
  }
  return settings;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b' };

function readValue(text: string): string {
  let value = '';
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? '';
    if (character === '\\') {
      const next = text[++i] ?? '';
      value += escapes[next] ?? next;
    } else if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (character === '#' || character === ';')) break;
    else value += character;
  }
  return value.trim();
}

/**
 * `host/path` in lower case, without scheme, user, port and `.git`, for URLs and for `user@host:path`. undefined for
 * paths of this machine.
 */
export function normaliseRemote(url: string): string | undefined {
  const full = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:]+)(?::\d+)?\/(.+)$/i.exec(url);
  const short = full ?? /^(?:[^/@:]+@)?([^/:\\]{2,}):(?!\/\/)(.+)$/.exec(url);
  if (short === null || url.toLowerCase().startsWith('file:')) return undefined;
  const path = (short[2] ?? '')
    .replace(/[?#].*$/, '')
    .replace(/^\/+|\/+$/g, '')
    .replace(/\.git$/i, '');
  return path === '' ? undefined : `${short[1] ?? ''}/${path}`.toLowerCase();
}
