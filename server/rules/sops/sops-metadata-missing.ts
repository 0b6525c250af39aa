import { stringAt } from '../../model/json';
import { parseEncryptedValue } from '../../sops/encrypted-value';
import { stanzaOf } from '../../sops/encryption';
import { leavesOf } from '../../sops/leaves';
import { describeMetadataFault, isTolerated, type MetadataFault } from '../../sops/metadata-fault';
import { declaredObjects } from '../declared-objects';
import { type FileContext, type FileRule } from '../rule';
import { inStanza, stanzasOf } from './stanza-place';

export const sopsMetadataMissing: FileRule = {
  code: 'sops-metadata-missing',
  severity: 'error',
  certainty: 'certain',
  scope: 'file',
  summary: 'The sops entry of an encrypted file is damaged or gone.',
  documentation: `The entry \`sops\` says how to decrypt the file: the keys, when it was written, and the checksum. Part of it is missing
or has the wrong form; or an object holds encrypted values and has no such entry at all.

Flux cannot decrypt the file, and applies nothing of the whole Kustomization. An object without the entry is applied as it is,
with the encrypted text as its values. What only the sops program needs is a warning.

Take the entry from an earlier commit together with the values, or encrypt the file anew from its source.`,
  check(context) {
    const { file } = context;
    for (const stanza of stanzasOf(file)) {
      for (const fault of stanza.reading.faults) {
        if (isJudgedElsewhere(fault)) continue;
        context.report(stanza.document, {
          ...inStanza(file, stanza, fault.path),
          message: `${describeMetadataFault(fault)} ${consequence(fault)}`,
          ...(isForProgramOnly(fault) && { severity: 'warning' }),
        });
      }
    }
    reportLostStanzas(context);
  },
};

/** By rules of their own: the checksum, and two selections. */
const isJudgedElsewhere = (fault: MetadataFault): boolean =>
  fault.kind === 'bad-mac' ||
  (fault.kind === 'missing' && fault.field === 'mac') ||
  fault.kind === 'several-selections';

/** kustomize-controller decrypts without a look at the version, and by any key that is whole (internal/decryptor). */
function isForProgramOnly(fault: MetadataFault): boolean {
  const isVersion = fault.kind === 'bad-version' || (fault.kind === 'missing' && fault.field === 'version');
  return isVersion || isTolerated(fault);
}

function consequence(fault: MetadataFault): string {
  if (!isForProgramOnly(fault)) return 'Flux cannot decrypt the file and will apply nothing of its Kustomization.';
  return isTolerated(fault)
    ? 'This key cannot decrypt the file.'
    : 'Flux does not look at it, but the sops program refuses the file.';
}

/** Objects with encrypted values in a document without stanza. */
function reportLostStanzas({ file, report }: FileContext): void {
  for (const [index, { document }] of file.documents.entries()) {
    if (!document.text.includes('ENC[') || stanzaOf(document) !== undefined) continue;
    for (const { kind, value } of declaredObjects({ document, role: 'object' }).slice(0, 1)) {
      const leaf = [...leavesOf(document)].find(({ node }) => parseEncryptedValue(node.text).kind === 'encrypted');
      if (leaf === undefined) continue;
      const name = stringAt(value, 'metadata', 'name') ?? '';
      report(index, {
        path: leaf.path,
        message: `${kind} ${name} holds encrypted values, but the sops entry that says how to decrypt them is gone. Flux will apply the encrypted text as it stands.`,
      });
    }
  }
}
