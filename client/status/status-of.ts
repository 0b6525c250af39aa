import { resourceKey, splitApiVersion, type ResourceId, type ResourceKey } from '../../server/model/resource-id';
import { type LiveFacts } from './kinds/facts';
import { canary, canaryPhase } from './kinds/canary';
import { controller, controllerPhase } from './kinds/controller';
import { findLiveKind } from './kinds/index';
import { type LiveKind } from './kinds/live-kind';
import { boundedText } from './live/bounded-text';
import { conditionsOf, findCondition, type LiveCondition } from './live/condition';
import { healthCheckOf } from './live/health';
import { inventoryOf } from './live/inventory';
import { liveReferences } from './live/live-references';
import { type LiveRevisions, type LiveStatus } from './live/live-status';
import { liveAt, liveNumber, liveObject, liveText, liveTime, type LivePath } from './live/live-value';
import { madeSource } from './live/made-source';
import { labelledOwners } from './live/owners';
import { isUnseen, phaseOf, type PhaseReading } from './live/phase';
import { scheduleOf } from './live/schedule';
import { suspensionOf, type Suspension } from './live/suspension';
import { type LiveObject } from './object-sink';

/** Group, version and kind of an object, where the object itself need not say them: items of a list do not. */
export interface ObjectType {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

// Kinds that are not watched are read by their conditions alone.
const anyKind: Omit<LiveKind, 'group' | 'kind' | 'plural' | 'title'> = {
  section: 'apply',
  capabilities: { suspend: 'none', reconcile: false },
  references: [],
  inventory: 'none',
  health: 'none',
  revisions: {},
};

const dependsOn = new Set(['dependsOn']);
const feeding = new Set(['sourceRef', 'chartRef', 'sources', 'include', 'imageRepositoryRef', 'inputsFrom']);

/**
 * Reads one object of the API server.
 * @param type what the watch says it is; without it the object's own words count
 * @returns undefined for what is no object with kind and name
 */
export function statusOf(object: LiveObject, type?: ObjectType): LiveStatus | undefined {
  const name = liveText(object, 'metadata', 'name');
  const kindName = type?.kind ?? liveText(object, 'kind');
  if (name === undefined || name === '' || kindName === undefined || kindName === '') return undefined;
  const { group, version } = type ?? splitApiVersion(liveText(object, 'apiVersion') ?? '');
  const id = { group, kind: kindName, namespace: liveText(object, 'metadata', 'namespace') ?? '', name };
  const kind = findLiveKind(group, kindName) ?? { group, kind: kindName, plural: '', title: '', ...anyKind };
  const conditions = conditionsOf(object);
  const suspension = suspensionOf(object, group, kind.capabilities.suspend);
  const generation = liveNumber(object, 'metadata', 'generation');
  const observedGeneration = liveNumber(object, 'status', 'observedGeneration');
  const { phase, decidedBy } = readPhase(object, kind, conditions, suspension);
  const facts = kind.facts?.(object);
  return {
    id,
    key: resourceKey(id),
    version,
    resourceVersion: liveText(object, 'metadata', 'resourceVersion') ?? '',
    created: liveTime(object, 'metadata', 'creationTimestamp'),
    phase,
    reason: decidedBy?.reason ?? '',
    message: decidedBy?.message ?? '',
    since: decidedBy?.since,
    conditions,
    generation,
    lagsGeneration: isUnseen({ generation, observedGeneration }, findCondition(conditions, 'Ready')),
    suspension,
    revisions: revisionsOf(object, kind, facts),
    sources: sourcesOf(object, kind, id),
    dependsOn: liveReferences(object, id.namespace, kind.references, dependsOn),
    owners: labelledOwners(object),
    inventory: kind.inventory === 'none' ? undefined : inventoryOf(object),
    target: kind.section === 'apply' ? targetOf(object, id.namespace) : undefined,
    health: healthCheckOf(object, kind.health),
    schedule: scheduleOf(object, kind),
    requested: boundedText(liveText(object, 'metadata', 'annotations', 'reconcile.fluxcd.io/requestedAt') ?? '', 100),
    handled: boundedText(liveText(object, 'status', 'lastHandledReconcileAt') ?? '', 100),
    facts,
  };
}

function readPhase(
  object: LiveObject,
  kind: Pick<LiveKind, 'group' | 'kind' | 'capabilities' | 'staticWhen'>,
  conditions: readonly LiveCondition[],
  suspension: Suspension | undefined,
): PhaseReading {
  const isDeleting = liveText(object, 'metadata', 'deletionTimestamp') !== undefined;
  const isSuspended = suspension !== undefined;
  if (kind === canary) return canaryPhase(object, isDeleting, isSuspended);
  if (kind === controller) return controllerPhase(object, isDeleting);
  const { staticWhen } = kind;
  return phaseOf({
    isDeleting,
    isSuspended,
    isStatic:
      kind.capabilities.static === true ||
      (staticWhen !== undefined && liveText(object, ...staticWhen.path) === staticWhen.is),
    generation: liveNumber(object, 'metadata', 'generation'),
    observedGeneration: liveNumber(object, 'status', 'observedGeneration'),
    conditions,
  });
}

const originKey = 'org.opencontainers.image.revision';

function revisionsOf(
  object: LiveObject,
  kind: Pick<LiveKind, 'revisions'>,
  facts: LiveFacts | undefined,
): LiveRevisions {
  const at = (path: LivePath | undefined): string | undefined => {
    const text = path === undefined ? undefined : liveText(object, ...path);
    return text === undefined || text === '' ? undefined : boundedText(text, 500);
  };
  const { revisions } = kind;
  const released = facts?.kind === 'release' && facts.status === 'deployed' ? facts.chartVersion : undefined;
  return {
    applied: released ?? at(revisions.applied),
    appliedOrigin: at(revisions.appliedOrigin),
    attempted: at(revisions.attempted),
    artifact: at(revisions.artifact),
    artifactOrigin: revisions.artifact && at(['status', 'artifact', 'metadata', originKey]),
    observedSource: at(revisions.observedSource),
  };
}

const sourceGroup = 'source.toolkit.fluxcd.io';

/**
 * A HelmRelease with a chart template takes the HelmChart or OCIRepository made of it, `<namespace>-<name>` in the source's namespace
 * (helm-controller, reconcile/helmchart_template.go); everything else takes what its fields name.
 */
function sourcesOf(
  object: LiveObject,
  kind: Pick<LiveKind, 'kind' | 'references'>,
  id: ResourceId,
): readonly ResourceKey[] {
  const template = kind.kind === 'HelmRelease' ? liveObject(object, 'spec', 'chart', 'spec') : undefined;
  if (template === undefined) return liveReferences(object, id.namespace, kind.references, feeding);
  const made = madeSource(object);
  if (made !== undefined) return [resourceKey(made)];
  const namespace = liveText(template, 'sourceRef', 'namespace') ?? id.namespace;
  const kindOf = liveText(object, 'spec', 'chart', 'kind') === 'OCIRepository' ? 'OCIRepository' : 'HelmChart';
  return [resourceKey({ group: sourceGroup, kind: kindOf, namespace, name: `${id.namespace}-${id.name}` })];
}

/** `spec.kubeConfig` as one text, so that all objects of one kubeconfig have the same target. */
function targetOf(object: LiveObject, namespace: string): string | undefined {
  const kubeConfig = liveAt(object, ['spec', 'kubeConfig']);
  if (kubeConfig === undefined || kubeConfig === null) return undefined;
  const [kind, field] = liveObject(kubeConfig, 'configMapRef')
    ? ['ConfigMap', 'configMapRef']
    : ['Secret', 'secretRef'];
  const name = liveText(kubeConfig, field, 'name') ?? '';
  return boundedText([kind, namespace, name, liveText(kubeConfig, field, 'key') ?? ''].join('/'), 600);
}
