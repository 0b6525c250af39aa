/**
 * Identity of an object in a cluster. The API version is not part of it. An empty group is the core
 * group, an empty namespace means cluster scope (or a namespace nobody has given yet).
 */
export interface ResourceId {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Text form of a {@link ResourceId}: `group/Kind/namespace/name`, each part percent-encoded. */
export type ResourceKey = string;

// Only what the text forms need as separators; `%` keeps the encoding reversible.
const separators = /[%/|]/;
const encode = (part: string): string => (separators.test(part) ? part.replace(/[%/|]/g, encodeURIComponent) : part);

/** The one text form used as a map key, in the protocol and in configuration. */
export function resourceKey(id: ResourceId): ResourceKey {
  return `${encode(id.group)}/${encode(id.kind)}/${encode(id.namespace)}/${encode(id.name)}`;
}

/** @returns undefined when the text is not of the form {@link resourceKey} makes. */
export function parseResourceKey(key: ResourceKey): ResourceId | undefined {
  const parts = key.split('/');
  if (parts.length !== 4) return undefined;
  try {
    const [group = '', kind = '', namespace = '', name = ''] = parts.map(decodeURIComponent);
    return kind === '' ? undefined : { group, kind, namespace, name };
  } catch {
    return undefined;
  }
}

/** Splits `apiVersion`: `v1` is core group, version v1. */
export function splitApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.lastIndexOf('/');
  return { group: slash < 0 ? '' : apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** How messages name an object: `Kustomization flux-system/apps`, without namespace for cluster scope. */
export function describe(id: ResourceId): string {
  return id.namespace === '' ? `${id.kind} ${id.name}` : `${id.kind} ${id.namespace}/${id.name}`;
}
