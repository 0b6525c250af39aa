import { type BuildResult, type RenderedObject } from '../../build/build';
import { hasUnknownIdentity, isUnknownAt } from '../../build/unknown';
import { type FilePath, isWithin } from '../../model/file-path';
import { objectAt, stringAt, valueAt } from '../../model/json';
import { type Resource } from '../../model/resource';
import { describe, type ResourceKey } from '../../model/resource-id';
import { type RenderedCluster } from '../../workspace/cluster';
import { valueOf } from '../../yaml/scalar';
import { isSuspended } from '../reference/missing-target';
import { type ClusterContext, type ClusterRule } from '../rule';
import { targetOf } from '../target-cluster';
import { specPath } from './applied-path';

export const ksPathOverlap: ClusterRule = {
  code: 'ks-path-overlap',
  severity: 'error',
  certainty: 'certain',
  scope: 'cluster',
  summary: 'Two Kustomizations apply the same objects from the same files.',
  documentation: `The folders of two Kustomizations overlap: one lies in the other, or both list the same files, and the objects that come out are the same ones, in the same cluster. Equal folders alone are no fault: variables, a target namespace or a kubeconfig may make different objects of them.

Each applies its own version of every shared object and takes it over from the other, again and again. When one of the two is deleted, or no longer holds the file, Flux deletes the objects although the other still wants them.

Narrow one of the paths, or add a \`kustomization.yaml\` that lists what belongs to it.`,
  check(cluster, context) {
    const shared = new Map<string, Shared>();
    const claims = new Map<string, Claim[]>();
    // Most Kustomizations have the same few owners.
    const targets = new Map<ResourceKey, string | undefined>();
    const { sharedFiles } = cluster;
    // Nobody else claims what comes from the other files.
    for (const build of sharedFiles.size === 0 ? [] : cluster.builds.values()) {
      for (const claim of claimsOf(build, cluster, sharedFiles, targets)) {
        const others = claims.get(claim.name);
        if (others === undefined) {
          claims.set(claim.name, [claim]);
          continue;
        }
        for (const other of others)
          if (other.owner !== claim.owner && !isShared(claim.object, context)) count(shared, other, claim);
        others.push(claim);
      }
    }
    for (const [owner, rivals] of byOwner(shared.values())) reportOwner(owner, rivals, cluster, context);
  },
};

/** One object from one document, claimed by one Kustomization for one target cluster. */
interface Claim {
  readonly name: string;
  readonly owner: RenderedObject;
  readonly object: RenderedObject;
}

interface Shared {
  readonly first: Claim;
  readonly second: Claim;
  objects: number;
}

interface KnownClaims {
  readonly sharedFiles: ReadonlySet<FilePath>;
  readonly places: readonly { readonly place: string; readonly object: RenderedObject }[];
  claims?: { readonly target: string; readonly list: readonly Claim[] };
}

const claimed = new WeakMap<BuildResult, KnownClaims>();

function claimsOf(
  build: BuildResult,
  cluster: RenderedCluster,
  sharedFiles: ReadonlySet<FilePath>,
  targets: Map<ResourceKey, string | undefined>,
): readonly Claim[] {
  const before = claimed.get(build);
  const known = before?.sharedFiles === sharedFiles ? before : { sharedFiles, places: placesIn(build, sharedFiles) };
  if (known !== before) claimed.set(build, known);
  if (known.places.length === 0) return [];
  const owner = build.owner.object;
  if (owner.unknown === 'everything' || owner.isSample === true || isSuspended(owner)) return [];
  const target = targetOf(cluster, owner.key, targets);
  if (target === undefined) return [];
  if (known.claims?.target === target) return known.claims.list;
  const list = known.places.map(({ place, object }) => ({ name: target + place, owner, object }));
  known.claims = { target, list };
  return list;
}

/** Objects of a build that come from files which others read too. */
function placesIn(build: BuildResult, sharedFiles: ReadonlySet<FilePath>): KnownClaims['places'] {
  const found: { place: string; object: RenderedObject }[] = [];
  for (const object of build.objects) {
    const { resource } = object;
    if (resource === undefined || !sharedFiles.has(resource.file)) continue;
    if (hasUnknownIdentity(object.unknown) || isNamespace(object)) continue;
    found.push({ place: placeOf(object, resource), object });
  }
  return found;
}

const places = new WeakMap<RenderedObject, string>();

