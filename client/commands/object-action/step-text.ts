import { describe } from '../../../server/model/resource-id';
import type { ReconcileStep } from '../../kube/kube';
import { noticeText } from './notice-text';

const words: Readonly<Record<ReconcileStep['name'], string>> = {
  pending: 'to be asked',
  requested: 'asked to reconcile',
  skipped: 'nothing reconciles it',
  waiting: 'reconciling',
  ready: 'ready',
  failed: 'failed',
};

/** One step of a reconciliation in words: the object, how far it is, and what its controller says. */
export function stepText(step: ReconcileStep): string {
  const message = 'message' in step ? noticeText(step.message) : '';
  return `${noticeText(describe(step.id))}: ${words[step.name]}${message === '' ? '' : ` – ${message}`}`;
}
