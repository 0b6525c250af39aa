import { type FilePath } from '../model/file-path';
import { type Answer, type NotAvailable } from '../protocol/answer';
import { type FileRevision } from '../protocol/history';
import { type Root } from './root';

type Asked = Pick<Root, 'history' | 'workspace'>;

const refuse = ({ workspace }: Asked, reason: NotAvailable['reason'], message: string): NotAvailable => ({
  generation: workspace.snapshot?.generation ?? 0,
  available: false,
  reason,
  message,
});

/** The commits that changed a file, newest first. */
export async function describeRevisions(
  root: Asked,
  path: FilePath,
): Promise<Answer<{ readonly revisions: readonly FileRevision[] }>> {
  const revisions = await root.history.fileLog(path);
  return revisions === undefined
    ? refuse(root, 'no-revision', 'Git cannot be asked for revisions here.')
    : { generation: root.workspace.snapshot?.generation ?? 0, available: true, revisions };
}

/** The text of a file at a revision, or why there is none. */
export async function describeFileAt(
  root: Asked,
  path: FilePath,
  revision: string,
  from: string | undefined,
): Promise<Answer<{ readonly text: string; readonly commit: string }>> {
  const { history, workspace } = root;
  const commit = await history.commit(revision);
  if (commit === undefined) return refuse(root, 'no-revision', `Git knows no commit ${revision} here.`);
  const read = await history.fileAt(commit, path, from);
  const generation = workspace.snapshot?.generation ?? 0;
  switch (read?.kind) {
    case 'text':
      return { generation, available: true, text: read.text, commit };
    case 'missing':
      return refuse(root, 'not-found', `${from ?? path} is not in commit ${revision}.`);
    case 'too-large':
      return refuse(root, 'not-found', `${from ?? path} of commit ${revision} is too large to be looked at.`);
    default:
      return refuse(root, 'not-found', `${from ?? path} of commit ${revision} cannot be read as UTF-8.`);
  }
}
