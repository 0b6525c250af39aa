import { type ResourceId, type ResourceKey } from '../../../server/model/resource-id';
import { type LiveFacts } from '../kinds/facts';
import { type LiveCondition } from './condition';
import { type HealthCheck } from './health';
import { type InventoryEntry } from './inventory';
import { type Phase } from './phase';
import { type Schedule } from './schedule';
import { type Suspension } from './suspension';

export interface LiveRevisions {
  /** What was last applied with success. */
  readonly applied: string | undefined;
  /** The Git revision that the applied OCI artifact was made of. */
  readonly appliedOrigin: string | undefined;
  readonly attempted: string | undefined;
  /** What a source serves. */
  readonly artifact: string | undefined;
  readonly artifactOrigin: string | undefined;
  /** The revision of its own source that a source last looked at. */
  readonly observedSource: string | undefined;
}

/**
 * What is kept of one live object: what its status says, and what relates it to others. Says nothing about its
 * surroundings; those are in `relations/`.
 */
export interface LiveStatus {
  readonly id: ResourceId;
  readonly key: ResourceKey;
  readonly version: string;
  readonly resourceVersion: string;
  /** Milliseconds since the epoch. */
  readonly created: number | undefined;
  readonly phase: Phase;
  /** Reason and message of the condition that decided the phase; empty where none did. */
  readonly reason: string;
  readonly message: string;
  readonly since: number | undefined;
  readonly conditions: readonly LiveCondition[];
  readonly generation: number | undefined;
  /** The controller has come to no result for the present spec, good or bad. */
  readonly lagsGeneration: boolean;
  readonly suspension: Suspension | undefined;
  readonly revisions: LiveRevisions;
  /** Objects whose artifacts it takes, in order; of a HelmRelease with a chart template its HelmChart. */
  readonly sources: readonly ResourceKey[];
  readonly dependsOn: readonly ResourceKey[];
  /** Appliers by labels. */
  readonly owners: readonly ResourceKey[];
  readonly inventory: readonly InventoryEntry[] | undefined;
  /** Where it applies to when that is another cluster: the kubeconfig's `Secret/namespace/name/key`. */
  readonly target: string | undefined;
  readonly health: HealthCheck;
  readonly schedule: Schedule;
  /** Tokens of `reconcile.fluxcd.io/requestedAt` and of the last request that was handled; empty when there is none. */
  readonly requested: string;
  readonly handled: string;
  readonly facts: LiveFacts | undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function sameData(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, at) => sameData(item, b[at]))
    );
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameData(a[key], b[key]))
  );
}

/** Whether two readings of an object say the same; the resource version may differ. */
export function sameStatus(a: LiveStatus, b: LiveStatus): boolean {
  if (a === b) return true;
  for (const field of Object.keys(a) as (keyof LiveStatus)[]) {
    if (field !== 'resourceVersion' && !sameData(a[field], b[field])) return false;
  }
  return true;
}
