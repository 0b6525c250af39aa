import { encryptionOf, stanzaOf } from '../../sops/encryption';
import { looksEncrypted } from '../../sops/encrypted-value';
import { isNeverEncrypted, type Leaf, leavesOf, selectionTest } from '../../sops/leaves';
import { type Selection } from '../../sops/selection';
import { type YamlDocument } from '../../yaml/document';
import { type FileRule } from '../rule';
import { isBroken } from '../declared-objects';
import { isPlainManifest } from './manifest-identity';

export const sopsPartialEncryption: FileRule = {
  code: 'sops-partial-encryption',
  severity: 'error',
  certainty: 'certain',
  scope: 'file',
  summary: 'A value of an encrypted file is plain where it should be encrypted, or the other way round.',
  documentation: `The entry \`sops\` says which values of the file are encrypted, by the names of their keys. A value that it selects is plain
text, mostly because it was added by hand; or a value that it does not select is encrypted, mostly because a key was moved or
renamed.

SOPS takes every selected value for encrypted, so Flux cannot decrypt the file and applies nothing of the whole Kustomization. An
encrypted value that is not selected is applied as it stands.

Add values with \`sops edit FILE\` or \`sops set\`. If the plain value was committed, change it where it comes from.`,
  check({ file, report }) {
    if (encryptionOf(file) === undefined) return;
    for (const [index, { document }] of file.documents.entries()) {
      const { metadata, faults } = stanzaOf(document) ?? {};
      const selection = metadata?.selection;
      // Of several selections nobody knows which was meant.
      const isKnown = faults?.some(({ kind }) => kind === 'several-selections') === false;
      if (selection === undefined || !isKnown || isBroken(document) || isPlainManifest(document)) continue;
      for (const { leaf, message } of misplaced(document, selection)) report(index, { path: leaf.path, message });
    }
  },
};

const mostReports = 20;

function misplaced(document: YamlDocument, selection: Selection): { leaf: Leaf; message: string }[] {
  const isSelected = selectionTest(selection);
  if (isSelected === undefined) return [];
  const found: { leaf: Leaf; message: string }[] = [];
  const by = selection.isWritten ? selection.by : 'the default of SOPS';
  for (const leaf of leavesOf(document)) {
    const key = leaf.keys.at(-1) ?? '';
    const isEncrypted = looksEncrypted(leaf.node.text);
    if (isSelected(leaf) === isEncrypted || found.length >= mostReports) continue;
    if (isEncrypted) {
      const message = `${key} is encrypted, but ${by} does not select it. Flux will apply the encrypted text as it stands.`;
      found.push({ leaf, message });
    } else if (!isNeverEncrypted(leaf.node) && !leaf.node.text.startsWith('ENC[')) {
      const message = `${key} is plain text, but ${by} says that it is encrypted. Flux cannot decrypt the file and will apply nothing of its Kustomization.`;
      found.push({ leaf, message });
    }
  }
  return found;
}
