import { type LiveObject } from '../object-sink';
import { boundedText } from './bounded-text';
import { liveItems, liveNumber, liveText, liveTime } from './live-value';

/** One entry of `status.conditions` (apimachinery, `metav1.Condition`). */
export interface LiveCondition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  /** `lastTransitionTime`, milliseconds since the epoch. */
  readonly since: number | undefined;
  readonly observedGeneration: number | undefined;
}

// Flux has eight types of conditions at most; a hostile list costs no more than this.
const mostConditions = 32;

/** The conditions of an object, in its order; those without a type are left out. */
export function conditionsOf(object: LiveObject): readonly LiveCondition[] {
  const conditions: LiveCondition[] = [];
  for (const item of liveItems(object, 'status', 'conditions')) {
    if (conditions.length === mostConditions) break;
    const type = liveText(item, 'type');
    if (type === undefined) continue;
    const status = liveText(item, 'status');
    conditions.push({
      type: boundedText(type, 100),
      status: status === 'True' || status === 'False' ? status : 'Unknown',
      reason: boundedText(liveText(item, 'reason') ?? '', 200),
      message: boundedText(liveText(item, 'message') ?? ''),
      since: liveTime(item, 'lastTransitionTime'),
      observedGeneration: liveNumber(item, 'observedGeneration'),
    });
  }
  return conditions;
}

/** The condition of a type; undefined where there is none. */
export function findCondition(conditions: readonly LiveCondition[], type: string): LiveCondition | undefined {
  return conditions.find((condition) => condition.type === type);
}
