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

function keyOf(resource: EngineResource): string {
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

/** The resources with others behind them, unless an id is there twice (resWrangler, `AppendAll`). */
export function appendAll(
  resources: readonly EngineResource[],
  added: readonly EngineResource[],
): readonly EngineResource[] | Conflict {
  const known = new Map<string, EngineResource>();
  for (const resource of resources) known.set(keyOf(resource), resource);
  for (const second of added) {
    const key = keyOf(second);
    const first = known.get(key);
    if (first !== undefined) return { kind: 'conflict', id: currentId(second), first, second };
    known.set(key, second);
  }
  return resources.length === 0 ? added : [...resources, ...added];
}

export function isConflict(value: readonly EngineResource[] | Conflict): value is Conflict {
  return 'kind' in value;
}
