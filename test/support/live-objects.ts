import { liveKinds } from '../../client/status/kinds/index';
import { type LiveKind } from '../../client/status/kinds/live-kind';
import { liveId, type LiveId } from '../../client/status/live/live-id';
import { type LiveObject, type LiveValue, type WatchScope } from '../../client/status/object-sink';
import { type StatusStore } from '../../client/status/store/status-store';

/** An object in short: see test/status/README.md. */
export interface ShortObject {
  readonly is: string;
  readonly generation?: string;
  readonly conditions?: readonly string[];
  readonly metadata?: LiveObject;
  readonly spec?: LiveObject;
  readonly status?: LiveObject;
  readonly inventory?: readonly string[];
}

function kindNamed(name: string): LiveKind {
  const found = liveKinds.find(({ kind }) => kind === name);
  if (found === undefined) throw new Error(`no watched kind ${name}`);
  return found;
}

function splitName(is: string): { entry: LiveKind; namespace: string; name: string } {
  const [kind = '', place = ''] = is.split(' ');
  const [namespace = '', name = ''] = place.split('/');
  return { entry: kindNamed(kind), namespace, name };
}

/** The id of `Kind namespace/name` in a context. */
export function idOf(is: string, context = 'bench'): LiveId {
  const { entry, namespace, name } = splitName(is);
  return liveId(context, { group: entry.group, kind: entry.kind, namespace, name });
}

/** `default/Deployment.apps/web` as an inventory writes it; Flux kinds need no group. */
function inventoryEntry(text: string): LiveObject {
  const [namespace = '', kind = '', name = ''] = text.split('/');
  const [kindName = '', ...group] = kind.split('.');
  const known = group.length > 0 ? group.join('.') : (liveKinds.find((entry) => entry.kind === kindName)?.group ?? '');
  return { id: `${namespace}_${name.replaceAll(':', '__')}_${known}_${kindName}`, v: 'v1' };
}

/** The object as the API server would say it. */
export function fullObject(short: ShortObject): LiveObject {
  const { entry, namespace, name } = splitName(short.is);
  const [generation, observed] = (short.generation ?? '1/1').split('/').map(Number.parseFloat);
  const conditions = (short.conditions ?? []).map((text): LiveObject => {
    const [named = '', status = '', reason = '', ...message] = text.split(' ');
    const [type = '', seen] = named.split('@');
    const observedGeneration = seen === undefined ? {} : { observedGeneration: Number(seen) };
    const lastTransitionTime = '2025-12-31T23:00:00Z';
    return { type, status, reason, message: message.join(' '), lastTransitionTime, ...observedGeneration };
  });
  return {
    apiVersion: `${entry.group}/v1`,
    kind: entry.kind,
    metadata: { name, namespace, generation: generation ?? 1, ...short.metadata },
    spec: { ...short.spec },
    status: {
      ...(observed === undefined || Number.isNaN(observed) ? {} : { observedGeneration: observed }),
      ...(conditions.length > 0 ? { conditions } : {}),
      ...(short.inventory === undefined ? {} : { inventory: { entries: short.inventory.map(inventoryEntry) } }),
      ...short.status,
    },
  };
}

/** The watch of a kind in all namespaces of a context. */
export function scopeOf(kind: string, context = 'bench', namespace?: string): WatchScope {
  const { group, plural } = kindNamed(kind);
  return { context, group, version: 'v1', kind, plural, ...(namespace === undefined ? {} : { namespace }) };
}

/** Hands objects to a store as lists of all kinds, which are live then. */
export function feed(store: StatusStore, objects: readonly LiveObject[], context = 'bench'): void {
  for (const { kind } of liveKinds) {
    const scope = scopeOf(kind, context);
    const list = store.beginList(scope);
    for (const object of objects) if (object['kind'] === kind) list.put(object);
    list.end();
    store.setState(scope, { name: 'live' });
  }
}

/** A deep copy with one value replaced. */
export function withValue(object: LiveObject, path: readonly string[], value: LiveValue): LiveObject {
  const [step, ...rest] = path;
  if (step === undefined) return object;
  const inner = object[step];
  const below = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as LiveObject) : {};
  return { ...object, [step]: rest.length === 0 ? value : withValue(below, rest, value) };
}
