import { findCondition, type LiveCondition } from './condition';

/**
 * What an object says of itself. `waiting`: for a dependency, or for the gate of a Canary. `static`: its controller keeps
 * no status, so there is nothing that could be ready.
 */
export type Phase =
  'ready' | 'reconciling' | 'failed' | 'stalled' | 'waiting' | 'suspended' | 'deleting' | 'static' | 'unknown';

export interface PhaseFacts {
  readonly isDeleting: boolean;
  readonly isSuspended: boolean;
  readonly isStatic: boolean;
  readonly generation: number | undefined;
  readonly observedGeneration: number | undefined;
  readonly conditions: readonly LiveCondition[];
}

/** A phase and the condition that decided it; undefined where none did. */
export interface PhaseReading {
  readonly phase: Phase;
  readonly decidedBy: LiveCondition | undefined;
}

// A False Ready with these reasons is no failure: the controller has not come to a result.
const phaseOfReason: ReadonlyMap<string, Phase> = new Map([
  ['DependencyNotReady', 'waiting'],
  ['HealthCheckCanceled', 'reconciling'],
]);

/**
 * The phase by the conditions that Flux's controllers write (fluxcd/pkg runtime/conditions). First match: deleting,
 * suspended, stalled, waiting, failed (also one that is retried), reconciling, ready, unknown. Waiting stands before
 * retrying, because a controller that waits for a dependency keeps the Reconciling condition of the attempt before
 * (kustomize-controller, `finalizeStatus`); see docs/decisions/0015.
 */
export function phaseOf(facts: PhaseFacts): PhaseReading {
  const { conditions } = facts;
  const ready = findCondition(conditions, 'Ready');
  if (facts.isDeleting) return { phase: 'deleting', decidedBy: ready };
  if (facts.isSuspended) return { phase: 'suspended', decidedBy: ready };
  const stalled = findCondition(conditions, 'Stalled');
  if (stalled?.status === 'True') return { phase: 'stalled', decidedBy: stalled };
  const reconciling = findCondition(conditions, 'Reconciling');
  const isReconciling = reconciling?.status === 'True';
  const isRetried = isReconciling && reconciling.reason === 'ProgressingWithRetry';
  if (ready?.status === 'False') return { phase: phaseOfReason.get(ready.reason) ?? 'failed', decidedBy: ready };
  if (isRetried) return { phase: 'failed', decidedBy: reconciling };
  if (isReconciling) return { phase: 'reconciling', decidedBy: reconciling };
  if (ready === undefined) return { phase: facts.isStatic ? 'static' : 'unknown', decidedBy: undefined };
  if (ready.status === 'Unknown' || lagsBehind(facts, ready)) return { phase: 'reconciling', decidedBy: ready };
  return { phase: 'ready', decidedBy: ready };
}

/** True when the status is not of what the object's spec says now. */
export function lagsBehind(
  { generation, observedGeneration }: Pick<PhaseFacts, 'generation' | 'observedGeneration'>,
  ready: LiveCondition | undefined,
): boolean {
  // Kinds of the Flux Operator keep the generation in the condition only.
  const observed = observedGeneration ?? ready?.observedGeneration;
  return generation !== undefined && observed !== undefined && observed !== generation;
}

/**
 * True when the controller has come to no result yet for what the spec says now. One that fails leaves the generation of the
 * status at the last success, and notes in the condition what it looked at (fluxcd/pkg runtime/patch, SerialPatcher).
 */
export function isUnseen(
  facts: Pick<PhaseFacts, 'generation' | 'observedGeneration'>,
  ready: LiveCondition | undefined,
): boolean {
  return lagsBehind(facts, ready) && ready?.observedGeneration !== facts.generation;
}
