import { type RenderedObject } from '../../build/build';
import { type ResourceId, resourceKey, type ResourceKey } from '../../model/resource-id';
import { type RenderedCluster } from '../../workspace/cluster';
import { changeSince, extendedFrom, type ObjectList } from '../../workspace/object-list';
import { nodeOf } from './dependency-graph';

/** Lists whose objects are known to depend on each other in no circle. */
const withoutCircle = new WeakSet<ObjectList>();
// Looking up one object costs as much as several steps of a walk over all of them.
const mostReached = (all: ObjectList): number => Math.max(16, all.length / 8);

/** Says that the objects of a list depend on each other in no circle. */
export function noteNoCircle(objects: ObjectList): void {
  // Nor do fewer of them.
  for (let list: ObjectList | undefined = objects; list !== undefined; list = extendedFrom(list))
    withoutCircle.add(list);
}

/**
 * The objects of a list among which all of its circles are: what can be reached from objects that came since a list
 * without circles, for a new circle leads through one of them; all of them where that is not known.
 */
export function candidatesForCircles(cluster: RenderedCluster, objects: ObjectList): ObjectList {
  const change = changeSince(objects, (older) => withoutCircle.has(older));
  if (change === undefined || change.gained.length > mostReached(objects)) return objects;
  const here = new Set(change.gained.map(({ key }) => key));
  // An object that went may have stood before another of the same key, which counts from now on.
  if (!change.lost.every(({ key }) => here.has(key))) return objects;
  const ids = change.gained.map(({ id }) => id);
  return reachedFrom(cluster, ids, objects) ?? objects;
}

/** All that is reached from objects by `dependsOn`, themselves included; undefined where an object is not certain. */
function reachedFrom(cluster: RenderedCluster, ids: ResourceId[], objects: ObjectList): RenderedObject[] | undefined {
  const reached = new Map<ResourceKey, RenderedObject>();
  for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
    const found = cluster.find(id);
    if (found.kind !== 'found') {
      // What a hole may provide is no object that anything could be read from; one without its namespace is.
      const key = resourceKey(id);
      if (found.kind === 'unknown' && objects.some((object) => object.key === key)) return undefined;
      continue;
    }
    const [object, another] = found.objects;
    if (object === undefined || another !== undefined) return undefined;
    if (reached.has(object.key)) continue;
    if (reached.size >= mostReached(objects)) return undefined;
    reached.set(object.key, object);
    ids.push(...nodeOf(object).edges.map((edge) => edge.id));
  }
  return [...reached.values()];
}
