import { type History } from '../model/ports';
import { findWorkTree } from './git-folder';
import { findRevision } from './git-revision';
import { findGit, runGitAside } from './run-git';

const commitForm = /^[0-9a-f]{40,64}$/;
// A name that begins like an option would be one; the others are no names of branches (git-check-ref-format(1)).
const branchForm = /^(?!-)[^\s~^:?*[\\\u0000-\u001f\u007f]+$/;
const most = 10_000;

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
  };
}
