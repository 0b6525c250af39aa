import { parseResourceKey } from '../../../server/model/resource-id';
import { parseLiveId, type LiveId } from '../../status/live/live-id';
import { type PlanStep } from '../object-action/run-plan';

/** Steps of one action on some objects; ids that name none are left out. */
export function planSteps(ids: readonly LiveId[], action: PlanStep['action']): readonly PlanStep[] {
  return ids.flatMap((live): readonly PlanStep[] => {
    const id = parseResourceKey(parseLiveId(live)?.key ?? '');
    return id === undefined ? [] : [{ id, action }];
  });
}
