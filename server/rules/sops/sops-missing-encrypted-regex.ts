import { listed } from '../../model/listed';
import { stanzaOf } from '../../sops/encryption';
import { stanzaKey } from '../../sops/leaves';
import { type FileRule } from '../rule';
import { identityFields, isPlainManifest } from './manifest-identity';

export const sopsMissingEncryptedRegex: FileRule = {
  code: 'sops-missing-encrypted-regex',
  severity: 'error',
  certainty: 'certain',
  scope: 'file',
  summary: 'The sops entry of an object does not keep to the values that are secret.',
  documentation: `An object of Kubernetes is encrypted without \`encrypted_regex\` or another selection. Then SOPS takes every value for
encrypted, \`apiVersion\`, \`kind\` and \`metadata\` too. Where these are plain, Flux cannot decrypt the object and applies nothing of
the whole Kustomization.

Where they are encrypted (a warning), Flux decrypts the object only after kustomize ran, which sees neither its kind nor its name:
patches, namespace, labels and references to it have no effect, or break the decryption.

Give the creation rule \`encrypted_regex: ^(data|stringData)$\` and encrypt the file anew.`,
  check({ file, report }) {
    for (const [index, { document }] of file.documents.entries()) {
      if (stanzaOf(document) === undefined) continue;
      const { plain, encrypted } = identityFields(document);
      if (isPlainManifest(document)) {
        report(index, {
          path: [stanzaKey],
          part: 'key',
          message: `This entry has no encrypted_regex or other selection, so SOPS takes ${listed(plain)} for encrypted too. Flux cannot decrypt the file and will apply nothing of its Kustomization.`,
        });
      } else if (encrypted.length > 0) {
        report(index, {
          path: encrypted[0]?.split('.') ?? [],
          severity: 'warning',
          message: `${listed(encrypted)} ${encrypted.length === 1 ? 'is' : 'are'} encrypted. Flux decrypts after kustomize ran, which cannot see ${encrypted.length === 1 ? 'it' : 'them'}: patches, namespaces and references will miss this object.`,
        });
      }
    }
  },
};
