import { pauseEvery, type Steps } from '../../model/steps';
import { type MapNode } from './node';
import { type EngineResource, type ResId } from './resource';
import { currentId, effectiveNamespace } from './transform/identity';

/** One text for ids that kustomize takes for equal. */
export function idKey(id: ResId): string {
  return `${id.kind}|${id.name}|${effectiveNamespace(id)}|${id.group}|${id.version}`;
}

/** Ids are asked for again at every level of a build, while most objects stay what they are. */
const knownKeys = new WeakMap<MapNode, string>();

/** {@link idKey} of the id that a resource has now. */
export function keyOf(resource: EngineResource): string {
  // A scope from a schema is of one build alone.
  if (resource.scope !== undefined) return idKey(currentId(resource));
  let key = knownKeys.get(resource.node);
  if (key === undefined) knownKeys.set(resource.node, (key = idKey(currentId(resource))));
  return key;
}

/** Finds the ids of resources with pauses, so that putting them together is short. */
export function* identify(resources: readonly EngineResource[]): Steps<void> {
  for (const [index, resource] of resources.entries()) {
    keyOf(resource);
    if (index % pauseEvery === 0) yield;
  }
}

/** Two resources with one id. */
export interface Conflict {
  readonly kind: 'conflict';
  readonly id: ResId;
  readonly first: EngineResource;
  readonly second: EngineResource;
}

/**
 * What stands under each id of a list that is still being put together. The map goes on with the longer list, so that
 * as many entries as a kustomization has are not all looked at again for each of them.
 */
const unfinished = new WeakMap<readonly EngineResource[], Map<string, EngineResource>>();

/** Nothing more is put behind the resources for now. */
export function finishList(resources: readonly EngineResource[]): void {
  unfinished.delete(resources);
}

/** The resources with others behind them, unless an id is there twice (resWrangler, `AppendAll`). */
export function appendAll(
  resources: readonly EngineResource[],
  added: readonly EngineResource[],
): readonly EngineResource[] | Conflict {
  if (added.length === 0) return resources;
  const known = unfinished.get(resources) ?? new Map(resources.map((resource) => [keyOf(resource), resource]));
  // It is of the longer list from here on, and of none if an id is there twice.
  unfinished.delete(resources);
  for (const second of added) {
    const key = keyOf(second);
    const first = known.get(key);
    if (first !== undefined) return { kind: 'conflict', id: currentId(second), first, second };
    known.set(key, second);
  }
  const all = resources.length === 0 ? added : [...resources, ...added];
  unfinished.set(all, known);
  return all;
}

export function isConflict(value: readonly EngineResource[] | Conflict): value is Conflict {
  return 'kind' in value;
}
