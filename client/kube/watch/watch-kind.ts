import { type WatchScope } from '../../status/object-sink';
import { cancelScope, sleep } from '../cancellation';
import { type Failure, KubeError } from '../failure';
import { mayList } from './list';
import { type StreamProgress } from './stream';
import { describeTarget, type WatchTarget } from './watched-kind';
import { follow, newProgress, type WatchSurroundings } from './follow';

/** Places of the watches of one kind, by namespace (empty: all), kept over a pause. */
export type KindProgress = Map<string, StreamProgress>;

// Rights and kinds come and go rarely.
const askAgain = 5 * 60_000;

/**
 * Watches one kind: in all namespaces, or where that is forbidden in each of the given ones. Each scope that is refused gets
 * the state `forbidden`; the one of all namespaces keeps it while single namespaces are watched in its place. Ends with the
 * signal only, by throwing its reason, or when the user is not let in.
 */
export async function watchKind(
  target: WatchTarget,
  namespaces: readonly string[],
  progress: KindProgress,
  surroundings: WatchSurroundings,
  signal: AbortSignal,
): Promise<void> {
  const { namespace, ...everywhere } = target.scope;
  if (namespace !== undefined) {
    await persist(target, progress, surroundings, signal);
    return;
  }
  for (;;) {
    const failure = await followOnce(target, progress, surroundings, signal);
    if (failure.name === 'forbidden' && namespaces.length > 0) {
      const places = namespaces.length === 1 ? 'namespace' : 'namespaces';
      const message = `${failure.message} Watching ${places} ${namespaces.join(', ')} instead.`;
      surroundings.sink.setState(target.scope, { name: 'forbidden', message });
      surroundings.sink.watchOnly(target.scope, namespaces);
      for (const key of [...progress.keys()]) if (key !== '' && !namespaces.includes(key)) progress.delete(key);
      const each = namespaces.map((one): WatchTarget => ({ ...target, scope: { ...everywhere, namespace: one } }));
      const isGranted = await untilGranted(target, surroundings, signal, (until) =>
        Promise.all(each.map((one) => persist(one, progress, surroundings, until))),
      );
      if (!isGranted) return;
      // The list of all takes the place of theirs.
      for (const key of [...progress.keys()]) if (key !== '') progress.delete(key);
      continue;
    }
    if (!showEnd(target, failure, surroundings)) return;
    await sleep(surroundings.ports.clock, askAgain, signal);
  }
}

/**
 * Works until the target may be listed after all, which is asked every five minutes.
 * @param work in its place, until the signal fires
 * @returns false when the work came to an end before
 */
async function untilGranted(
  target: WatchTarget,
  { client, ports }: WatchSurroundings,
  signal: AbortSignal,
  work: (until: AbortSignal) => Promise<unknown>,
): Promise<boolean> {
  const scope = cancelScope(ports.clock, signal);
  const granted = async (): Promise<boolean> => {
    for (;;) {
      await sleep(ports.clock, askAgain, scope.signal);
      if (await mayList(client, target, scope.signal)) return true;
    }
  };
  try {
    return await Promise.race([granted(), work(scope.signal).then(() => false)]);
  } finally {
    scope.end(new KubeError({ name: 'cancelled', message: 'Granted.' }));
    scope.close();
  }
}

/** Follows one scope; asks again after five minutes when it is refused. */
async function persist(
  target: WatchTarget,
  progress: KindProgress,
  surroundings: WatchSurroundings,
  signal: AbortSignal,
): Promise<void> {
  while (showEnd(target, await followOnce(target, progress, surroundings, signal), surroundings)) {
    await sleep(surroundings.ports.clock, askAgain, signal);
  }
}

async function followOnce(
  target: WatchTarget,
  progress: KindProgress,
  surroundings: WatchSurroundings,
  signal: AbortSignal,
): Promise<Failure> {
  const key = target.scope.namespace ?? '';
  let own = progress.get(key);
  if (own === undefined) progress.set(key, (own = newProgress()));
  own.isRefused = false;
  const failure = await follow(target, own, surroundings, signal);
  own.isRefused = failure.name === 'forbidden' || failure.name === 'absent';
  own.version = '';
  return failure;
}

/** @returns true when it is worth asking again later. */
function showEnd(target: WatchTarget, failure: Failure, { sink }: WatchSurroundings): boolean {
  if (failure.name === 'absent') empty(target.scope, sink);
  if (failure.name === 'absent') sink.setState(target.scope, { name: 'absent' });
  else if (failure.name === 'forbidden') {
    const message = `${failure.message} Ask for the verbs list and watch on ${describeTarget(target)}.`;
    sink.setState(target.scope, { name: 'forbidden', message });
  } else return false;
  return true;
}

/** Nothing of the scope is there any more. */
export function empty(scope: WatchScope, sink: WatchSurroundings['sink']): void {
  sink.beginList(scope).end();
}
