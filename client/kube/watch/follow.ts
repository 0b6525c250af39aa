import { type ObjectSink, type WatchState } from '../../status/object-sink';
import { type ApiClient } from '../api/client';
import { sleep, throwIfCancelled } from '../cancellation';
import { type Failure, failureOf } from '../failure';
import { type KubePorts } from '../ports';
import { createBackoff } from './backoff';
import { type Gate } from './gate';
import { type Turns } from './turns';
import { listInto } from './list';
import { type StreamProgress, watchInto } from './stream';
import { type WatchTarget } from './watched-kind';

/** What the watches of one connection share. */
export interface WatchSurroundings {
  readonly sink: ObjectSink;
  readonly client: ApiClient;
  readonly ports: KubePorts;
  readonly gate: Gate;
  /** Few lists run at once, so that memory holds few pages. */
  readonly lists: Turns;
}

/** Where a watch stands, kept over a pause. An empty version: everything is listed again. */
export const newProgress = (): StreamProgress => ({ version: '', events: 0, isRefused: false });

// A stream that ends sooner without having said anything is not opened again at once.
const shortLife = 5_000;
/** What only a new login or another kubeconfig can mend. */
const final: ReadonlySet<string> = new Set([
  'login-failed',
  'expired',
  'misconfigured',
  'plugin-refused',
  'not-connected',
]);

/**
 * Keeps what the sink holds of a target equal to what the server holds: a list, then watches one after the other, a new list
 * when the server has forgotten the place. Connections that break are tried again without end.
 * @returns when trying again is of no use: the kind is forbidden or absent, or the user is not let in. Throws the reason of
 *   the signal.
 */
export async function follow(
  target: WatchTarget,
  progress: StreamProgress,
  { sink, client, ports, gate, lists }: WatchSurroundings,
  signal: AbortSignal,
): Promise<Failure> {
  const { clock } = ports;
  const backoff = createBackoff(ports.random);
  let state: WatchState | undefined;
  let failures = 0;
  const show = (next: WatchState): void => {
    const isSame = state?.name === next.name && next.name !== 'disconnected';
    // `since` stays that of the first failure.
    const since = state?.name === 'disconnected' && next.name === 'disconnected' ? { since: state.since } : {};
    state = { ...next, ...since };
    if (!isSame) sink.setState(target.scope, state);
  };
  const reached = (): void => {
    failures = 0;
    show({ name: 'live' });
  };
  for (;;) {
    try {
      throwIfCancelled(signal);
      if (gate.failure !== undefined) show({ name: 'disconnected', since: clock.now(), message: gate.failure.message });
      await gate.open(signal);
      if (progress.version === '') {
        if (state === undefined) show({ name: 'loading' });
        progress.version = await lists.take(() => listInto(sink, client, target, ports, signal), signal);
        reached();
      }
      const began = clock.now();
      const { events } = progress;
      await watchInto(sink, client, target, progress, ports, reached, signal);
      if (progress.events > events || clock.now() - began >= shortLife) backoff.reset();
      else await sleep(clock, backoff.next(), signal);
    } catch (error) {
      throwIfCancelled(signal);
      const failure = failureOf(error);
      if (failure.name === 'forbidden' || failure.name === 'absent') return failure;
      if (final.has(failure.name)) {
        show({ name: 'disconnected', since: clock.now(), message: failure.message });
        return failure;
      }
      failures++;
      if (failure.name === 'gone' || failure.name === 'too-large') progress.version = '';
      // A connection that breaks, or a place that is forgotten, is ordinary: the first new attempt comes at once and unseen.
      const isOrdinary = failure.name === 'unreachable' || failure.name === 'gone';
      if (isOrdinary && failures === 1) {
        await sleep(clock, ports.random() * 100, signal);
        continue;
      }
      show({ name: 'disconnected', since: clock.now(), message: failure.message });
      const isConnection = failure.name === 'unreachable' || failure.name === 'certificate-refused';
      if (isConnection) gate.lost(failure);
      if (!isConnection || failures > 2) await sleep(clock, backoff.next(failure.retryAfter), signal);
    }
  }
}
