import { type Path } from '../../model/json';
import { baseName } from '../../model/file-path';
import { type ConfigRecipient } from '../../sops/config-recipient';
import { readSopsConfig, sopsConfigFile } from '../../sops/creation-rules';
import { type MasterKey, type MasterKeyType, masterKeyName } from '../../sops/master-key';
import { recipientFault } from '../../sops/recipient-form';
import { type FileContext, type FileRule } from '../rule';
import { inStanza, stanzasOf } from './stanza-place';

export const sopsRecipientInvalid: FileRule = {
  code: 'sops-recipient-invalid',
  severity: 'error',
  certainty: 'certain',
  scope: 'file',
  summary: 'A key that SOPS should encrypt for is none.',
  documentation: `The recipient of age has a wrong checksum or form, the fingerprint is not hexadecimal, or the name of the cloud key has not
the form of its service.

In \`.sops.yaml\` SOPS refuses to encrypt any file of this rule. In an encrypted file that key decrypts nothing.

Copy the key again from where it was made; for age it is the line \`public key\` of the key file.`,
  check(context) {
    if (baseName(context.file.path) === sopsConfigFile) checkConfig(context);
    const { file, report } = context;
    for (const stanza of stanzasOf(file)) {
      for (const key of stanza.reading.metadata.keyGroups.flat()) {
        const text = textOf(key);
        const fault = text === '' ? undefined : recipientFault(key.type, text);
        if (fault === undefined) continue;
        report(stanza.document, {
          ...inStanza(file, stanza, [...key.path, ...fieldOf(key.type)]),
          message: `This is no ${nameOf(key.type)}: ${fault}. It cannot decrypt the file.`,
        });
      }
    }
  },
};

function checkConfig({ file, report }: FileContext): void {
  const recipients = readSopsConfig(file.documents[0]?.document).rules.flatMap(({ keyGroups }) => keyGroups.flat());
  const seen = new Set<ConfigRecipient['path']>();
  for (const { path, piece, type, fault } of recipients) {
    if (fault === undefined || seen.has(path)) continue;
    if (piece === undefined) seen.add(path);
    report(0, {
      path,
      ...(piece !== undefined && { within: piece }),
      message: `This is no ${nameOf(type)}: ${fault}. SOPS will refuse to encrypt files of this rule.`,
    });
  }
}

function textOf(key: MasterKey): string {
  if (key.type === 'kms') return key.arn;
  return key.type === 'pgp' ? key.fingerprint.replaceAll(' ', '') : masterKeyName(key);
}

function fieldOf(type: MasterKeyType): Path {
  switch (type) {
    case 'age':
      return ['recipient'];
    case 'pgp':
      return ['fp'];
    case 'kms':
      return ['arn'];
    case 'gcp_kms':
      return ['resource_id'];
    case 'hckms':
      return ['key_id'];
    case 'azure_kv':
      return ['vault_url'];
    case 'hc_vault':
      return ['vault_address'];
  }
}

function nameOf(type: MasterKeyType): string {
  switch (type) {
    case 'age':
      return 'age recipient';
    case 'pgp':
      return 'OpenPGP fingerprint';
    case 'kms':
      return 'key of AWS KMS';
    case 'gcp_kms':
      return 'key of Google Cloud KMS';
    case 'hckms':
      return 'key of Huawei Cloud KMS';
    case 'azure_kv':
      return 'key of Azure Key Vault';
    case 'hc_vault':
      return 'key of Vault';
  }
}
