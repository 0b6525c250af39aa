import { suspendedByAnnotation, suspendReasonAnnotation } from '../../status/live/suspension';
import { type LiveObject } from '../../status/object-sink';
import { type WatchedEntry } from '../api/watched-kinds';
import { type Random } from '../ports';

const requestedAt = 'reconcile.fluxcd.io/requestedAt';
const forceAt = 'reconcile.fluxcd.io/forceAt';
const resetAt = 'reconcile.fluxcd.io/resetAt';
const operatorSwitch = 'fluxcd.controlplane.io/reconcile';
const extensionsSwitch = 'source.extensions.fluxcd.io/reconcile';

/**
 * A token for one request to reconcile: the time as the CLI of Flux writes it, RFC 3339 with nanoseconds. The clock gives
 * milliseconds; the rest is random, so that two requests differ.
 */
export function reconcileToken(now: number, random: Random): string {
  const rest = String(Math.floor(random() * 1_000_000)).padStart(6, '0');
  return new Date(now).toISOString().replace('Z', `${rest}Z`);
}

/**
 * What asks a controller to reconcile (flux2 cmd/flux/reconcile.go, requestReconciliation). Force and reset carry the same
 * token: helm-controller acts on them only if it equals that of the request.
 */
export function reconcilePatch(token: string, { force, reset }: { force: boolean; reset: boolean }): LiveObject {
  return annotations({
    [requestedAt]: token,
    ...(force ? { [forceAt]: token } : {}),
    ...(reset ? { [resetAt]: token } : {}),
  });
}

/** Who suspends and why; empty texts are not written. */
export interface SuspendNote {
  readonly by: string;
  readonly reason: string;
}

/**
 * What suspends an object of the kind (flux2 cmd/flux/suspend.go; flux-operator cmd/cli for its own kinds).
 * @returns undefined when the kind cannot be suspended
 */
export function suspendPatch(
  { capabilities, group }: WatchedEntry,
  { by, reason }: SuspendNote,
): LiveObject | undefined {
  const note = {
    ...(by === '' ? {} : { [suspendedByAnnotation]: by }),
    ...(reason === '' ? {} : { [suspendReasonAnnotation]: reason }),
  };
  if (capabilities.suspend === 'none') return undefined;
  if (capabilities.suspend === 'annotation') return annotations({ [switchOf(group)]: 'disabled', ...note });
  return { spec: { suspend: true }, ...(Object.keys(note).length === 0 ? {} : annotations(note)) };
}

/**
 * What resumes an object of the kind. The CLI of Flux removes `spec.suspend` and asks for nothing more (flux2
 * cmd/flux/resume.go); the operator's kinds get their annotation `enabled` and a request.
 * @param noted the annotations that the object has: a note is taken off only where there is one
 */
export function resumePatch(
  { capabilities, group }: WatchedEntry,
  noted: readonly string[],
  token: string,
): LiveObject | undefined {
  const off = Object.fromEntries(
    [suspendedByAnnotation, suspendReasonAnnotation].filter((key) => noted.includes(key)).map((key) => [key, null]),
  );
  if (capabilities.suspend === 'none') return undefined;
  if (capabilities.suspend === 'annotation') {
    const isOperator = switchOf(group) === operatorSwitch;
    return annotations(
      isOperator ? { [operatorSwitch]: 'enabled', [requestedAt]: token, ...off } : { [extensionsSwitch]: null, ...off },
    );
  }
  return { spec: { suspend: null }, ...(Object.keys(off).length === 0 ? {} : annotations(off)) };
}

const annotations = (values: LiveObject): LiveObject => ({ metadata: { annotations: values } });
const switchOf = (group: string): string =>
  group === 'source.extensions.fluxcd.io' ? extensionsSwitch : operatorSwitch;
