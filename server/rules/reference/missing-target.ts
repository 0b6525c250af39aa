import { type RenderedObject } from '../../build/build';
import { hasUnknownIdentity, isUnknownAt } from '../../build/unknown';
import { type Severity } from '../../model/finding';
import { valueAt } from '../../model/json';
import { nearest } from '../../model/nearest';
import { describe, type ResourceId } from '../../model/resource-id';
import { type RenderedCluster } from '../../workspace/cluster';
import { type ObjectReference, referencesOf } from '../../workspace/references';
import { type Edit, type ObjectContext, type Report } from '../rule';
import { isAppliedHere } from '../target-cluster';

/** References of one role whose target is certainly not rendered: no hole in reach could provide it. */
export function missingTargets(
  object: RenderedObject,
  context: ObjectContext,
  roles: readonly string[],
): ObjectReference[] {
  const references = referencesOf(object).filter(
    ({ role, optional, target }) => roles.includes(role) && !optional && target.id.namespace !== '',
  );
  if (references.length === 0 || !isAppliedHere(object, context.cluster)) return [];
  return references.filter(({ target }) => context.cluster.find(target.id).kind === 'missing');
}

/** Objects of the same kind and name in other namespaces of the cluster. */
export function sameNameElsewhere(id: ResourceId, cluster: RenderedCluster): RenderedObject[] {
  return known(cluster, id).filter((other) => other.id.name === id.name && other.id.namespace !== id.namespace);
}

/** Objects of a kind whose identity is known. */
function known(cluster: RenderedCluster, { group, kind }: { group: string; kind: string }): RenderedObject[] {
  return cluster.objectsOf(group, kind).filter((object) => !hasUnknownIdentity(object.unknown));
}

/** Sets the namespace of a reference; undefined when the field takes none. */
export function namespaceEdit({ field, at, isNamespaceWritten }: ObjectReference, namespace: string): Edit | undefined {
  if (field.namespace === undefined || field.name === '') return undefined;
  if (isNamespaceWritten) return { kind: 'replace', path: [...at, field.namespace], text: namespace };
  return { kind: 'insert', path: at, key: field.namespace, yaml: namespace };
}

/** What the reader most likely meant: a sentence for the message and the fix that goes with it. */
export function suggestion(
  reference: ObjectReference,
  cluster: RenderedCluster,
  except?: RenderedObject,
): { readonly sentence: string; readonly fix?: NonNullable<Report['fix']> } {
  const { id } = reference.target;
  const [elsewhere] = sameNameElsewhere(id, cluster);
  if (elsewhere !== undefined) {
    const { namespace } = elsewhere.id;
    const edit = namespaceEdit(reference, namespace);
    const sentence = ` There is one in namespace ${namespace}.`;
    if (edit === undefined) return { sentence };
    return { sentence, fix: { title: `Set the namespace to ${namespace}`, edits: [edit] } };
  }
  const names = known(cluster, id)
    .filter((object) => object.id.namespace === id.namespace && object.key !== except?.key)
    .map((object) => object.id.name);
  const [near] = nearest(id.name, names, 1);
  if (near === undefined) return { sentence: '' };
  return {
    sentence: ` Did you mean ${near}?`,
    fix: { title: `Change to ${near}`, edits: [{ kind: 'replace', path: reference.path, text: near }] },
  };
}

/** A suspended object asks for nothing until it is resumed, so its dangling references fail nothing today. */
export function severityFor(object: RenderedObject): { readonly severity?: Severity } {
  return isSuspended(object) ? { severity: 'warning' } : {};
}

export function isSuspended(object: RenderedObject): boolean {
  return valueAt(object.value, ['spec', 'suspend']) === true && !isUnknownAt(object.unknown, ['spec', 'suspend']);
}

/** How a message names a target: without the namespace when it is the referring object's own. */
export function nameOf(id: ResourceId, from: RenderedObject): string {
  return id.namespace === from.id.namespace ? `${id.kind} ${id.name}` : describe(id);
}

/**
 * How a message names the cluster. Without its name where several read the file: what is missing in all of them is
 * then one finding, which lists them.
 */
export function clusterText({ resource }: RenderedObject, context: ObjectContext): string {
  const { cluster } = context;
  return resource !== undefined && context.clustersReading(resource.file).length > 1
    ? 'the same cluster'
    : `cluster ${cluster.cluster.name}`;
}
