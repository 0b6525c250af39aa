import { type HistoryAnswer, type HistoryQuestion } from '../../../server/protocol/history';
import { historyRequest, reachRequest } from '../../../server/protocol/messages';
import { parseAddress } from '../../../server/model/object-address';
import { type LanguageServer } from '../../language/language-server';
import { type CommitGraph } from '../../status/commit-graph';
import { type CommitQuestion } from '../../status/commit-status';
import { type ClusterContexts } from '../../status/in-file/object-in-file';
import { liveId } from '../../status/live/live-id';
import { contextOfApplied, type LiveView } from '../../status/relations/live-view';

type Server = Pick<LanguageServer, 'ask'>;

async function ask(server: Server, root: string, question: HistoryQuestion): Promise<HistoryAnswer> {
  const answer = await server.ask(historyRequest, { root, question });
  return answer?.available === true ? answer.said : null;
}

const text = (said: HistoryAnswer): string | undefined => (typeof said === 'string' ? said : undefined);
const texts = (said: HistoryAnswer): readonly string[] | undefined =>
  typeof said === 'object' && said !== null ? said : undefined;

/** The history of a repository as the server tells it. What was asked of two commits is not asked again. */
export function commitGraph(server: Server, root: string): CommitGraph {
  const ancestry = new Map<string, Promise<boolean | undefined>>();
  return {
    isAncestor(commit, of) {
      const key = `${commit} ${of}`;
      const known = ancestry.get(key);
      if (known !== undefined) return known;
      const asked = ask(server, root, { ask: 'is-ancestor', commit, of }).then((said) => {
        // A commit that is not known yet may be fetched later.
        if (typeof said !== 'boolean') ancestry.delete(key);
        return typeof said === 'boolean' ? said : undefined;
      });
      ancestry.set(key, asked);
      return asked;
    },
    branchTip: async (branch) => text(await ask(server, root, { ask: 'branch-tip', branch })),
    tagCommit: async (tag) => text(await ask(server, root, { ask: 'commit', name: `refs/tags/${tag}` })),
    tags: async () => texts(await ask(server, root, { ask: 'tags' })),
  };
}

/** The commit that a name stands for; undefined where Git cannot tell. */
export async function commitNamed(server: Server, root: string, name: string): Promise<string | undefined> {
  return text(await ask(server, root, { ask: 'commit', name }));
}

/** What a commit changes in the clusters of a repository, one question for each cluster. */
export interface CommitReach {
  /** Clusters that are bound to a context. */
  readonly questions: readonly CommitQuestion[];
  /** Clusters that it changes and that nobody bound. */
  readonly unbound: readonly string[];
}

/**
 * Which Kustomizations and objects of which contexts a commit changes; undefined where nobody can tell. Objects that are applied
 * to another cluster count there, and nowhere while no context is bound to it.
 */
export async function reachOfCommit(
  server: Server,
  contexts: ClusterContexts,
  view: LiveView,
  root: string,
  commit: string,
): Promise<CommitReach | undefined> {
  const uris = texts(await ask(server, root, { ask: 'changed-files', commit }));
  const reach = uris && (await server.ask(reachRequest, { root, uris }));
  if (reach?.available !== true) return undefined;
  const byContext = new Map<string, { appliers: string[]; objects: string[] }>();
  const unbound = new Set<string>();
  const add = (address: string, to: 'appliers' | 'objects'): void => {
    const parsed = parseAddress(address);
    if (parsed === undefined) return;
    const context = contexts.contextOf(root, parsed.cluster);
    if (context === undefined) {
      unbound.add(parsed.cluster);
      return;
    }
    const of = byContext.get(context) ?? { appliers: [], objects: [] };
    byContext.set(context, of);
    const lives = contextOfApplied(view, context, parsed.owner);
    if (lives !== undefined) of[to].push(liveId(lives, parsed.object));
  };
  for (const address of reach.kustomizations) add(address, 'appliers');
  for (const address of reach.objects) add(address, 'objects');
  const questions = [...byContext].map(([context, of]): CommitQuestion => ({ commit, context, ...of }));
  return { questions, unbound: [...unbound] };
}
