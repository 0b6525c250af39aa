import { type LiveObject, type LiveValue } from '../../status/object-sink';
import { fieldAt, listAt, textAt } from '../api/json';

/** How far a request to reconcile has come. */
export type ReconcileProgress =
  /** The controller has not taken it up, or is at it. */
  | { readonly name: 'waiting'; readonly message: string }
  | { readonly name: 'ready'; readonly message: string }
  /** This attempt failed; the controller may try again. */
  | { readonly name: 'failed'; readonly message: string };

/**
 * Reads it off an object (flux2 cmd/flux/reconcile.go, reconciliationHandled). The CLI goes on waiting for an object that
 * has failed until its time-out; here a failure that the controller has finished with is an answer.
 * @param before `status.lastHandledReconcileAt` before the request
 */
export function progressOf(object: LiveObject, before: string): ReconcileProgress {
  if (textAt(object, 'metadata', 'deletionTimestamp') !== '') {
    return { name: 'failed', message: 'It is being deleted.' };
  }
  const ready = condition(object, 'Ready');
  const message = textAt(ready, 'message');
  if (textAt(object, 'status', 'lastHandledReconcileAt') === before) return { name: 'waiting', message: '' };
  const generation = fieldAt(object, 'metadata', 'generation');
  // The Flux Operator and source-watcher keep it in the condition only; without any there is nothing to wait for (kstatus).
  const observed = fieldAt(object, 'status', 'observedGeneration') ?? fieldAt(ready, 'observedGeneration');
  if (observed !== undefined && observed !== generation) return { name: 'waiting', message };
  const reconciling = condition(object, 'Reconciling');
  const isAtIt = textAt(reconciling, 'status') === 'True' && textAt(reconciling, 'reason') !== 'ProgressingWithRetry';
  if (isAtIt) return { name: 'waiting', message };
  const stalled = condition(object, 'Stalled');
  if (textAt(stalled, 'status') === 'True') return { name: 'failed', message: message || textAt(stalled, 'message') };
  if (textAt(ready, 'status') === 'Unknown') return { name: 'waiting', message };
  if (textAt(ready, 'status') === 'True') return { name: 'ready', message };
  return ready === undefined ? { name: 'waiting', message: '' } : { name: 'failed', message };
}

function condition(object: LiveObject, type: string): LiveValue | undefined {
  return listAt(object, 'status', 'conditions').find((one) => textAt(one, 'type') === type);
}
