import { listed } from '../../model/listed';
import { isKeyName, keysOf } from '../../workspace/key-secret';
import { decryptionOf } from '../../workspace/decryption';
import { type KustomizationRule } from '../rule';

export const refSecretKeys: KustomizationRule = {
  code: 'ref-secret-keys',
  severity: 'error',
  certainty: 'certain',
  scope: 'kustomization',
  summary: 'The Secret of spec.decryption holds no key under a name that Flux looks for.',
  documentation: `Flux takes from the Secret of \`spec.decryption\` the values whose names end in \`.agekey\` (age) or \`.asc\` (OpenPGP), and
those called \`sops.vault-token\`, \`sops.aws-kms\`, \`sops.azure-kv\` and \`sops.gcp-kms\`. All others it passes over. The Secret stands in
the repository, and none of its names is one of these; names can be read where values are encrypted.

Flux says nothing of the Secret and fails to decrypt, so it applies nothing of the whole Kustomization.

Rename the key, for example to \`age.agekey\`.`,
  check(build, context) {
    const decryption = decryptionOf(build.owner.object);
    if (decryption.kind !== 'sops' || decryption.secret === undefined) return;
    const found = context.cluster.find(decryption.secret);
    if (found.kind !== 'found') return;
    for (const { resource } of found.objects) {
      const document = resource && context.yaml(resource.file)?.documents[resource.document]?.document;
      const names = document === undefined ? [] : keysOf(document, resource?.at ?? []);
      if (resource === undefined || names.length === 0 || names.some(isKeyName)) continue;
      context.reportOn(build.owner.object, {
        path: ['spec', 'decryption', 'secretRef', 'name'],
        message: `Secret ${decryption.secret.name} holds ${listed(names)}, but Flux takes only names that end in .agekey or .asc, and those of cloud keys. It will find no key and fail to decrypt.`,
        related: [
          { document: resource, path: [...resource.at, 'metadata', 'name'], message: 'The Secret stands here.' },
        ],
      });
    }
  },
};
