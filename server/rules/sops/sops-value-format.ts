import { type Path } from '../../model/json';
import { encryptionOf, stanzaOf } from '../../sops/encryption';
import { parseEncryptedValue, type ValueReading } from '../../sops/encrypted-value';
import { leavesOf } from '../../sops/leaves';
import { type SopsMetadata } from '../../sops/metadata';
import { type FileRule } from '../rule';

export const sopsValueFormat: FileRule = {
  code: 'sops-value-format',
  severity: 'error',
  certainty: 'certain',
  scope: 'file',
  summary: 'An encrypted value has not the form that SOPS writes.',
  documentation: `A value begins like one that SOPS encrypted (\`ENC[AES256_GCM,data:…,iv:…,tag:…,type:…]\`), but a part is missing, is no
base64, or names an unknown type: it was cut off, or edited. The same is said of an encrypted data key whose text is no age file.

Flux cannot decrypt the file and applies nothing of the whole Kustomization.

Take the value from an earlier commit. No part of it can be made up.`,
  check({ file, report }) {
    if (encryptionOf(file) === undefined) return;
    for (const [index, { document }] of file.documents.entries()) {
      const reading = stanzaOf(document);
      if (reading === undefined) continue;
      const damaged = [...leavesOf(document)].flatMap(({ path, node }) => {
        const value = node.text.startsWith('ENC[') ? parseEncryptedValue(node.text) : undefined;
        return value?.kind === 'damaged' ? [{ path, message: `${describePart(value.part)} ${outcome}` }] : [];
      });
      for (const { path, message } of [...damaged, ...damagedKeys(reading.metadata)].slice(0, mostReports)) {
        report(index, { path, message });
      }
    }
  },
};

/** One damaged file needs not fill the list. */
const mostReports = 20;

const outcome = 'Flux cannot decrypt the file and will apply nothing of its Kustomization.';

function describePart(part: Extract<ValueReading, { kind: 'damaged' }>['part']): string {
  switch (part) {
    case 'form':
      return 'This encrypted value is cut off: it lacks one of data, iv, tag and type.';
    case 'type':
      return 'The type of this encrypted value is none that SOPS knows.';
    default:
      return `The part ${part} of this encrypted value is damaged.`;
  }
}

/** Data keys for age that are no armored age file (age-encryption.org/v1, section on ASCII armor). */
function* damagedKeys({ keyGroups }: SopsMetadata): Iterable<{ readonly path: Path; readonly message: string }> {
  for (const key of keyGroups.flat()) {
    if (key.type !== 'age' || key.encryptedDataKey === '' || isArmor(key.encryptedDataKey)) continue;
    const others = keyGroups.flat().length > 1 ? 'This key cannot decrypt the file.' : outcome;
    yield {
      path: ['sops', ...key.path, 'enc'],
      message: `The encrypted data key is no age file in ASCII armor. ${others}`,
    };
  }
}

function isArmor(text: string): boolean {
  const [, body] =
    /^-----BEGIN AGE ENCRYPTED FILE-----\r?\n([^-]+)-----END AGE ENCRYPTED FILE-----$/.exec(text.trim()) ?? [];
  const base64 = body?.replace(/\s/g, '') ?? '';
  return base64 !== '' && base64.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(base64);
}
