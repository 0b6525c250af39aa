import { baseName } from '../../model/file-path';
import { describe } from '../../model/resource-id';
import { type KustomizationRule } from '../rule';
import { decryptionOf } from '../../workspace/decryption';
import { encryptedInputs } from '../../workspace/encrypted-inputs';

export const sopsGeneratorWithoutDecryption: KustomizationRule = {
  code: 'sops-generator-without-decryption',
  severity: 'error',
  certainty: 'certain',
  scope: 'kustomization',
  summary: 'A secretGenerator takes in an encrypted file, but the Kustomization has no decryption.',
  documentation: `A \`secretGenerator\` reads a file that SOPS encrypted, and the Flux Kustomization that builds it has no \`spec.decryption\`.

Flux says nothing: it makes a Secret that holds the encrypted text, and whoever uses it gets that.

Add \`decryption\` with the provider \`sops\` and the Secret that holds the keys to the Flux Kustomization.`,
  check(build, context) {
    const { owner } = build;
    if (decryptionOf(owner.object).kind !== 'none') return;
    for (const { role, file, kustomization, path } of encryptedInputs(build, (one) => context.yaml(one))) {
      if (role !== 'secret-file' && role !== 'secret-env') continue;
      context.reportAt(kustomization, {
        path,
        message: `${baseName(file.path)} is encrypted, but ${describe(owner.object.id)} has no decryption. Flux will put the encrypted text into the Secret without a word.`,
        related: [{ object: owner.object, path: ['spec'], message: 'decryption is missing here.' }],
      });
    }
  },
};
