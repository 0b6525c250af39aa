import { type Clock, type Git, type Log } from '../model/ports';
import { finishInSlices } from '../model/steps';
import { type Snapshot } from '../workspace/snapshot';
import { createWorkspace, type WorkspaceOptions } from '../workspace/workspace';

/** What a repository was at a commit; `unknown`: Git knows no such commit, or is not asked. */
export type AtRevision = { readonly commit: string; readonly snapshot: Snapshot } | 'unknown' | 'too-large';

/** Looks at a repository as it was at a commit. */
export type Revisions = (name: string) => Promise<AtRevision>;

/**
 * Each commit is read and linked like a repository of its own, in slices between which the present one is served. The
 * last one is kept, since whoever looks at one object of it mostly looks at the next.
 */
export function createRevisions(git: Git, clock: Clock, log: Log, options: WorkspaceOptions): Revisions {
  let last: { readonly commit: string; readonly read: Promise<Snapshot | 'too-large' | undefined> } | undefined;
  return async (name) => {
    const revision = await git.revision(name);
    if (revision === undefined) return 'unknown';
    const { commit } = revision;
    const read = async (): Promise<Snapshot | 'too-large' | undefined> => {
      const files = await revision.files();
      if (files === undefined || files === 'too-large') return files;
      const workspace = createWorkspace({ files, git, clock, log }, options);
      return finishInSlices(workspace.link(), clock, () => false);
    };
    if (last?.commit !== commit) last = { commit, read: read() };
    const snapshot = await last.read;
    if (snapshot === 'too-large') return snapshot;
    return snapshot === undefined ? 'unknown' : { commit, snapshot };
  };
}
