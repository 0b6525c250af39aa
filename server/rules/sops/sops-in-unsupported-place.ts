import { spanHolds } from '../../../schemas/release';
import { baseName } from '../../model/file-path';
import { stanzaOf } from '../../sops/encryption';
import { type KustomizationRule } from '../rule';
import { decryptionOf, encryptedObjects } from '../../workspace/decryption';
import { encryptedInputs } from '../../workspace/encrypted-inputs';

export const sopsInUnsupportedPlace: KustomizationRule = {
  code: 'sops-in-unsupported-place',
  severity: 'error',
  certainty: 'certain',
  scope: 'kustomization',
  summary: 'An encrypted file stands where Flux does not decrypt.',
  documentation: `Flux decrypts objects with a \`sops\` entry, whatever their kind, files that a \`secretGenerator\` takes in, and patches with a
path. It does not decrypt what a \`configMapGenerator\` takes in: the ConfigMap holds the encrypted text.

Files that are encrypted by comments (\`encrypted_comment_regex\`, \`unencrypted_comment_regex\`) can be decrypted since Flux 2.10; before,
the comments are gone when Flux decrypts, and it fails.

Take the file in with a \`secretGenerator\`, or encrypt it by the names of keys.`,
  check(build, context) {
    const read = (file: string) => context.yaml(file);
    const inputs = encryptedInputs(build, read);
    // A file that something else takes in too is decrypted in its place before kustomize runs.
    const decrypted = new Set(
      decryptionOf(build.owner.object).kind === 'none'
        ? []
        : inputs.filter(({ role }) => !role.startsWith('config')).map(({ file }) => file.path),
    );
    for (const { role, file, kustomization, path } of inputs) {
      if (!role.startsWith('config') || decrypted.has(file.path)) continue;
      context.reportAt(kustomization, {
        path,
        message: `${baseName(file.path)} is encrypted, and Flux does not decrypt what a configMapGenerator takes in. The ConfigMap will hold the encrypted text.`,
      });
    }
    for (const { file, document } of encryptedObjects(build, read)) {
      const yaml = file.documents[document]?.document;
      const by = yaml && stanzaOf(yaml)?.metadata.selection.by;
      if (by?.endsWith('comment_regex') !== true) continue;
      context.reportAt(
        { file: file.path, document },
        {
          path: ['sops', by],
          part: 'key',
          releases: (release) => spanHolds('2.0-2.9', release),
          message: `This object is encrypted by its comments, which are gone when Flux decrypts it. Flux before 2.10 will fail and apply nothing of this Kustomization.`,
        },
      );
    }
  },
};
