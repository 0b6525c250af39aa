import { type ResourceId } from '../../../server/model/resource-id';
import { type LiveObject } from '../object-sink';
import { liveAt, liveItems, liveObject, liveText } from './live-value';

/**
 * Entries of an inventory as the controllers write them, `namespace_name_group_Kind`; parsed where they are shown, since
 * most never are.
 */
export type InventoryEntry = string;

/**
 * Reads the form of fluxcd/cli-utils (pkg/object/objmetadata.go): the first `_` ends the namespace, the last begins the
 * kind, the one before it the group; colons in names of RBAC kinds are written `__`.
 * @returns undefined when the text has not this form
 */
export function parseInventoryEntry(entry: InventoryEntry): ResourceId | undefined {
  const namespaceEnd = entry.indexOf('_');
  const kindStart = entry.lastIndexOf('_');
  if (namespaceEnd < 0 || kindStart <= namespaceEnd) return undefined;
  const groupStart = entry.lastIndexOf('_', kindStart - 1);
  if (groupStart <= namespaceEnd) return undefined;
  const name = entry.slice(namespaceEnd + 1, groupStart).replaceAll('__', ':');
  const kind = entry.slice(kindStart + 1);
  if (name === '' || kind === '') return undefined;
  return { group: entry.slice(groupStart + 1, kindStart), kind, namespace: entry.slice(0, namespaceEnd), name };
}

/** The inverse of {@link parseInventoryEntry}. */
export function formatInventoryEntry({ group, kind, namespace, name }: ResourceId): InventoryEntry {
  return `${namespace}_${name.replaceAll(':', '__')}_${group}_${kind}`;
}

/**
 * What an object says it applied; undefined when it keeps no inventory (before the first apply, or before Flux 2.8). The
 * ExternalArtifacts of an ArtifactGenerator are a list of names (source-watcher api/v1beta1, ExternalArtifactReference).
 */
export function inventoryOf(object: LiveObject): readonly InventoryEntry[] | undefined {
  if (Array.isArray(liveAt(object, ['status', 'inventory']))) return artifactsOf(object);
  if (liveObject(object, 'status', 'inventory') === undefined) return undefined;
  const entries: InventoryEntry[] = [];
  for (const item of liveItems(object, 'status', 'inventory', 'entries')) {
    const id = liveText(item, 'id');
    if (id !== undefined && id.length <= 1000) entries.push(id);
  }
  return entries;
}

function artifactsOf(object: LiveObject): readonly InventoryEntry[] {
  return liveItems(object, 'status', 'inventory').flatMap((item) => {
    const [namespace, name] = [liveText(item, 'namespace'), liveText(item, 'name')];
    if (namespace === undefined || name === undefined || namespace.length + name.length > 600) return [];
    const artifact = { group: 'source.toolkit.fluxcd.io', kind: 'ExternalArtifact', namespace, name };
    return [formatInventoryEntry(artifact)];
  });
}
