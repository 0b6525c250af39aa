import { type ObjectSink } from '../../status/object-sink';
import { type ApiClient, type JsonAnswer } from '../api/client';
import { asObject, listAt, textAt } from '../api/json';
import { pathOf } from '../api/path';
import { throwIfCancelled } from '../cancellation';
import { KubeError } from '../failure';
import { type KubePorts } from '../ports';
import { arrive } from './arrival';
import { acceptOf, describeTarget, type WatchTarget } from './watched-kind';

const largestPage = 250;
const smallestPage = 10;
// Parsing blocks the event loop: about 10 ms for so many characters.
const comfortablePage = 1_000_000;

/**
 * Lists everything a target covers, page by page, from what the server holds now.
 * @returns the resource version to watch from. Throws a KubeError when the list broke off; the sink then removes nothing.
 *   A continuation that the server has forgotten is the failure `gone`.
 */
export async function listInto(
  sink: ObjectSink,
  client: ApiClient,
  target: WatchTarget,
  { slices }: Pick<KubePorts, 'slices'>,
  signal: AbortSignal,
): Promise<string> {
  const list = sink.beginList(target.scope);
  let isComplete = false;
  try {
    let limit = largestPage;
    let next = '';
    for (;;) {
      const page = await readPage(client, target, limit, next, signal);
      if (page === 'too-large') {
        limit = Math.floor(limit / 4);
        continue;
      }
      throwIfCancelled(signal);
      for (const item of listAt(page.object, 'items')) {
        const object = asObject(item);
        if (object !== undefined) list.put(arrive(object, target));
        const paused = slices.pause();
        if (paused !== undefined) await paused;
      }
      throwIfCancelled(signal);
      next = textAt(page.object, 'metadata', 'continue');
      if (next === '') {
        isComplete = true;
        list.end();
        return textAt(page.object, 'metadata', 'resourceVersion');
      }
      if (page.bytes > comfortablePage) limit = Math.max(smallestPage, Math.floor(limit / 2));
    }
  } finally {
    if (!isComplete) list.abandon();
  }
}

/**
 * Whether the server is not yet where a watch stood: its data was put back to an earlier day, or are another cluster's. It
 * would say nothing to such a watch until it has come so far again.
 */
export async function isBehind(
  client: ApiClient,
  target: WatchTarget,
  version: string,
  signal: AbortSignal,
): Promise<boolean> {
  const page = await readPage(client, target, 1, '', signal);
  const now = page === 'too-large' ? '' : textAt(page.object, 'metadata', 'resourceVersion');
  return isNumber(now) && isNumber(version) && BigInt(now) < BigInt(version);
}

/** Whether a target may be listed; false also when the server cannot be asked. */
export async function mayList(client: ApiClient, target: WatchTarget, signal: AbortSignal): Promise<boolean> {
  return readPage(client, target, 1, '', signal).then(
    () => true,
    () => false,
  );
}

// Opaque by the book; decimal in every API server, which compares them so (KEP-5504).
const isNumber = (version: string): boolean => /^\d{1,30}$/.test(version);

async function readPage(
  client: ApiClient,
  target: WatchTarget,
  limit: number,
  next: string,
  signal: AbortSignal,
): Promise<JsonAnswer | 'too-large'> {
  try {
    return await client.sized({
      path: pathOf(target.scope, target.scope.namespace),
      query: {
        limit: String(limit),
        ...(next === '' ? {} : { continue: next }),
        ...(target.labelSelector === undefined ? {} : { labelSelector: target.labelSelector }),
      },
      accept: acceptOf(target, 'list'),
      what: `list ${describeTarget(target)}`,
      signal,
    });
  } catch (error) {
    const isTooLarge = error instanceof KubeError && error.failure.name === 'too-large' && limit > smallestPage;
    if (isTooLarge) return 'too-large';
    throw error;
  }
}
