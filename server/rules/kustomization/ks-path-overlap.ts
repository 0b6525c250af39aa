import { type BuildResult, type RenderedObject } from '../../build/build';
import { hasUnknownIdentity, isUnknownAt } from '../../build/draft';
import { objectAt, stringAt, valueAt } from '../../model/json';
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
    for (const build of cluster.builds.values()) {
      for (const claim of claimsOf(build, cluster)) {
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
    for (const pair of shared.values()) reportPair(pair, context);
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

function claimsOf(build: BuildResult, cluster: RenderedCluster): Claim[] {
  const owner = build.owner.object;
  if (owner.unknown === 'everything' || isSuspended(owner)) return [];
  const target = targetOf(cluster, owner.key);
  if (target === undefined) return [];
  const claims: Claim[] = [];
  for (const object of build.objects) {
    const { resource } = object;
    if (resource === undefined || hasUnknownIdentity(object.unknown) || isNamespace(object)) continue;
    const place = `${resource.file}#${String(resource.document)}/${resource.at.join('/')}`;
    claims.push({ name: `${target} ${place} ${object.key}`, owner, object });
  }
  return claims;
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

function reportPair({ first, second, objects }: Shared, context: ClusterContext): void {
  // Where one of the two never deletes, they only overwrite each other.
  const prunes = [first, second].every(({ owner }) => valueAt(owner.value, ['spec', 'prune']) === true);
  // Who applies the other Kustomization, too, takes it away together with its objects.
  const isParent = first.owner.address.owner === second.owner.key || second.owner.address.owner === first.owner.key;
  const outcome = prunes ? ', and deleting one of the two deletes them' : '';
  const what =
    objects === 1 ? describe(first.object.id) : `${objects} objects, ${describe(first.object.id)} among them`;
  for (const [one, other] of [
    [first.owner, second.owner],
    [second.owner, first.owner],
  ] as const) {
    const hasPath = objectAt(one.value, 'spec')?.has('path') === true;
    const otherPath = objectAt(other.value, 'spec')?.has('path') === true ? specPath : (['spec'] as const);
    context.reportOn(one, {
      path: hasPath ? specPath : ['spec'],
      part: hasPath ? 'value' : 'key',
      message: `Kustomizations ${one.id.name} and ${other.id.name} both apply ${what}. They will take the objects from each other${outcome}.`,
      ...((!prunes || isParent) && { severity: 'warning' as const }),
      related: [
        { object: other, path: otherPath, message: `Kustomization ${other.id.name} reads this folder` },
        { object: first.object, path: ['metadata', 'name'], message: 'Applied by both' },
      ],
    });
  }
}
