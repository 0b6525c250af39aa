import { type FileRule } from '../rule';
import { inStanza, stanzasOf } from './stanza-place';

export const sopsMacEmpty: FileRule = {
  code: 'sops-mac-empty',
  severity: 'warning',
  certainty: 'certain',
  scope: 'file',
  summary: 'The checksum of an encrypted file is missing or damaged.',
  documentation: `\`sops.mac\` is a checksum over the values, encrypted itself. Here it is missing or has the wrong form, mostly after an
edit by hand or a merge.

Flux does not look at it and decrypts the file all the same, so nobody would notice a value that was swapped or removed. The
sops program refuses the file.

Take the file from an earlier commit, or encrypt it anew from its source.`,
  check({ file, report }) {
    for (const stanza of stanzasOf(file)) {
      const fault = stanza.reading.faults.find(
        (one) => one.kind === 'bad-mac' || (one.kind === 'missing' && one.path.length === 0 && one.field === 'mac'),
      );
      if (fault === undefined) continue;
      report(stanza.document, {
        ...inStanza(file, stanza, fault.path),
        message: `The checksum of this file (sops.mac) is ${fault.kind === 'bad-mac' ? 'damaged' : 'missing'}. Flux does not look at it, but the sops program will refuse the file.`,
      });
    }
  },
};
