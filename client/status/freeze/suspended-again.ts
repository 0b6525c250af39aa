import { parseLiveId, type LiveId } from '../live/live-id';
import { describeKey } from '../relations/behind';
import { type LiveView } from '../relations/live-view';
import { parentsOf } from '../relations/parents';
import { type RenderedFields } from './rendered-fields';

/**
 * Which of some objects do not stay resumed, one sentence for each parent: server-side apply owns what Git sets, so a parent
 * that renders `spec.suspend: true` puts it back, also one that applies itself. Empty where Git is not known.
 */
export function suspendedAgain(view: LiveView, ids: readonly LiveId[], rendered: RenderedFields): readonly string[] {
  const resumed = new Set(ids);
  return [...resumed].flatMap((id) => {
    const address = parseLiveId(id);
    const status = address && view.statusIn(address.context, address.key);
    if (address === undefined || status === undefined) return [];
    return parentsOf(view, address.context, status).flatMap((parent) => {
      const field = rendered.field(parent, address, 'spec.suspend');
      if (field.name !== 'value' || field.value !== true) return [];
      const isParentSuspended = !resumed.has(parent) && view.get(parent)?.suspension !== undefined;
      const by = describeKey(parseLiveId(parent)?.key ?? '');
      const when = isParentSuspended ? 'as soon as it is resumed' : 'with its next apply';
      return [`${by} sets spec.suspend to true for ${describeKey(status.key)}. It suspends it again ${when}.`];
    });
  });
}
