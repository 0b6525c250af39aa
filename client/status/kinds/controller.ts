import { boundedText } from '../live/bounded-text';
import { conditionsOf, findCondition } from '../live/condition';
import { liveItems, liveNumber, liveText } from '../live/live-value';
import { lagsBehind, type PhaseReading } from '../live/phase';
import { type LiveObject, type LiveValue } from '../object-sink';
import { type LiveFacts } from './facts';
import { type LiveKind } from './live-kind';

const wantedOf = (object: LiveObject): number => liveNumber(object, 'spec', 'replicas') ?? 1;
const availableOf = (object: LiveObject): number => liveNumber(object, 'status', 'availableReplicas') ?? 0;

/**
 * Whether a Deployment runs as its spec wants (kstatus rules). Scaled to zero counts as suspended, although kstatus calls
 * it current: a controller that does not run reconciles nothing.
 */
export function controllerPhase(object: LiveObject, isDeleting: boolean): PhaseReading {
  const conditions = conditionsOf(object);
  const progressing = findCondition(conditions, 'Progressing');
  const available = findCondition(conditions, 'Available');
  if (isDeleting) return { phase: 'deleting', decidedBy: available };
  if (wantedOf(object) === 0) return { phase: 'suspended', decidedBy: undefined };
  if (progressing?.reason === 'ProgressDeadlineExceeded') return { phase: 'failed', decidedBy: progressing };
  const observedGeneration = liveNumber(object, 'status', 'observedGeneration');
  if (observedGeneration === undefined) return { phase: 'unknown', decidedBy: undefined };
  const generation = liveNumber(object, 'metadata', 'generation');
  const updated = liveNumber(object, 'status', 'updatedReplicas') ?? 0;
  const isComplete = updated >= wantedOf(object) && availableOf(object) >= wantedOf(object);
  if (lagsBehind({ generation, observedGeneration }, undefined) || (!isComplete && available?.status !== 'False')) {
    return { phase: 'reconciling', decidedBy: progressing };
  }
  if (!isComplete) {
    const isRollingOut = progressing?.status === 'True' && progressing.reason !== 'NewReplicaSetAvailable';
    return { phase: isRollingOut ? 'reconciling' : 'failed', decidedBy: available };
  }
  return { phase: 'ready', decidedBy: available };
}

const mostArguments = 60;

function controllerFacts(object: LiveObject): LiveFacts {
  const containers = liveItems(object, 'spec', 'template', 'spec', 'containers');
  const shown = (texts: readonly LiveValue[]): string[] =>
    texts.flatMap((text) => (typeof text === 'string' ? [boundedText(text, 300)] : [])).slice(0, mostArguments);
  return {
    kind: 'controller',
    version: boundedText(liveText(object, 'metadata', 'labels', 'app.kubernetes.io/version') ?? '', 100),
    images: shown(containers.map((container) => liveText(container, 'image') ?? '')),
    // Flagger's manifests write all into the command.
    arguments: shown(containers.flatMap((one) => [...liveItems(one, 'command').slice(1), ...liveItems(one, 'args')])),
    wanted: wantedOf(object),
    available: availableOf(object),
  };
}

/** What runs what is shown: Flux's controllers, its operator and Flagger; only those are watched. */
export const controller: LiveKind = {
  group: 'apps',
  kind: 'Deployment',
  plural: 'deployments',
  title: 'Controllers',
  section: 'controller',
  capabilities: { suspend: 'none', reconcile: false },
  references: [],
  inventory: 'none',
  health: 'none',
  revisions: {},
  facts: controllerFacts,
};
