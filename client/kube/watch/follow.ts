import { type ObjectSink, type WatchState } from '../../status/object-sink';
import { type ApiClient } from '../api/client';
import { sleep, throwIfCancelled } from '../cancellation';
import { type Failure, failureOf } from '../failure';
import { type KubePorts } from '../ports';
import { createBackoff } from './backoff';
import { isNetwork } from '../transport/network-failure';
import { type Gate } from './gate';
import { type Recovery } from './recovery';
import { type Turns } from './turns';
import { isBehind, listInto } from './list';
import { type StreamProgress, watchInto } from './stream';
import { type WatchTarget } from './watched-kind';

/** What the watches of one connection share. */
export interface WatchSurroundings {
  readonly sink: ObjectSink;
  readonly client: ApiClient;
  readonly ports: KubePorts;
  readonly gate: Gate;
  readonly recovery: Recovery;
  /** Few lists run at once, so that memory holds few pages. */
  readonly lists: Turns;
}

/** Where a watch stands, kept over a pause. An empty version: everything is listed again. */
export const newProgress = (): StreamProgress => ({ version: '', events: 0, isRefused: false });

// A stream that ends sooner without having said anything is not opened again at once.
const shortLife = 5_000;
// A server that starts refuses what it grants a moment later; what could be read until now is believed to be refused after that.
const doubtFor = 10_000;
const doubtEvery = 2_000;
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
  { sink, client, ports, gate, recovery, lists }: WatchSurroundings,
  signal: AbortSignal,
): Promise<Failure> {
  const { clock } = ports;
  const backoff = createBackoff(ports.random);
  let state: WatchState | undefined;
  let failures = 0;
  let wasLive = progress.version !== '';
  // After a pause or an outage the server may be another one, or one put back.
  let isUnsure = wasLive;
  let refusedAt: number | undefined;
  const isDoubtful = (): boolean => {
    refusedAt ??= clock.now();
    return gate.isYoung || (wasLive && clock.now() - refusedAt < doubtFor);
  };
  const show = (next: WatchState): void => {
    const isSame = state?.name === next.name && next.name !== 'disconnected';
    // `since` stays that of the first failure.
    const since = state?.name === 'disconnected' && next.name === 'disconnected' ? { since: state.since } : {};
    state = { ...next, ...since };
    if (!isSame) sink.setState(target.scope, state);
  };
  const showFailure = ({ message }: Failure): void => show({ name: 'disconnected', since: clock.now(), message });
  const reached = (): void => {
    if (failures > 0) recovery.found();
    failures = 0;
    wasLive = true;
    refusedAt = undefined;
    show({ name: 'live' });
  };
  for (;;) {
    try {
      throwIfCancelled(signal);
      if (gate.failure !== undefined) {
        isUnsure = true;
        showFailure(gate.failure);
      }
      await gate.open(signal, showFailure);
      if (isUnsure && progress.version !== '') {
        const isLost = await lists.take(() => isBehind(client, target, progress.version, signal), signal);
        if (isLost) progress.version = '';
      }
      isUnsure = false;
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
      const isRefused = failure.name === 'forbidden' || failure.name === 'absent';
      if (isRefused && !isDoubtful()) return failure;
      if (final.has(failure.name)) {
        showFailure(failure);
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
      showFailure(failure);
      const { retryAfter } = failure;
      if (isNetwork(failure)) gate.lost(failure);
      if (isRefused) await sleep(clock, Math.min(backoff.next(), doubtEvery), signal);
      else if (retryAfter !== undefined) await sleep(clock, backoff.next(retryAfter), signal);
      else if (!isNetwork(failure) || failures > 2) await recovery.wait(backoff.next(), signal);
    }
  }
}
