import { pauseEvery, type Steps } from '../../../model/steps';
import { type EngineResource, type ResId } from '../resource';
import { isClusterScoped } from '../tables/cluster-scoped-kinds';
import { currentId, effectiveNamespace } from '../transform/identity';

/** A resource with what the choice of a referral asks of it again and again. */
export interface KnownObject {
  readonly resource: EngineResource;
  readonly id: ResId;
  /** The namespace that counts in comparisons. */
  readonly namespace: string;
  readonly originalNamespace: string;
  readonly isClusterScoped: boolean;
}

/** The objects of a build as targets of references. Names are not changed while it is used. */
export interface ObjectIndex {
  /** Objects by every name they had before, in the order of the build. */
  readonly byFormerName: ReadonlyMap<string, readonly KnownObject[]>;
  readonly byOriginalNamespace: ReadonlyMap<string, readonly KnownObject[]>;
}

// Most resources are the same ones after an edit.
const known = new WeakMap<EngineResource, KnownObject>();

/** What is asked of a resource again and again. */
export function know(resource: EngineResource): KnownObject {
  let object = known.get(resource);
  if (object === undefined) known.set(resource, (object = read(resource)));
  return object;
}

function read(resource: EngineResource): KnownObject {
  const id = currentId(resource);
  const namespace = effectiveNamespace(id);
  const [first] = resource.previousIds;
  return {
    resource,
    id,
    namespace,
    originalNamespace: first === undefined ? namespace : effectiveNamespace(first),
    isClusterScoped: id.scope === 'cluster' || isClusterScoped(id),
  };
}

function add(index: Map<string, KnownObject[]>, key: string, object: KnownObject): void {
  const found = index.get(key);
  if (found === undefined) index.set(key, [object]);
  else if (found.at(-1) !== object) found.push(object);
}

/** Indexes the objects of a build by the names references may still use. */
export function* indexObjects(resources: readonly EngineResource[]): Steps<ObjectIndex> {
  const byFormerName = new Map<string, KnownObject[]>();
  const byOriginalNamespace = new Map<string, KnownObject[]>();
  for (const [index, resource] of resources.entries()) {
    const object = know(resource);
    for (const { name } of object.resource.previousIds) add(byFormerName, name, object);
    if (!object.isClusterScoped) add(byOriginalNamespace, object.originalNamespace, object);
    if (index % pauseEvery === 0) yield;
  }
  return { byFormerName, byOriginalNamespace };
}
