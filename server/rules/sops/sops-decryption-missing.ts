import { listed } from '../../model/listed';
import { describe } from '../../model/resource-id';
import { severityFor } from '../reference/missing-target';
import { type KustomizationRule } from '../rule';
import { decryptionOf, decryptionText, encryptedObjects } from '../../workspace/decryption';
import { encryptedInputs } from '../../workspace/encrypted-inputs';

export const sopsDecryptionMissing: KustomizationRule = {
  code: 'sops-decryption-missing',
  severity: 'error',
  certainty: 'certain',
  scope: 'kustomization',
  summary: 'A Kustomization applies encrypted objects, but has no decryption.',
  documentation: `The Kustomization applies objects that SOPS encrypted, or lays an encrypted patch over others, and has no
\`spec.decryption\`, neither of its own nor by a patch of whoever applies it.

Flux refuses an encrypted Secret ("configuring decryption is required") and any other object with a \`sops\` entry, and applies
nothing of the whole Kustomization. An object with the annotation \`kustomize.toolkit.fluxcd.io/decrypt: disabled\` is left alone.

Add \`decryption\` with the provider \`sops\` and the Secret that holds the keys.`,
  check(build, context) {
    const { owner } = build;
    if (decryptionOf(owner.object).kind !== 'none') return;
    const read = (file: string) => context.yaml(file);
    const objects = [...encryptedObjects(build, read)];
    const patches = encryptedInputs(build, read).filter(({ role }) => role === 'patch');
    const names = [
      ...objects.map(({ object }) => `${object.id.kind} ${object.id.name}`),
      ...patches.map(({ file }) => file.path),
    ];
    if (names.length === 0) return;
    const [what, them] = names.length === 1 ? ['which is', 'it'] : ['which are', 'them'];
    context.reportOn(owner.object, {
      path: ['spec'],
      part: 'key',
      message: `This Kustomization has no decryption, but applies ${listed(names)}, ${what} encrypted. Flux will refuse ${them} and apply nothing of this Kustomization.`,
      ...severityFor(owner.object),
      related: [
        ...objects.slice(0, 3).map(({ file, document, object }) => ({
          document: { file: file.path, document },
          path: [...(object.resource?.at ?? []), 'sops'],
          message: `${describe(object.id)} is encrypted.`,
        })),
        ...patches.slice(0, 3).map(({ kustomization, path, file }) => ({
          document: kustomization,
          path,
          message: `${file.path} is encrypted.`,
        })),
      ],
      fix: {
        title: 'Add decryption',
        edits: [
          { kind: 'insert', path: ['spec'], key: 'decryption', yaml: decryptionText(owner.object, context.cluster) },
        ],
      },
    });
  },
};
