import { describe, type ResourceId } from '../../../server/model/resource-id';
import { suspensionOf } from '../../status/live/suspension';
import { type LiveObject } from '../../status/object-sink';
import { type ApiClient } from '../api/client';
import { textAt } from '../api/json';
import { findWatched } from '../api/watched-kinds';
import { cancelScope, sleep } from '../cancellation';
import { fail, KubeError } from '../failure';
import { type KubePorts } from '../ports';
import { type KindFinder } from '../requests/kinds';
import { getObject, mergePatch, type ObjectPlace } from '../requests/objects';
import { reconcilePatch, reconcileToken } from './patches';
import { progressOf, type ReconcileProgress } from './progress';
import { isStatic, sourceOf } from './sources';

export interface ReconcileOptions {
  /** Ask the object's source first, and wait for it. */
  readonly withSource: boolean;
  /** HelmRelease: install or upgrade once even if nothing has changed. */
  readonly force: boolean;
  /** HelmRelease: forget the failures counted so far. */
  readonly reset: boolean;
  /** Milliseconds for each object; the CLI of Flux waits five minutes. */
  readonly timeout: number;
}

/** One line of the checklist. */
export type ReconcileStep = { readonly id: ResourceId } & (
  | { readonly name: 'pending' | 'requested' }
  /** Nothing reconciles the object, as with a HelmRepository of type oci. */
  | { readonly name: 'skipped' }
  | ReconcileProgress
);

const pollEvery = 1_000;

interface Needs {
  readonly client: ApiClient;
  readonly kinds: KindFinder;
  readonly ports: Pick<KubePorts, 'clock' | 'random'>;
}

/**
 * Asks the controllers to reconcile an object, its sources before it when wanted, and waits for each.
 * @param onStep told of each object first as `pending`, in the order in which they are asked, then as it goes
 * @returns how the object itself came out, or the source that failed before it
 * Throws `refused` for a suspended object and for kinds that nothing reconciles, `timed-out`, `cancelled`.
 */
export async function reconcile(
  id: ResourceId,
  options: ReconcileOptions,
  { client, kinds, ports }: Needs,
  onStep: (step: ReconcileStep) => void,
  signal?: AbortSignal,
): Promise<ReconcileStep> {
  const chain: { readonly place: ObjectPlace; readonly object: LiveObject }[] = [];
  for (let next: ResourceId | undefined = id; next !== undefined;) {
    const place: ObjectPlace = { id: next, served: await kinds.find(next.group, next.kind, undefined, signal) };
    const object = await getObject(client, place, signal);
    check(place, object, next === id);
    chain.unshift({ place, object });
    next = options.withSource ? sourceOf(next, object) : undefined;
  }
  for (const { place } of chain) onStep({ id: place.id, name: 'pending' });
  let last: ReconcileStep = { id, name: 'pending' };
  for (const { place, object } of chain) {
    const isTarget = place.id === id;
    last = isStatic(place.id, object)
      ? { id: place.id, name: 'skipped' }
      : await reconcileOne(place, object, isTarget ? options : { ...options, force: false, reset: false });
    onStep(last);
    if (last.name === 'failed') return last;
  }
  return last;

  async function reconcileOne(place: ObjectPlace, object: LiveObject, own: ReconcileOptions): Promise<ReconcileStep> {
    const before = textAt(object, 'status', 'lastHandledReconcileAt');
    const token = reconcileToken(ports.clock.now(), ports.random);
    const asked = await mergePatch(client, place, reconcilePatch(token, own), 'reconcile', signal);
    onStep({ id: place.id, name: 'requested' });
    const scope = cancelScope(ports.clock, signal);
    scope.limit(own.timeout, () => {
      const message = `${describe(place.id)} was asked to reconcile and is not done after ${own.timeout / 1000} seconds.`;
      return new KubeError({ name: 'timed-out', message });
    });
    try {
      for (let said = ''; ;) {
        await sleep(ports.clock, pollEvery, scope.signal);
        const now = await getObject(client, place, scope.signal);
        if (uidOf(now) !== uidOf(asked)) {
          const message = 'It was deleted and made anew meanwhile. The new one was not asked.';
          return { id: place.id, name: 'failed', message };
        }
        const progress = progressOf(now, before);
        if (progress.name !== 'waiting') return { id: place.id, ...progress };
        if (progress.message !== said) onStep({ id: place.id, ...progress });
        said = progress.message;
      }
    } finally {
      scope.close();
    }
  }
}

const uidOf = (object: LiveObject): string => textAt(object, 'metadata', 'uid');

function check({ id }: ObjectPlace, object: LiveObject, isTarget: boolean): void {
  const capabilities = findWatched(id.group, id.kind)?.capabilities;
  if (capabilities?.reconcile !== true || (isTarget && isStatic(id, object))) {
    fail('refused', `${describe(id)} cannot be reconciled: nothing acts on it.`);
  }
  if (suspensionOf(object, id.group, capabilities.suspend) !== undefined) {
    fail('refused', `${describe(id)} is suspended. Resume it before it is reconciled.`);
  }
}
