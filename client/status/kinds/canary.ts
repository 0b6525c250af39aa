import { boundedText } from '../live/bounded-text';
import { conditionsOf, findCondition } from '../live/condition';
import { liveNumber, liveText } from '../live/live-value';
import { type Phase, type PhaseReading } from '../live/phase';
import { type LiveObject } from '../object-sink';
import { type LiveFacts } from './facts';
import { type LiveKind } from './live-kind';

// Flagger, pkg/apis/flagger/v1beta1/status.go: a Canary has a phase, and one condition, Promoted.
const phases: ReadonlyMap<string, Phase> = new Map([
  ['Initializing', 'reconciling'],
  ['Initialized', 'ready'],
  ['Waiting', 'waiting'],
  ['Progressing', 'reconciling'],
  ['WaitingPromotion', 'waiting'],
  ['Promoting', 'reconciling'],
  ['Finalising', 'reconciling'],
  ['Succeeded', 'ready'],
  ['Failed', 'failed'],
  ['Terminating', 'deleting'],
  ['Terminated', 'deleting'],
]);

/** The phase that Flagger gives; `unknown` for one that is not known. */
export function canaryPhase(object: LiveObject, isDeleting: boolean, isSuspended: boolean): PhaseReading {
  const decidedBy = findCondition(conditionsOf(object), 'Promoted');
  if (isDeleting) return { phase: 'deleting', decidedBy };
  if (isSuspended) return { phase: 'suspended', decidedBy };
  return { phase: phases.get(liveText(object, 'status', 'phase') ?? '') ?? 'unknown', decidedBy };
}

function canaryFacts(object: LiveObject): LiveFacts | undefined {
  const target = liveText(object, 'spec', 'targetRef', 'name');
  if (target === undefined) return undefined;
  return {
    kind: 'canary',
    target: boundedText(`${liveText(object, 'spec', 'targetRef', 'kind') ?? ''} ${target}`.trim(), 300),
    phase: boundedText(liveText(object, 'status', 'phase') ?? '', 50),
    weight: liveNumber(object, 'status', 'canaryWeight') ?? 0,
    failedChecks: liveNumber(object, 'status', 'failedChecks') ?? 0,
  };
}

/** Progressive delivery of one workload (Flagger). */
export const canary: LiveKind = {
  group: 'flagger.app',
  kind: 'Canary',
  plural: 'canaries',
  title: 'Canaries',
  section: 'delivery',
  capabilities: { suspend: 'spec.suspend', reconcile: false },
  references: [],
  inventory: 'none',
  health: 'none',
  revisions: {},
  facts: canaryFacts,
};
