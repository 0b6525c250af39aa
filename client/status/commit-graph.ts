import {
  compareVersions,
  matchesRange,
  parseRange,
  parseVersion,
  type Version,
} from '../../server/scalars/semver-range';
import { type SourceRef } from './kinds/facts';

/** What Git knows; every answer is undefined where it cannot say (shallow clone, unknown commit, no git). */
export interface CommitGraph {
  /** Whether `commit` is `of` or one of its ancestors. */
  isAncestor(commit: string, of: string): Promise<boolean | undefined>;
  /** The newest commit of a branch that the remote is known to have. */
  branchTip(branch: string): Promise<string | undefined>;
  tagCommit(tag: string): Promise<string | undefined>;
  tags(): Promise<readonly string[] | undefined>;
}

/** What a source follows; the commit is undefined where Git cannot say. */
export interface Synced {
  readonly name: string;
  readonly commit: string | undefined;
}

/** What a GitRepository follows, by the precedence of source-controller: commit, name, semver, tag, branch. */
export async function syncedCommit(graph: CommitGraph, ref: SourceRef): Promise<Synced> {
  if (ref.commit !== undefined) return { name: `commit ${ref.commit.slice(0, 8)}`, commit: ref.commit };
  if (ref.name !== undefined) {
    const [, kind, name = ''] = /^refs\/(heads|tags)\/(.+)$/.exec(ref.name) ?? [];
    if (kind === 'heads') return { name: `branch ${name}`, commit: await graph.branchTip(name) };
    return { name: ref.name, commit: kind === 'tags' ? await graph.tagCommit(name) : undefined };
  }
  if (ref.semver !== undefined) {
    const tag = highestTag(ref.semver, (await graph.tags()) ?? []);
    const name = `tags in ${ref.semver}${tag === undefined ? '' : ` (${tag})`}`;
    return { name, commit: tag === undefined ? undefined : await graph.tagCommit(tag) };
  }
  if (ref.tag !== undefined) return { name: `tag ${ref.tag}`, commit: await graph.tagCommit(ref.tag) };
  const branch = ref.branch ?? 'master';
  return { name: `branch ${branch}`, commit: await graph.branchTip(branch) };
}

/** The tag that a range chooses; undefined when none is in it, or the range is none. */
export function highestTag(range: string, tags: readonly string[]): string | undefined {
  const parsed = parseRange(range);
  if (parsed === undefined) return undefined;
  let best: { tag: string; version: Version } | undefined;
  for (const tag of tags) {
    const version = parseVersion(tag);
    if (version === undefined || !matchesRange(parsed, version)) continue;
    if (best === undefined || compareVersions(version, best.version) > 0) best = { tag, version };
  }
  return best?.tag;
}
