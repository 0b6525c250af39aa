import { parseLiveId, liveId, type LiveId } from './live/live-id';
import { type LiveView } from './relations/live-view';
import { parentsOf } from './relations/parents';

/** Objects in an order in which each comes after what it needs. */
export interface Order {
  readonly ordered: readonly LiveId[];
  /** Those that wait for each other; they stand in `ordered` too, where the circle was cut. */
  readonly inCircles: readonly LiveId[];
}

/**
 * Sorts objects so that dependencies and appliers come before what depends on them or is applied by them; what nothing
 * orders keeps the order given. Edges through objects that are not among them do not count.
 */
export function dependencyOrder(view: LiveView, ids: readonly LiveId[]): Order {
  const chosen = new Set(ids);
  const before = new Map<LiveId, readonly LiveId[]>();
  for (const id of chosen)
    before.set(
      id,
      needed(view, id).filter((other) => other !== id && chosen.has(other)),
    );
  const ordered: LiveId[] = [];
  const inCircles = new Set<LiveId>();
  const done = new Set<LiveId>();
  // Depth first, with a stack of its own: chains may be as long as there are objects.
  for (const start of chosen) {
    const stack: { id: LiveId; at: number }[] = done.has(start) ? [] : [{ id: start, at: 0 }];
    const onStack = new Set<LiveId>(stack.map(({ id }) => id));
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = before.get(top.id)?.[top.at++];
      if (next === undefined) {
        stack.pop();
        onStack.delete(top.id);
        done.add(top.id);
        ordered.push(top.id);
      } else if (onStack.has(next)) {
        for (const { id } of stack.slice(stack.findIndex(({ id }) => id === next))) inCircles.add(id);
      } else if (!done.has(next)) {
        stack.push({ id: next, at: 0 });
        onStack.add(next);
      }
    }
  }
  return { ordered, inCircles: [...inCircles] };
}

function needed(view: LiveView, id: LiveId): readonly LiveId[] {
  const address = parseLiveId(id);
  const status = address && view.statusIn(address.context, address.key);
  if (address === undefined || status === undefined) return [];
  const { context } = address;
  // A source that its own taker applies, as bootstrap has it, is fetched before it is applied again.
  const parents = parentsOf(view, context, status).filter((parent) => {
    return view.get(parent)?.sources.includes(status.key) !== true;
  });
  return [
    ...parents,
    ...status.dependsOn.map((key) => liveId(context, key)),
    ...status.sources.map((key) => liveId(context, key)),
  ];
}
