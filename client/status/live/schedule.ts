import { parseDuration } from '../../../server/scalars/duration';
import { type LiveKind } from '../kinds/live-kind';
import { type LiveObject } from '../object-sink';
import { liveItems, liveText, liveTime } from './live-value';

const hour = 3_600_000;
const leastTimeout = 30_000;

/** When an object is reconciled; all in milliseconds, undefined where the kind does not say. */
export interface Schedule {
  readonly interval: number | undefined;
  /** How long one reconciliation may take. */
  readonly timeout: number | undefined;
  /** The last reconciliation, also one that changed nothing; milliseconds since the epoch. */
  readonly lastReconciled: number | undefined;
}

const duration = (text: string | undefined): number | undefined => {
  const read = text === undefined ? undefined : parseDuration(text);
  return read === undefined || read <= 0 ? undefined : read;
};

function intervalOf(object: LiveObject, kind: LiveKind): number | undefined {
  // The Flux Operator takes it from an annotation, one hour by default (api/v1, GetInterval).
  if (kind.section === 'operator') {
    return duration(liveText(object, 'metadata', 'annotations', `${kind.group}/reconcileEvery`)) ?? hour;
  }
  return duration(liveText(object, 'spec', 'interval'));
}

function timeoutOf(object: LiveObject, kind: LiveKind, interval: number | undefined): number | undefined {
  const written =
    kind.section === 'operator'
      ? liveText(object, 'metadata', 'annotations', `${kind.group}/reconcileTimeout`)
      : liveText(object, 'spec', 'timeout');
  const timeout = duration(written);
  if (kind.timeout !== 'below-interval') return timeout ?? kind.timeout;
  // kustomize-controller api/v1, GetTimeout: never below 30 s.
  const inherited = interval === undefined ? leastTimeout : interval - leastTimeout;
  return Math.max(timeout ?? inherited, leastTimeout);
}

function heartbeatOf(object: LiveObject, kind: LiveKind): number | undefined {
  if (kind.heartbeat === undefined) return undefined;
  if (kind.heartbeat !== 'history') return liveTime(object, ...kind.heartbeat);
  const times = liveItems(object, 'status', 'history').map((entry) => liveTime(entry, 'lastReconciled') ?? 0);
  const newest = Math.max(0, ...times.slice(0, 20));
  return newest === 0 ? undefined : newest;
}

/** Reads the schedule of an object by the defaults of its controller. */
export function scheduleOf(object: LiveObject, kind: LiveKind): Schedule {
  const interval = intervalOf(object, kind);
  return { interval, timeout: timeoutOf(object, kind, interval), lastReconciled: heartbeatOf(object, kind) };
}
