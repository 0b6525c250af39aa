import { parseResourceKey, type ResourceId } from '../../../server/model/resource-id';
import { parseLiveId, type LiveId } from '../../status/live/live-id';
import { type PlanStep } from '../object-action/run-plan';

/** Steps of one action on some objects; ids that name none are left out. */
export function planSteps(ids: readonly LiveId[], action: PlanStep['action']): readonly PlanStep[] {
  return ids.flatMap((live): readonly PlanStep[] => {
    const id = parseResourceKey(parseLiveId(live)?.key ?? '');
    return id === undefined ? [] : [{ id, action }];
  });
}

/** What has to be asked for so that all steps are allowed: each kind of each namespace once. */
export function accessOf(steps: readonly PlanStep[]): readonly ResourceId[] {
  const found = new Map<string, ResourceId>();
  for (const { id } of steps) found.set(`${id.group}/${id.kind}/${id.namespace}`, { ...id, name: '' });
  return [...found.values()];
}
