import { liveItems, liveObject } from '../live/live-value';
import { type LiveObject } from '../object-sink';

/**
 * The names of a Secret's keys, sorted, told by what its managers own: no value is read for that. Keys that nobody is on
 * record for (set before Kubernetes 1.18) are missing.
 * @param metadata the Secret as metadata only, managedFields included
 */
export function secretKeyNames(metadata: LiveObject): readonly string[] {
  const names = new Set<string>();
  for (const entry of liveItems(metadata, 'metadata', 'managedFields')) {
    for (const field of ['f:data', 'f:stringData']) {
      for (const key of Object.keys(liveObject(entry, 'fieldsV1', field) ?? {})) {
        if (key.startsWith('f:')) names.add(key.slice(2));
      }
    }
  }
  return [...names].sort();
}
