import { type RenderedObject } from '../../build/build';
import { type ResourceId, type ResourceKey } from '../../model/resource-id';
import { type RenderedCluster } from '../../workspace/cluster';
import { changeSince, type ObjectList } from '../../workspace/object-list';
import { nodeOf } from './dependency-graph';

/** Lists whose objects are known to depend on each other in no circle. */
const withoutCircle = new WeakSet<ObjectList>();
// Beyond this many a walk over everything is no slower.
const mostChanges = 32;
const mostReached = 512;

/** Says that the objects of a list depend on each other in no circle. */
export function noteNoCircle(objects: ObjectList): void {
  withoutCircle.add(objects);
}

/**
 * The objects of a list among which all of its circles are: what can be reached from objects that came since a list
 * without circles, for a new circle leads through one of them; all of them where that is not known.
 */
export function candidatesForCircles(cluster: RenderedCluster, objects: ObjectList): ObjectList {
  const change = changeSince(objects, (older) => withoutCircle.has(older));
  if (change === undefined || change.gained.length > mostChanges) return objects;
  const here = new Set(change.gained.map(({ key }) => key));
  // An object that went may have stood before another of the same key, which counts from now on.
  if (!change.lost.every(({ key }) => here.has(key))) return objects;
  const ids = change.gained.map(({ id }) => id);
  return reachedFrom(cluster, ids) ?? objects;
}

/** All that is reached from objects by `dependsOn`, themselves included; undefined where an object is not certain. */
function reachedFrom(cluster: RenderedCluster, ids: ResourceId[]): RenderedObject[] | undefined {
  const reached = new Map<ResourceKey, RenderedObject>();
  for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
    const found = cluster.find(id);
    if (found.kind === 'missing') continue;
    const [object, another] = found.kind === 'found' ? found.objects : [];
    if (object === undefined || another !== undefined) return undefined;
    if (reached.has(object.key)) continue;
    if (reached.size === mostReached) return undefined;
    reached.set(object.key, object);
    ids.push(...nodeOf(object).edges.map((edge) => edge.id));
  }
  return [...reached.values()];
}
