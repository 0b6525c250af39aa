import { type LiveObject } from '../../status/object-sink';
import { asObject, fieldAt, textAt } from '../api/json';
import { type WatchTarget } from './watched-kind';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * An object as it is handed on: without managedFields (a third of its size), without the copy of itself that `kubectl apply`
 * leaves (for a Secret: its values), and with the kind that items of a list lack. Changes the object it is given.
 */
export function arrive(object: LiveObject, target: WatchTarget): LiveObject {
  const metadata = asObject(object['metadata']) as Record<string, unknown> | undefined;
  if (metadata !== undefined) delete metadata['managedFields'];
  const annotations = asObject(fieldAt(object, 'metadata', 'annotations')) as Record<string, unknown> | undefined;
  if (annotations !== undefined) Reflect.deleteProperty(annotations, lastApplied);
  const { group, version, kind } = target.scope;
  const own = object as Record<string, unknown>;
  own['apiVersion'] = group === '' ? version : `${group}/${version}`;
  own['kind'] = kind;
  // A server that does not know how to leave the content out is not trusted to have done it.
  if (target.metadataOnly) for (const key of Object.keys(own)) if (!kept.has(key)) Reflect.deleteProperty(own, key);
  return object;
}

const kept = new Set(['apiVersion', 'kind', 'metadata']);

/** The resource version an object carries; empty when it has none. */
export const versionOf = (object: LiveObject): string => textAt(object, 'metadata', 'resourceVersion');
