import { findKind } from '../../../schemas/kinds/index';
import { type BuildResult, type Hole } from '../../build/build';
import { hasUnknownIdentity } from '../../build/draft';
import { type ResourceId, resourceKey } from '../../model/resource-id';
import { type RenderedCluster } from '../../workspace/cluster';
import { mayProvide } from '../../workspace/cluster-index';
import { referencesOf } from '../../workspace/references';
import { type ObjectContext } from '../rule';
import { targetOf } from '../target-cluster';

/**
 * True when neither an object nor a hole can be what the id names. A Kustomization whose own source exists nowhere is
 * no hole here: it applies nothing before somebody else brings its source, so it cannot bring it, or anything, itself.
 */
export function isCertainlyMissing(id: ResourceId, { cluster, snapshot }: ObjectContext): boolean {
  const answer = cluster.find(id);
  if (answer.kind !== 'unknown' || answer.hole.reason !== 'unknown-source') return answer.kind === 'missing';
  const key = resourceKey(id);
  const configured = snapshot.configuration.clusters.find(({ path }) => path === cluster.cluster.path);
  if (configured?.external?.includes(key) === true || hasUnknownName(id, cluster)) return false;
  return !liveHoles(cluster).some((hole) => mayProvide(hole, id));
}

function hasUnknownName({ group, kind }: ResourceId, cluster: RenderedCluster): boolean {
  return cluster.objectsOf(group, kind).some((object) => hasUnknownIdentity(object.unknown));
}

const live = new WeakMap<RenderedCluster['builds'], readonly Hole[]>();

/** The holes of everything that can be applied at all. */
function liveHoles(cluster: RenderedCluster): readonly Hole[] {
  const { builds } = cluster;
  let holes = live.get(builds);
  if (holes === undefined) {
    holes = findLiveHoles([...builds.values()], cluster);
    live.set(builds, holes);
  }
  return holes;
}

function findLiveHoles(builds: readonly BuildResult[], cluster: RenderedCluster): Hole[] {
  const holes: Hole[] = [];
  let waiting: { readonly build: BuildResult; readonly source: ResourceId }[] = [];
  for (const build of builds) {
    if (targetOf(cluster, build.owner.key) !== '') continue;
    const source = missingSource(build, cluster);
    if (source === undefined) holes.push(...build.holes);
    else waiting.push({ build, source });
  }
  // A source that a hole may bring brings its Kustomization to life, whose files are then a hole themselves.
  for (let before = -1; before !== waiting.length;) {
    before = waiting.length;
    waiting = waiting.filter(({ build, source }) => {
      const mayExist = hasUnknownName(source, cluster) || holes.some((hole) => mayProvide(hole, source));
      if (mayExist) holes.push(...build.holes);
      return !mayExist;
    });
  }
  return holes;
}

/** The source of a build, if it is known by name and no object is it. */
function missingSource({ owner, tree }: BuildResult, cluster: RenderedCluster): ResourceId | undefined {
  if (tree !== undefined) return undefined;
  const { object } = owner;
  const source = referencesOf(object, findKind(object.id.group, object.id.kind)).find(
    ({ role }) => role === 'sourceRef',
  );
  if (source === undefined || cluster.find(source.target.id).kind === 'found') return undefined;
  return source.target.id;
}
