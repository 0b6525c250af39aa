import { isObject } from '../../model/json';
import { nodeAt } from '../../yaml/locate';
import { valueOf } from '../../yaml/scalar';
import { type YamlDocument } from '../../yaml/document';
import { decryptionOf } from '../sops/decryption';
import { listed } from '../sops/secret-values';
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

/** kustomize-controller internal/decryptor, ImportKeys. */
export function isKeyName(name: string): boolean {
  return /\.(agekey|asc)$/.test(name) || /^sops\.(vault-token|aws-kms|azure-kv|gcp-kms)$/.test(name);
}

/** Names of the values of a Secret; empty for what is no Secret, as where a generator makes it. */
export function keysOf(document: YamlDocument, at: readonly (string | number)[]): string[] {
  const kind = nodeAt(document, [...at, 'kind']);
  if (kind?.kind !== 'scalar' || kind.text !== 'Secret') return [];
  return ['data', 'stringData'].flatMap((field) => {
    const node = nodeAt(document, [...at, field]);
    const values = node && valueOf(document, node);
    return isObject(values) ? [...values.keys()] : [];
  });
}
