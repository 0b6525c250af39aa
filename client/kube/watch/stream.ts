import { type ObjectSink } from '../../status/object-sink';
import { type ApiClient } from '../api/client';
import { asObject, fieldAt, parseObject, textAt } from '../api/json';
import { pathOf } from '../api/path';
import { statusFailure } from '../api/status-failure';
import { throwIfCancelled } from '../cancellation';
import { KubeError } from '../failure';
import { type KubePorts } from '../ports';
import { readLines } from '../transport/body';
import { arrive, versionOf } from './arrival';
import { watchIdle } from './idle';
import { acceptOf, describeTarget, type WatchTarget } from './watched-kind';

// etcd takes 1.5 MB, the API server a request of 3 MB; managedFields and escapes come on top.
const longestLine = 8 * 1024 * 1024;

export interface StreamProgress {
  /** The resource version after which the next stream begins. */
  version: string;
  /** How many events have been handed on. */
  events: number;
  /** The server has no such kind, or does not let the user see it. */
  isRefused: boolean;
}

/**
 * Watches from a resource version until the server ends the stream, and hands on what it says. `progress` is brought
 * forward as it goes, so that it holds also when this throws. Throws `gone` when the version is too old.
 * @param opened called when the server has agreed
 */
export async function watchInto(
  sink: ObjectSink,
  client: ApiClient,
  target: WatchTarget,
  progress: StreamProgress,
  ports: Pick<KubePorts, 'clock' | 'random' | 'slices'>,
  opened: () => void,
  signal: AbortSignal,
): Promise<void> {
  const what = `watch ${describeTarget(target)}`;
  // Like client-go: not all watches of a client end at once.
  const seconds = Math.floor(300 + ports.random() * 300);
  const request = {
    path: pathOf(target.scope, target.scope.namespace),
    query: {
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: progress.version,
      timeoutSeconds: String(seconds),
      ...(target.labelSelector === undefined ? {} : { labelSelector: target.labelSelector }),
    },
    accept: acceptOf(target, 'watch'),
    what,
    signal,
  };
  await client.stream(request, async (answer, scope) => {
    opened();
    const idle = watchIdle(ports.clock, scope, client.target.address);
    try {
      const pieces = readLines(answer, longestLine);
      for (;;) {
        const next = await pieces.next();
        // What came after the end belongs to nobody.
        throwIfCancelled(scope.signal);
        if (next.done === true) {
          if (next.value === undefined) return;
          throw new KubeError({ name: 'too-large', message: `Could not ${what}: one object is larger than 8 MB.` });
        }
        idle.heard();
        for (const line of next.value) {
          handOn(line);
          const paused = ports.slices.pause();
          if (paused === undefined) continue;
          await paused;
          throwIfCancelled(scope.signal);
        }
      }
    } finally {
      idle.end();
    }
  });

  function handOn(line: string): void {
    const event = parseObject(line);
    const type = textAt(event, 'type');
    const object = asObject(fieldAt(event, 'object'));
    if (object === undefined)
      throw new KubeError({ name: 'server-error', message: `Could not ${what}: what came is no event.` });
    if (type === 'ERROR') {
      const code = fieldAt(object, 'code');
      throw new KubeError(statusFailure(typeof code === 'number' ? code : 500, what, object, {}, 0));
    }
    const version = versionOf(object);
    if (type === 'ADDED' || type === 'MODIFIED') sink.put(target.scope, arrive(object, target));
    else if (type === 'DELETED') sink.remove(target.scope, arrive(object, target));
    if (type !== 'BOOKMARK') progress.events++;
    if (version !== '') progress.version = version;
  }
}
