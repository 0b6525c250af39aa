import { describe, parseResourceKey, type ResourceId } from '../../../server/model/resource-id';
import { isProtected } from '../../status/deletion/protected';
import { boundedText } from '../../status/live/bounded-text';
import { liveId, parseLiveId, type LiveId } from '../../status/live/live-id';
import { type LiveStatus } from '../../status/live/live-status';
import { type LiveView } from '../../status/relations/live-view';
import { standingOf } from '../../status/relations/standing';
import { parsePath, type NodePath } from '../../status/tree/node-path';
import { capabilitiesOf } from '../../status/tree/object-node';
import { stateWord } from '../../status/tree/summary';
import { type NodeCapability } from '../../status/tree/tree-node';

/** An object of a context that a command acts on. */
export interface ActionTarget {
  readonly context: string;
  readonly id: ResourceId;
  /** `Kind namespace/name`. */
  readonly label: string;
  /** State and context, for choosing one. */
  readonly description: string;
}

/** The object of a row; undefined for rows of none, and for objects that are not there any more. */
export function targetAt(view: LiveView, path: NodePath): ActionTarget | undefined {
  const last = parsePath(path)?.at(-1);
  return last?.type === 'object' ? targetOf(view, last.value) : undefined;
}

/**
 * All objects with which something can be done, in the order of contexts. Of those that are never deleted a list says so in
 * place of their state, after all others; the command says why.
 */
export function targetsFor(view: LiveView, capability: NodeCapability): readonly ActionTarget[] {
  const isOffered = (status: LiveStatus): boolean =>
    capability === 'delete' || capabilitiesOf(status, false).includes(capability);
  const found = view.contexts().flatMap((context) =>
    [...(view.find(context)?.all() ?? [])].filter(isOffered).flatMap((status) => {
      const target = targetOf(view, liveId(context, status.key));
      return target === undefined ? [] : [{ target, status }];
    }),
  );
  if (capability !== 'delete') return found.map(({ target }) => target);
  const kept = found
    .filter(({ target, status }) => isProtected(view, target.context, status))
    .map(({ target }) => target);
  return [
    ...found.flatMap(({ target }) => (kept.includes(target) ? [] : [target])),
    ...kept.map((target) => ({ ...target, description: `not deleted from here · ${target.context}` })),
  ];
}

function targetOf(view: LiveView, live: LiveId): ActionTarget | undefined {
  const address = parseLiveId(live);
  const status = address && view.statusIn(address.context, address.key);
  const id = address && parseResourceKey(address.key);
  if (address === undefined || status === undefined || id === undefined) return undefined;
  const { context } = address;
  const word = stateWord(standingOf(view, context, status).state);
  return { context, id, label: boundedText(describe(id), 500), description: `${word} · ${context}` };
}
