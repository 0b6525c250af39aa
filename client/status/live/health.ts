import { type HealthRule } from '../kinds/live-kind';
import { type LiveObject } from '../object-sink';
import { liveAt, liveFlag, liveItems, liveText } from './live-value';

/** Whether "ready" says that what was applied is healthy. `none`: the kind applies nothing. */
export type HealthCheck = 'checked' | 'unchecked' | 'none';

/**
 * Whether the controller looks at the health of what it applies: `wait` or `healthChecks` of a Kustomization
 * (`healthCheckExprs` alone check nothing), Helm's own waiting unless the last action disables it, `wait` of the Flux
 * Operator's kinds.
 */
export function healthCheckOf(object: LiveObject, rule: HealthRule): HealthCheck {
  switch (rule) {
    case 'none':
      return 'none';
    case 'kustomization': {
      const isChecked = liveFlag(object, 'spec', 'wait') || liveItems(object, 'spec', 'healthChecks').length > 0;
      return isChecked ? 'checked' : 'unchecked';
    }
    case 'helm': {
      const action = liveText(object, 'status', 'lastAttemptedReleaseAction') === 'upgrade' ? 'upgrade' : 'install';
      return liveFlag(object, 'spec', action, 'disableWait') ? 'unchecked' : 'checked';
    }
    case 'wait-off-by-default':
      return liveFlag(object, 'spec', 'wait') ? 'checked' : 'unchecked';
    case 'wait-on-by-default':
      return liveAt(object, ['spec', 'wait']) === false ? 'unchecked' : 'checked';
  }
}
