import { type Capabilities } from '../../../schemas/kinds/kind';
import { type LiveObject } from '../object-sink';
import { boundedText } from './bounded-text';
import { liveFlag, liveText } from './live-value';

/** Who suspended an object and why, as far as it is written down. */
export interface Suspension {
  readonly by: string;
  readonly reason: string;
}

/** Who suspended an object; the Flux Operator's web interface writes and shows it, too. */
export const suspendedByAnnotation = 'fluxcd.controlplane.io/suspendedBy';
/** Annotation that holds the reason, one sentence. */
export const suspendReasonAnnotation = 'fluxwright.dev/suspend-reason';

/**
 * Whether and by whom an object is suspended: `spec.suspend`, or the annotation `<group>/reconcile: disabled`, whose value
 * is read without case (flux-operator api/v1, `IsDisabled`).
 */
export function suspensionOf(object: LiveObject, group: string, how: Capabilities['suspend']): Suspension | undefined {
  const annotation = (name: string): string => liveText(object, 'metadata', 'annotations', name) ?? '';
  const isSuspended =
    how === 'annotation'
      ? annotation(`${group}/reconcile`).toLowerCase() === 'disabled'
      : how === 'spec.suspend' && liveFlag(object, 'spec', 'suspend');
  if (!isSuspended) return undefined;
  return {
    by: boundedText(annotation(suspendedByAnnotation), 200),
    reason: boundedText(annotation(suspendReasonAnnotation), 500),
  };
}
