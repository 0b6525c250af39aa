import { describeMetadataFault } from '../../server/sops/metadata-fault';
import { type SecretsFault, type ValueAddress } from './fault';

const nameOf = ({ document, steps }: ValueAddress): string => {
  const path = steps.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join('.');
  return document === 0 ? path : `${path} in document ${document + 1}`;
};

/** One or two sentences for the user: what is wrong, and what to do where that is known. Never a secret. */
export function describeFault(fault: SecretsFault): string {
  switch (fault.kind) {
    case 'unreadable':
      return fault.line === undefined
        ? `The file cannot be read: ${fault.reason}.`
        : `Line ${fault.line} cannot be read: ${fault.reason}.`;
    case 'unsupported':
      return fault.at === undefined
        ? `SOPS does not take this file: ${fault.reason}.`
        : `SOPS does not take ${nameOf(fault.at)}: ${fault.reason}.`;
    case 'too-large':
      return `The file is left alone: ${fault.reason}.`;
    case 'not-encrypted':
      return 'The file has no sops entry, so it is not encrypted.';
    case 'already-encrypted':
      return 'The file has a sops entry, so it is encrypted already.';
    case 'empty':
      return 'The file is empty. SOPS encrypts files with at least one document.';
    case 'bad-metadata':
      return `${fault.faults.map(describeMetadataFault).slice(0, 3).join(' ')} SOPS cannot decrypt the file.`;
    case 'unknown-pattern':
      return `The pattern of ${fault.field} cannot be evaluated, so which values are encrypted is unknown.`;
    case 'no-key':
      return `No key opens the file. Tried: ${fault.attempts.map(({ place, outcome }) => `${place} (${outcome})`).join(', ')}.`;
    case 'plain-value':
      return `${nameOf(fault.at)} should be encrypted by the file's own rule, but stands there in clear. SOPS refuses to decrypt the file.`;
    case 'damaged-value':
      return `The encrypted value of ${nameOf(fault.at)} is damaged. SOPS refuses to decrypt the file.`;
    case 'foreign-value':
      return `The encrypted value of ${nameOf(fault.at)} does not belong there. It was moved, renamed, changed, or comes from another file.`;
    case 'wrong-mac':
      return 'The checksum of the file is wrong. A value was added, removed, reordered or changed without SOPS.';
    case 'missing-key':
      return `${nameOf(fault.at)} is not in the file.`;
    case 'key-exists':
      return `${nameOf(fault.at)} is in the file already.`;
    case 'not-editable':
      return `${nameOf(fault.at)} cannot be changed without touching what stands beside it.`;
    case 'would-expose':
      return `${nameOf(fault.at)} would be written in clear, since the rule of the file does not encrypt it there.`;
    case 'no-recipients':
      return 'The rule names no key to encrypt for.';
    case 'bad-recipient':
      return `The recipient ${fault.recipient} cannot be used: ${fault.reason}.`;
    case 'program':
      return `The sops program is needed for the keys of this file: ${fault.reason}.`;
    case 'not-verified':
      return 'The result did not read back as intended, so the file was left as it is.';
  }
}
