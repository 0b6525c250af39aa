import {
  type LiveObject,
  type ListInProgress,
  type ObjectSink,
  type WatchScope,
  type WatchState,
} from '../../../client/status/object-sink';

export interface Named {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly resourceVersion: string };
}

export const scopeKey = ({ context, group, kind, namespace, part }: WatchScope): string =>
  `${context}|${part === undefined ? '' : `${part} of `}${group}/${kind}|${namespace ?? '*'}`;

/** Keeps what a store would keep, and notes what no watch may do. */
export class RecordingSink implements ObjectSink {
  readonly objects = new Map<string, Map<string, LiveObject>>();
  readonly states = new Map<string, WatchState>();
  readonly versions = new Map<string, string>();
  readonly history: string[] = [];
  readonly violations: string[] = [];
  puts = 0;
  lists = 0;
  private readonly open = new Map<string, object>();

  beginList(scope: WatchScope): ListInProgress {
    const key = scopeKey(scope);
    if (this.open.has(key)) this.violations.push(`two lists of ${key} at once`);
    const seen = new Map<string, LiveObject>();
    const token = {};
    this.open.set(key, token);
    const close = (): void => {
      if (this.open.get(key) !== token) this.violations.push(`a list of ${key} ended twice`);
      this.open.delete(key);
    };
    return {
      put: (object) => {
        if (this.open.get(key) !== token) this.violations.push(`put after the end of a list of ${key}`);
        const name = nameOf(object);
        if (seen.has(name)) this.violations.push(`${name} twice in one list`);
        seen.set(name, this.check(object));
        this.puts++;
      },
      end: () => {
        close();
        this.lists++;
        this.objects.set(key, seen);
        if (scope.namespace === undefined) this.watchOnly(scope, []);
      },
      abandon: close,
    };
  }

  put(scope: WatchScope, object: LiveObject): void {
    const key = scopeKey(scope);
    if (this.open.has(key)) this.violations.push(`an event of ${key} during its list`);
    const known = this.objects.get(key);
    if (known === undefined) this.violations.push(`an event of ${key} before its list`);
    const before = known?.get(nameOf(object));
    if (before !== undefined && revisionOf(before) >= revisionOf(object))
      this.violations.push(`${nameOf(object)} doubled`);
    known?.set(nameOf(object), this.check(object));
    this.puts++;
  }

  remove(scope: WatchScope, object: LiveObject): void {
    if (this.objects.get(scopeKey(scope))?.delete(nameOf(object)) !== true) {
      this.violations.push(`${nameOf(object)} removed and not there`);
    }
  }

  setState(scope: WatchScope, state: WatchState): void {
    this.states.set(scopeKey(scope), state);
    this.history.push(
      `${[scope.kind, scope.part].filter(Boolean).join(' ')}${scope.namespace === undefined ? '' : ` ${scope.namespace}`}: ${state.name}`,
    );
  }

  watchOnly(scope: WatchScope, namespaces: readonly string[]): void {
    const prefix = scopeKey({ ...scope, namespace: '' });
    for (const map of [this.objects, this.states]) {
      for (const key of [...map.keys()]) {
        const namespace = key.startsWith(prefix) ? key.slice(prefix.length) : '*';
        if (namespace !== '*' && !namespaces.includes(namespace)) map.delete(key);
      }
    }
  }

  setServerVersion(context: string, version: string): void {
    this.versions.set(context, version);
  }

  forget(context: string): void {
    for (const map of [this.objects, this.states]) {
      for (const key of [...map.keys()]) if (key.startsWith(`${context}|`)) map.delete(key);
    }
  }

  /** `namespace/name@version` of everything of a kind, sorted. */
  held(kind: string): string[] {
    const found: string[] = [];
    for (const [key, objects] of this.objects) {
      if (key.split('|')[1]?.endsWith(`/${kind}`) !== true) continue;
      for (const object of objects.values()) found.push(`${nameOf(object)}@${revisionOf(object)}`);
    }
    return found.sort();
  }

  state(kind: string, namespace = '*'): WatchState | undefined {
    for (const [key, state] of this.states) {
      const [, name = '', place] = key.split('|');
      if (name.endsWith(`/${kind}`) && place === namespace) return state;
    }
    return undefined;
  }

  private check(object: LiveObject): LiveObject {
    const text = JSON.stringify(object['metadata'] ?? null);
    if (text.includes('managedFields')) this.violations.push(`${nameOf(object)} has managedFields`);
    if (text.includes('last-applied')) this.violations.push(`${nameOf(object)} has its last applied copy`);
    if (typeof object['kind'] !== 'string') this.violations.push(`${nameOf(object)} has no kind`);
    return object;
  }
}

function nameOf(object: LiveObject): string {
  const { metadata } = object as unknown as Named;
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

const revisionOf = (object: LiveObject): number => Number((object as unknown as Named).metadata.resourceVersion);
