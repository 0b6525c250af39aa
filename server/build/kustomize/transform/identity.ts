import { isNullOrEmpty } from '../fieldspec/emptiness';
import { type GroupVersionKind } from '../fieldspec/field-spec';
import { type MapNode, nodeAt, textAt } from '../node';
import { type EngineResource, type ResId } from '../resource';
import { isClusterScoped } from '../tables/cluster-scoped-kinds';

/** What stands for the namespace of objects that have none (kyaml/resid/resid.go, `TotallyNotANamespace`). */
const noNamespace = '_non_namespaceable_';

/** Group, version and kind as written; of `a/b/c` the group is `a`. */
export function kindOf(object: MapNode): GroupVersionKind {
  const apiVersion = textAt(object, 'apiVersion') ?? '';
  const slash = apiVersion.indexOf('/');
  return {
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind: textAt(object, 'kind') ?? '',
  };
}

function metadataText(object: MapNode, field: string): string {
  const found = nodeAt(object, ['metadata', field]);
  return found?.kind === 'scalar' && !isNullOrEmpty(found) ? found.text : '';
}

/** Objects are asked for their ids again and again, and never change. */
const known = new WeakMap<MapNode, ResId>();

/** The id of an object as it stands now. */
export function currentId({ node, scope }: Pick<EngineResource, 'node' | 'scope'>): ResId {
  let id = known.get(node);
  if (id === undefined) {
    const { group, version, kind } = kindOf(node);
    id = { group, version, kind, name: metadataText(node, 'name'), namespace: metadataText(node, 'namespace') };
    known.set(node, id);
  }
  return scope === undefined ? id : { ...id, scope };
}

/** The first id the object had. */
export function originalId(resource: EngineResource): ResId {
  const [first] = resource.previousIds;
  const current = currentId(resource);
  if (first === undefined) return current;
  const { group, version } = current;
  return first.group === group && first.version === version ? first : { ...first, group, version };
}

/** Every id the object had, oldest first, then the current one. Former ids follow a changed API version. */
export function allIds(resource: EngineResource): readonly ResId[] {
  const current = currentId(resource);
  const { group, version, scope } = current;
  const now = { group, version, ...(scope && { scope }) };
  return [...resource.previousIds.map((id) => ({ ...id, ...now })), current];
}

/** The namespace that counts when ids are compared: `default` for none, one mark for all cluster-scoped kinds. */
export function effectiveNamespace(id: ResId): string {
  if (id.scope === 'cluster' || isClusterScoped(id)) return noNamespace;
  return id.namespace === '' ? 'default' : id.namespace;
}

/** Group, version, kind, name and effective namespace are the same. */
export function areSameId(a: ResId, b: ResId): boolean {
  return (
    a.name === b.name &&
    a.kind === b.kind &&
    a.group === b.group &&
    a.version === b.version &&
    effectiveNamespace(a) === effectiveNamespace(b)
  );
}

/** The resource with its current id added to the former ones. */
export function storePreviousId(resource: EngineResource): EngineResource {
  const id = currentId(resource);
  return { ...resource, previousIds: [...resource.previousIds, { ...id, namespace: effectiveNamespace(id) }] };
}

/** How messages name an object: `Deployment shop/web`, without the namespace where none is written. */
export function describeId({ kind, name, namespace }: ResId): string {
  return namespace === '' || namespace === noNamespace ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