/** The document that declares an object, and what the object is called in the end. */
function placeOf(object: RenderedObject, { file, document, at }: Resource): string {
  let place = places.get(object);
  if (place === undefined) places.set(object, (place = ` ${file}#${String(document)}/${at.join('/')} ${object.key}`));
  return place;
}

// Many Kustomizations bring the Namespace they need, and mean the same one.
const isNamespace = ({ id }: RenderedObject): boolean => id.group === '' && id.kind === 'Namespace';

const prefix = 'kustomize.toolkit.fluxcd.io/';

/** True when annotations say that the object is shared on purpose, or may say so. */
function isShared({ resource, unknown }: RenderedObject, { snapshot }: ClusterContext): boolean {
  if (isUnknownAt(unknown, ['metadata', 'annotations']) || resource === undefined) return true;
  const document = snapshot.yaml(resource.file)?.documents[resource.document]?.document;
  const value = document && valueOf(document, document.root);
  const annotations = valueAt(value, [...resource.at, 'metadata', 'annotations']);
  return ['prune', 'reconcile', 'ssa'].some((name) => stringAt(annotations, prefix + name) !== undefined);
}

function count(shared: Map<string, Shared>, first: Claim, second: Claim): void {
  const key: ResourceKey = `${first.owner.key} ${second.owner.key}`;
  const pair = shared.get(key);
  if (pair === undefined) shared.set(key, { first, second, objects: 1 });
  else pair.objects++;
}

/** Another Kustomization that applies the same objects, seen from one of the two. */
interface Rival {
  readonly other: RenderedObject;
  readonly object: RenderedObject;
  readonly objects: number;
}

function byOwner(pairs: Iterable<Shared>): Map<RenderedObject, Rival[]> {
  const owners = new Map<RenderedObject, Rival[]>();
  for (const { first, second, objects } of pairs) {
    for (const [one, other] of [
      [first.owner, second.owner],
      [second.owner, first.owner],
    ] as const) {
      const rivals = owners.get(one) ?? [];
      owners.set(one, rivals);
      rivals.push({ other, object: first.object, objects });
    }
  }
  return owners;
}

function reportOwner(
  owner: RenderedObject,
  rivals: readonly Rival[],
  cluster: RenderedCluster,
  context: ClusterContext,
): void {
  const worst = rivals.find((rival) => isError(owner, rival, cluster)) ?? rivals[0];
  if (worst === undefined) return;
  const { other, object, objects } = worst;
  const prunes = bothPrune(owner, other);
  const outcome = prunes ? ', and deleting one of them deletes the objects' : '';
  const more = rivals.length - 1;
  const names = `${owner.id.name} and ${other.id.name}${more === 0 ? '' : ` (and ${more} more)`}`;
  const what = objects === 1 ? describe(object.id) : `${objects} objects, ${describe(object.id)} among them`;
  const pathOf = (one: RenderedObject): readonly string[] =>
    objectAt(one.value, 'spec')?.has('path') === true ? specPath : ['spec'];
  const path = pathOf(owner);
  context.reportOn(owner, {
    path,
    part: path.length > 1 ? 'value' : 'key',
    message: `Kustomizations ${names} ${more === 0 ? 'both' : 'all'} apply ${what}. They will take the objects from each other${outcome}.`,
    ...(!isError(owner, worst, cluster) && { severity: 'warning' as const }),
    related: [
      { object: other, path: pathOf(other), message: `Kustomization ${other.id.name} reads this folder` },
      { object, path: ['metadata', 'name'], message: 'Applied by both' },
    ],
  });
}

// Where one of the two never deletes, they only overwrite each other.
const bothPrune = (...owners: readonly RenderedObject[]): boolean =>
  owners.every(({ value }) => valueAt(value, ['spec', 'prune']) === true);

/**
 * Folders that lie in each other are a mistake. A component or base that several list is shared on purpose, and who
 * applies the other Kustomization, too, takes it away together with its objects: both work, if not well.
 */
function isError(owner: RenderedObject, { other, object }: Rival, cluster: RenderedCluster): boolean {
  const isParent = owner.address.owner === other.key || other.address.owner === owner.key;
  const file = object.resource?.file;
  const liesIn = (one: RenderedObject): boolean => {
    const { tree, path } = cluster.kustomization(one.key) ?? {};
    const folder = path === undefined ? undefined : tree?.repositoryPath(path);
    return file !== undefined && folder !== undefined && isWithin(file, folder);
  };
  return bothPrune(owner, other) && !isParent && liesIn(owner) && liesIn(other);
}
