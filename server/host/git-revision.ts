import { type FilePath } from '../model/file-path';
import { type Files, type ReadResult, type Revision } from '../model/ports';
import { decode, maxFileBytes } from './read-text';
import { type CommitEntry, createCommitFiles } from './commit-files';
import { runGitAside } from './run-git';

// Beyond so many bytes of files a commit is not read: they are held while it is looked at.
const mostBytes = 128 * 1024 * 1024;

/**
 * The commit that a name stands for, as `git rev-parse` reads it: a branch, a tag, `HEAD~2`, a part of a hash.
 * @param root absolute path of a folder in the work tree
 */
export async function findRevision(
  program: string | undefined,
  root: string,
  name: string,
): Promise<Revision | undefined> {
  // A name that begins like an option would be one.
  if (program === undefined || name === '' || name.startsWith('-')) return undefined;
  const found = await runGitAside(program, root, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`]);
  const commit = found?.toString('latin1').trim() ?? '';
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return undefined;
  return { commit, files: () => readCommit(program, root, commit) };
}

async function readCommit(program: string, root: string, commit: string): Promise<Files | 'too-large' | undefined> {
  const listing = await runGitAside(program, root, ['ls-tree', '-r', '-l', '-z', commit]);
  if (listing === undefined) return undefined;
  const entries = readListing(listing.toString('utf8'));
  const sizes = new Map<string, number>();
  for (const { hash, size } of entries.values()) if (size <= maxFileBytes) sizes.set(hash, size);
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  if (total > mostBytes) return 'too-large';
  const ids = [...sizes.keys()].map((hash) => `${hash}\n`).join('');
  const output = await runGitAside(program, root, ['cat-file', '--batch'], ids);
  if (output === undefined) return undefined;
  const blobs = readBatch(output);
  const read = ({ hash, size }: CommitEntry): ReadResult => {
    if (size > maxFileBytes) return { kind: 'too-large', bytes: size };
    const blob = blobs.get(hash);
    return blob === undefined ? { kind: 'unreadable', reason: 'Git does not have it here.' } : decode(blob);
  };
  return createCommitFiles(entries, read);
}

/** Lines `mode type hash size<TAB>path`, ended by NUL (git-ls-tree(1)); modules are folders without files here. */
function readListing(output: string): Map<FilePath, CommitEntry> {
  const entries = new Map<FilePath, CommitEntry>();
  for (const line of output.split('\0')) {
    const [, mode = '', hash = '', size = '', path = ''] = /^(\d+) blob (\S+) +(\d+)\t([^]*)$/.exec(line) ?? [];
    if (path !== '') entries.set(path, { hash, size: Number(size), isLink: mode === '120000' });
  }
  return entries;
}

/** `hash type size`, a line break, so many bytes, and a line break, for each (git-cat-file(1)). */
function readBatch(output: Buffer): Map<string, Buffer> {
  const blobs = new Map<string, Buffer>();
  for (let at = 0; at < output.length;) {
    const end = output.indexOf('\n', at);
    if (end < 0) break;
    const [hash = '', type = '', size = ''] = output.toString('latin1', at, end).split(' ');
    at = end + 1;
    // `missing` has no content.
    if (type !== 'blob') continue;
    blobs.set(hash, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return blobs;
}
