import { liveId, parseLiveId, type LiveId } from '../live/live-id';
import { type LiveStatus } from '../live/live-status';
import { describeKey } from '../relations/behind';
import { type LiveView } from '../relations/live-view';
import { parentsOf } from '../relations/parents';
import { dependencyOrder } from '../order';
import { type RenderedFields } from './rendered-fields';
import { type SuspendStep } from './undo';

/** What a freeze suspends, in this order: what applies first, so that nothing puts back what comes after. */
export const frozenKinds: readonly (readonly [group: string, kind: string])[] = [
  ['kustomize.toolkit.fluxcd.io', 'Kustomization'],
  ['helm.toolkit.fluxcd.io', 'HelmRelease'],
  ['image.toolkit.fluxcd.io', 'ImageUpdateAutomation'],
];

/** An object whose suspension does not last. */
export interface NotHolding {
  readonly id: LiveId;
  readonly parent: LiveId;
  /** `now`: the parent goes on applying. `when-resumed`: it is frozen too, and undoes this as soon as it is not. */
  readonly undone: 'now' | 'when-resumed';
  /** Git was not read, so nobody can tell. */
  readonly isGuess: boolean;
  readonly text: string;
}

export interface FreezePlan {
  readonly context: string;
  readonly steps: readonly SuspendStep[];
  /** Suspended before, by somebody else: neither a freeze nor its undoing touches them. */
  readonly alreadySuspended: readonly LiveId[];
  /** Being deleted: suspending one would orphan its objects. */
  readonly leftAlone: readonly LiveId[];
  readonly notHolding: readonly NotHolding[];
  /** Kinds of which not all objects are known now, one sentence each: some may go on. */
  readonly unknown: readonly string[];
}

/**
 * What freezing one cluster would do: all Kustomizations, HelmReleases and ImageUpdateAutomations of all namespaces,
 * parents before children. A parent that sets `spec.suspend: false` in Git takes a suspension back with its next apply; one
 * that does not set the field leaves it alone, since server-side apply owns only what Git sets.
 * @param kinds those of the kinds that are to be frozen; all without
 */
export function freezePlan(
  view: LiveView,
  context: string,
  rendered: RenderedFields,
  kinds: readonly string[] = frozenKinds.map(([, kind]) => kind),
): FreezePlan {
  const alreadySuspended: LiveId[] = [];
  const leftAlone: LiveId[] = [];
  const wanted = frozenKinds.filter(([, kind]) => kinds.includes(kind));
  const chosen = wanted.map(([group, kind]) => {
    const ids: LiveId[] = [];
    for (const status of view.find(context)?.ofKind(group, kind) ?? []) {
      const id = liveId(context, status.key);
      if (status.phase === 'deleting') leftAlone.push(id);
      else if (status.suspension !== undefined) alreadySuspended.push(id);
      else ids.push(id);
    }
    return dependencyOrder(view, ids.sort()).ordered;
  });
  const steps = chosen.flat().map((id): SuspendStep => ({ id, action: 'suspend' }));
  const frozen = [...steps.map(({ id }) => id), ...alreadySuspended];
  return {
    context,
    steps,
    alreadySuspended: alreadySuspended.sort(),
    leftAlone: leftAlone.sort(),
    notHolding: notHolding(view, frozen, rendered),
    unknown: unknownKinds(view, context, wanted),
  };
}

/** Which of some objects do not stay suspended while all of them are. */
export function notHolding(view: LiveView, ids: readonly LiveId[], rendered: RenderedFields): readonly NotHolding[] {
  const suspended = new Set(ids);
  return [...suspended].flatMap((id) => unheld(view, id, suspended, rendered));
}

function unknownKinds(view: LiveView, context: string, wanted: typeof frozenKinds): readonly string[] {
  const scopes = [...(view.find(context)?.scopes.values() ?? [])];
  return wanted.flatMap(([group, kind]) => {
    const states = scopes.filter(({ scope }) => scope.group === group && scope.kind === kind).map(({ state }) => state);
    const lacking = states.find(({ name }) => name !== 'live' && name !== 'absent');
    if (states.length > 0 && lacking === undefined) return [];
    const why = lacking === undefined ? 'not watched' : lacking.name;
    return [`Not all objects of kind ${kind} are known (${why}): those that are not go on.`];
  });
}

function unheld(
  view: LiveView,
  id: LiveId,
  frozen: ReadonlySet<LiveId>,
  rendered: RenderedFields,
): readonly NotHolding[] {
  const address = parseLiveId(id);
  const status = address && view.statusIn(address.context, address.key);
  if (address === undefined || status === undefined) return [];
  return parentsOf(view, address.context, status).flatMap((parent): readonly NotHolding[] => {
    if (parent === id) return [];
    const field = rendered.field(parent, address, 'spec.suspend');
    if (field.name === 'absent' || (field.name === 'value' && field.value !== false)) return [];
    const isGuess = field.name === 'unknown';
    const isParentFrozen = frozen.has(parent);
    // A frozen parent whose fields nobody read is no reason to warn.
    if (isGuess && isParentFrozen) return [];
    const undone = isParentFrozen ? 'when-resumed' : 'now';
    return [{ id, parent, undone, isGuess, text: sentence(status, parent, undone, isGuess) }];
  });
}

function sentence(status: LiveStatus, parent: LiveId, undone: NotHolding['undone'], isGuess: boolean): string {
  const child = describeKey(status.key);
  const by = describeKey(parseLiveId(parent)?.key ?? '');
  if (isGuess) return `${by} applies ${child} and stays active. Whether Git sets spec.suspend is not known here.`;
  const when = undone === 'now' ? 'with its next apply' : 'as soon as it is resumed';
  return `${by} sets spec.suspend to false for ${child}. It resumes it ${when}.`;
}
