import { type KindEntry } from '../../schemas/kinds/kind';
import { type JsonObject } from '../model/json';
import { type ResourceId } from '../model/resource-id';
import { type ChangeSource, type Draft, isUnknownAt } from './draft';
import { clusterScopedKinds } from './tables/cluster-scoped-kinds';

/** True for kinds that live in a namespace; unknown kinds do (kustomize 5.8.1, kyaml/openapi). */
export function isNamespaced(group: string, kind: string, entry: KindEntry | undefined): boolean {
  return entry === undefined ? !clusterScopedKinds.has(`${group}/${kind}`) : entry.scope === 'Namespaced';
}

function withMetadata(value: JsonObject, key: string, text: string): JsonObject {
  const metadata = value.get('metadata');
  const changed = new Map(metadata instanceof Map ? (metadata as JsonObject) : []);
  changed.set(key, text);
  return new Map(value).set('metadata', changed);
}

/**
 * The namespace transformer (kustomize api/filters/namespace): sets `metadata.namespace` on namespaced kinds and
 * renames a core Namespace.
 */
export function setNamespace(draft: Draft, namespace: string, from: ChangeSource): Draft {
  const { id, resource } = draft;
  const isNamespaceItself = id.group === '' && id.kind === 'Namespace';
  if (!isNamespaceItself && !isNamespaced(id.group, id.kind, resource.entry)) return draft;
  const key = isNamespaceItself ? 'name' : 'namespace';
  const path = ['metadata', key];
  const changed: ResourceId = { ...id, [key]: namespace };
  if (changed[key] === id[key] && !isUnknownAt(draft.unknown, path)) return draft;
  return {
    ...draft,
    id: changed,
    value: draft.value === undefined ? undefined : withMetadata(draft.value, key, namespace),
    // What a lower layer left open is settled here.
    unknown:
      draft.unknown === 'everything'
        ? 'everything'
        : draft.unknown.filter((known) => !(known.length === 2 && known[0] === 'metadata' && known[1] === key)),
    changes: [{ path, from }, ...draft.changes],
  };
}
