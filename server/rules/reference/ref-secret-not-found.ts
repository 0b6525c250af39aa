import { type RenderedObject } from '../../build/build';
import { hasUnknownIdentity } from '../../build/unknown';
import { type ResourceId, type ResourceKey } from '../../model/resource-id';
import { type RenderedCluster } from '../../workspace/cluster';
import { decryptionOf, kustomizationKind, objectsWithStanza } from '../../workspace/decryption';
import { type ClusterRule } from '../rule';
import { isAppliedHere } from '../target-cluster';

export const refSecretNotFound: ClusterRule = {
  code: 'ref-secret-not-found',
  severity: 'information',
  certainty: 'possible',
  scope: 'cluster',
  summary: 'The Secret with the decryption keys is made by nothing in the repository.',
  documentation: `\`spec.decryption.secretRef\` names a Secret that no file of the cluster renders to. That is usual, since the key must not stand
in the repository in plain text; it is said once for each Secret, and only where something is encrypted.

Until the Secret exists in the namespace of the Kustomization, Flux cannot decrypt and applies nothing of it.

Create it in the cluster before Flux runs, as described in Flux's guide to SOPS.`,
  check(cluster, context) {
    // Most Kustomizations take their keys from one Secret, so it is looked for once.
    const settled = new Set<ResourceKey>();
    for (const object of cluster.objectsOf(kustomizationKind.group, kustomizationKind.kind)) {
      const decryption = decryptionOf(object);
      const secret = decryption.kind === 'sops' ? decryption.secret : undefined;
      if (secret === undefined || settled.has(secret.key) || hasUnknownIdentity(object.unknown)) continue;
      if (!isAppliedHere(object, cluster) || !appliesEncrypted(cluster, object)) continue;
      settled.add(secret.key);
      if (cluster.find(secret).kind !== 'missing' || isMadeBySome(cluster, secret)) continue;
      context.reportOn(object, {
        path: ['spec', 'decryption', 'secretRef', 'name'],
        message: `Nothing in this repository makes Secret ${secret.name} in namespace ${secret.namespace}. Until somebody creates it in the cluster, Flux cannot decrypt.`,
      });
    }
  },
};

/** Decryption is often set for all Kustomizations alike. */
function appliesEncrypted({ builds }: RenderedCluster, { key }: RenderedObject): boolean {
  const build = builds.get(key);
  return build !== undefined && objectsWithStanza(build).length > 0;
}

/** Kinds whose objects make a Secret of the same name. */
const makers = [
  ['external-secrets.io', 'ExternalSecret'],
  ['external-secrets.io', 'ClusterExternalSecret'],
  ['external-secrets.io', 'PushSecret'],
  ['bitnami.com', 'SealedSecret'],
  ['cert-manager.io', 'Certificate'],
  ['fluxcd.controlplane.io', 'ResourceSet'],
] as const;

function isMadeBySome(cluster: RenderedCluster, { name, namespace }: ResourceId): boolean {
  const isIt = ({ id }: RenderedObject): boolean => id.namespace === namespace && id.name === name;
  return makers.some(([group, kind]) => cluster.objectsOf(group, kind).some(isIt));
}
