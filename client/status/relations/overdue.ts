import { type LiveStatus } from '../live/live-status';

const intervals = 3;

/**
 * Whether three intervals have passed without a reconciliation, and the time that one may take. Never for kinds whose
 * status does not move when nothing changed: of those nobody can tell.
 */
export function isOverdue({ phase, schedule }: Pick<LiveStatus, 'phase' | 'schedule'>, now: number): boolean {
  const { interval, timeout, lastReconciled } = schedule;
  if (interval === undefined || lastReconciled === undefined) return false;
  if (phase === 'suspended' || phase === 'deleting' || phase === 'static') return false;
  return now - lastReconciled > intervals * interval + (timeout ?? 0);
}
