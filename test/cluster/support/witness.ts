import {
  type ListInProgress,
  type LiveObject,
  type ObjectSink,
  type WatchScope,
  type WatchState,
} from '../../../client/status/object-sink';
import { sameStatus } from '../../../client/status/live/live-status';
import { machineClock } from '../../../client/status/clock';
import { statusOf } from '../../../client/status/status-of';
import { StatusStore } from '../../../client/status/store/status-store';
import { RecordingSink, scopeKey } from '../../kube/support/recording-sink';
import { type RealObject } from './bench';

/** The store that the views read, and beside it a witness that sees what is lost or doubled on the way there. */
export class Witness implements ObjectSink {
  readonly store = new StatusStore(machineClock);
  readonly record = new RecordingSink();

  beginList(scope: WatchScope): ListInProgress {
    const lists = [this.record.beginList(scope), this.store.beginList(scope)];
    return {
      put: (object) => lists.forEach((list) => list.put(object)),
      end: () => lists.forEach((list) => list.end()),
      abandon: () => lists.forEach((list) => list.abandon()),
    };
  }

  put(scope: WatchScope, object: LiveObject): void {
    this.record.put(scope, object);
    this.store.put(scope, object);
  }

  remove(scope: WatchScope, object: LiveObject): void {
    this.record.remove(scope, object);
    this.store.remove(scope, object);
  }

  setState(scope: WatchScope, state: WatchState): void {
    this.record.setState(scope, state);
    this.store.setState(scope, state);
  }

  watchOnly(scope: WatchScope, namespaces: readonly string[]): void {
    this.record.watchOnly(scope, namespaces);
    this.store.watchOnly(scope, namespaces);
  }

  setServerVersion(context: string, version: string): void {
    this.record.setServerVersion(context, version);
    this.store.setServerVersion(context, version);
  }

  forget(context: string): void {
    this.record.forget(context);
    this.store.forget(context);
  }

  /** Why what is known of a kind of a context is not what a fresh list holds; empty when it is. */
  differs(scope: WatchScope, fresh: readonly RealObject[]): string {
    const { context, group, kind } = scope;
    const state = this.store.stateOf(context, { group, kind, namespace: '', name: '' });
    if (state?.name !== 'live') return `${kind} of ${context} is ${state?.name ?? 'not watched'}`;
    const seen = this.record.objects.get(scopeKey(scope));
    const kept = new Map([...(this.store.find(context)?.ofKind(group, kind) ?? [])].map((one) => [one.key, one]));
    if (seen?.size !== fresh.length) return `${seen?.size} ${kind} came, ${fresh.length} are there`;
    if (kept.size !== fresh.length) return `${kept.size} ${kind} are kept, ${fresh.length} are there`;
    for (const object of fresh) {
      const { namespace = '', name, resourceVersion } = object.metadata;
      const came = seen.get(`${namespace}/${name}`) as RealObject | undefined;
      if (came?.metadata.resourceVersion !== resourceVersion) return `${name} came as another than it is`;
      const expected = statusOf(object as unknown as LiveObject, scope);
      const own = expected && kept.get(expected.key);
      if (expected === undefined || own === undefined || !sameStatus(own, expected))
        return `${name} is kept as another`;
    }
    return '';
  }
}
