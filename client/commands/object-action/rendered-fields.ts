import { renderedRequest } from '../../../server/protocol/messages';
import { boundClusters } from '../../status/binding/bound-clusters';
import { notHolding } from '../../status/freeze/freeze-plan';
import { type RenderedFields } from '../../status/freeze/rendered-fields';
import { fieldsOfTexts } from '../../status/freeze/rendered-texts';
import { suspendedAgain } from '../../status/freeze/suspended-again';
import { type SuspendStep } from '../../status/freeze/undo';
import { parseLiveId, type LiveId } from '../../status/live/live-id';
import { parentsOf } from '../../status/relations/parents';
import type { Live } from '../../views/live/live';
import { type CommandContext } from '../command';

/**
 * What the repositories that are bound to a context say of the objects of some appliers; nothing is known of others.
 * @returns undefined when cancelled
 */
export async function renderedFields(
  { server }: Pick<CommandContext, 'server'>,
  live: Live,
  context: string,
  appliers: readonly LiveId[],
  signal?: AbortSignal,
): Promise<RenderedFields | undefined> {
  const texts = new Map<LiveId, string>();
  const bound = boundClusters(live.memory).filter(({ binding }) => binding.context === context);
  for (const { what } of bound) {
    if (what.kind !== 'cluster') continue;
    const path = what.path.replace(/[%|]/g, encodeURIComponent);
    for (const applier of appliers) {
      if (signal?.aborted === true) return undefined;
      const address = `${path}|${parseLiveId(applier)?.key ?? ''}|`;
      const answer = await server.ask(renderedRequest, { root: what.root, address });
      if (answer?.available === true) texts.set(applier, answer.text);
    }
  }
  return signal?.aborted === true ? undefined : fieldsOfTexts(context, texts);
}

/**
 * Who takes the suspending or resuming of some objects back because Git sets `spec.suspend` to something else, one sentence
 * each. Empty where it holds, and where Git is not known.
 */
export async function takenBack(
  context: Pick<CommandContext, 'server'>,
  live: Live,
  where: string,
  ids: readonly LiveId[],
  action: SuspendStep['action'],
): Promise<readonly string[]> {
  const { store } = live.clusters;
  const parents = ids.flatMap((id) => {
    const status = store.get(id);
    return status === undefined ? [] : parentsOf(store, where, status);
  });
  const fields = await renderedFields(context, live, where, [...new Set(parents)]);
  if (fields === undefined) return [];
  if (action === 'resume') return suspendedAgain(store, ids, fields);
  return notHolding(store, ids, fields).flatMap(({ isGuess, undone, text }) =>
    isGuess || undone !== 'now' ? [] : [text],
  );
}
