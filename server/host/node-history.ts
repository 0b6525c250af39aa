import { type FileRevision, type History } from '../model/ports';
import { findWorkTree } from './git-folder';
import { findRevision } from './git-revision';
import { decode, maxFileBytes } from './read-text';
import { findGit, runGitAside } from './run-git';

const commitForm = /^[0-9a-f]{40,64}$/;
// A name that begins like an option would be one; the others are no names of branches (git-check-ref-format(1)).
const branchForm = /^(?!-)[^\s~^:?*[\\\u0000-\u001f\u007f]+$/;
const most = 10_000;
const mostRevisions = 500;
// A separator that neither names nor subjects hold, between the parts of a commit and before the next one.
const part = '\u001f';
const begin = '\u001e';

/**
 * The history that the programs of Git tell of a root's repository.
 * @param root absolute path of a folder in the work tree
 * @param options.runsPrograms false in workspaces that are not trusted: then nothing is known
 */
export function createNodeHistory(root: string, options: { readonly runsPrograms: boolean }): History {
  const program = (): string | undefined =>
    options.runsPrograms && findWorkTree(root) !== undefined ? findGit(root) : undefined;
  const run = async (...args: string[]): Promise<string | undefined> => {
    const found = program();
    return found === undefined ? undefined : (await runGitAside(found, root, args))?.toString('utf8');
  };
  const commit = async (name: string): Promise<string | undefined> =>
    (await findRevision(program(), root, name))?.commit;
  const isKnown = async (name: string): Promise<boolean> =>
    commitForm.test(name) && (await run('cat-file', '-e', `${name}^{commit}`)) !== undefined;
  return {
    commit,
    async branchTip(branch) {
      if (!branchForm.test(branch)) return undefined;
      const format = '--format=%(objectname) %(refname)';
      const lines = ((await run('for-each-ref', format, `refs/remotes/*/${branch}`)) ?? '').split('\n');
      const tips = lines.filter((line) => line !== '').map((line) => line.split(' '));
      const own = tips.find(([, ref]) => ref === `refs/remotes/origin/${branch}`) ?? tips[0];
      return own?.[0];
    },
    async tags() {
      const names = await run('for-each-ref', '--format=%(refname:strip=2)', `--count=${most}`, 'refs/tags');
      return names?.split('\n').filter((name) => name !== '');
    },
    async isAncestor(ancestor, of) {
      if (!(await isKnown(ancestor)) || !(await isKnown(of))) return undefined;
      const base = (await run('merge-base', ancestor, of))?.trim();
      // Without a base in common Git fails. In a shallow clone a way may be cut off, so a "no" says nothing.
      if (base === ancestor) return true;
      return (await run('rev-parse', '--is-shallow-repository'))?.trim() === 'true' ? undefined : false;
    },
    async blob(name, path) {
      if (!(await isKnown(name))) return undefined;
      return (await run('rev-parse', '--verify', '--quiet', `${name}:./${path}`))?.trim() ?? '';
    },
    async changedFiles(name) {
      if (!(await isKnown(name))) return undefined;
      const options = ['-r', '-z', '--root', '--no-commit-id', '--name-only', '--no-renames', '--relative'];
      const listing = await run('diff-tree', ...options, '-m', '--first-parent', name);
      return listing?.split('\0').filter((path) => path !== '');
    },
    async fileLog(path) {
      const format = `--format=${['%x1e%H', '%aI', '%an', '%s'].join('%x1f')}`;
      const options = ['--follow', '--name-only', '-z', '--no-ext-diff', '--no-show-signature', `-n${mostRevisions}`];
      return readLog(await run('log', ...options, format, '--', path));
    },
    async fileAt(name, path, from) {
      const found = program();
      if (found === undefined || !(await isKnown(name))) return undefined;
      const blob = (await run('rev-parse', '--verify', '--quiet', `${name}:${from ?? `./${path}`}`))?.trim() ?? '';
      if (!commitForm.test(blob)) return { kind: 'missing' };
      const size = Number(await run('cat-file', '-s', blob));
      if (!(size <= maxFileBytes)) return { kind: 'too-large', bytes: size };
      const bytes = await runGitAside(found, root, ['cat-file', 'blob', blob]);
      return bytes && decode(bytes);
    },
  };
}

function readLog(output: string | undefined): readonly FileRevision[] | undefined {
  return output?.split(begin).flatMap((text): readonly FileRevision[] => {
    const [head = '', ...names] = text.split('\0');
    const [commit = '', date = '', author = '', subject = ''] = head.split(part);
    const path = names.map((name) => name.replace(/^\n/, '')).find((name) => name !== '');
    return commitForm.test(commit) && path !== undefined ? [{ commit, path, date, author, subject }] : [];
  });
}
