import { describe, parseResourceKey, type ResourceId } from '../../../server/model/resource-id';
import { isProtected } from '../../status/deletion/protected';
import { boundedText } from '../../status/live/bounded-text';
import { liveId, parseLiveId, type LiveId } from '../../status/live/live-id';
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

/** All objects with which something can be done, in the order of contexts. */
export function targetsFor(view: LiveView, capability: NodeCapability): readonly ActionTarget[] {
  return view
    .contexts()
    .flatMap((context) =>
      [...(view.find(context)?.all() ?? [])]
        .filter((status) =>
          capability === 'delete'
            ? !isProtected(view, context, status)
            : capabilitiesOf(status, false).includes(capability),
        )
        .flatMap(({ key }) => targetOf(view, liveId(context, key)) ?? []),
    );
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
