import { type FilePath } from '../../model/file-path';
import { type ConfigRecipient } from '../../sops/config-recipient';
import { type CreationRule } from '../../sops/creation-rules';
import { encryptionOf, type Stanza } from '../../sops/encryption';
import { looksEncrypted } from '../../sops/encrypted-value';
import { leavesOf } from '../../sops/leaves';
import { type MasterKey, masterKeyName } from '../../sops/master-key';
import { isSameKey, type RecipientDrift, recipientDrift } from '../../sops/recipient-drift';
import { type Selection } from '../../sops/selection';
import { type StoreFormat } from '../../sops/store-format';
import { governingConfig, type GoverningConfig } from '../../workspace/governing-config';
import { type Snapshot } from '../../workspace/snapshot';
import { type YamlFile } from '../../yaml/file';

/** Who can decrypt a file. */
export interface NamedKey {
  readonly key: MasterKey;
  readonly name: string;
  readonly nickname: string | undefined;
}

/** What is known of an encrypted file without any key. */
export interface EncryptionNote {
  readonly format: StoreFormat;
  /** The first one; every document that SOPS wrote has the same. */
  readonly stanza: Stanza;
  readonly keys: readonly NamedKey[];
  readonly selection: Selection;
  readonly encryptedValues: number;
  /** The nearest `.sops.yaml`; undefined where there is none. */
  readonly config: GoverningConfig | undefined;
  /** The rule that counts for the file now. */
  readonly rule: CreationRule | undefined;
  /** How its keys differ from those of the file. */
  readonly drift: RecipientDrift | undefined;
  /** The rule selects other values than the file has encrypted; only encrypting anew brings that in line. */
  readonly isSelectedOtherwise: boolean;
}

/** The configuration that counts for a file of a snapshot. */
export function configFor(snapshot: Snapshot, path: FilePath): GoverningConfig | undefined {
  return governingConfig(
    path,
    (candidate) => snapshot.isFile(candidate),
    (candidate) => snapshot.yaml(candidate),
  );
}

/**
 * Explains an encrypted file; undefined for one that is not encrypted.
 * @param names the user's own names of recipients, which count before the comments of `.sops.yaml`
 */
export function explainEncryption(
  snapshot: Snapshot | undefined,
  file: YamlFile,
  names: Readonly<Record<string, string>> = {},
): EncryptionNote | undefined {
  const encryption = encryptionOf(file);
  if (encryption === undefined) return undefined;
  const [stanza] = encryption.stanzas;
  const { metadata } = stanza.reading;
  const config = snapshot && configFor(snapshot, file.path);
  const rule = config?.match.kind === 'rule' ? config.match.rule : undefined;
  const known = config?.config.rules.flatMap(({ keyGroups }) => keyGroups.flat()) ?? [];
  const own = rule?.keyGroups.flat() ?? [];
  return {
    format: encryption.format,
    stanza,
    keys: metadata.keyGroups.flat().map((key) => {
      const name = masterKeyName(key);
      const nickname = Object.hasOwn(names, name) ? names[name] : nicknameOf(key, [...own, ...known]);
      return { key, name, nickname };
    }),
    selection: metadata.selection,
    encryptedValues: file.documents
      .flatMap(({ document }) => [...leavesOf(document)])
      .filter(({ node }) => looksEncrypted(node.text)).length,
    config,
    rule,
    drift: rule && recipientDrift(metadata, rule),
    isSelectedOtherwise:
      rule !== undefined &&
      encryption.format !== 'binary' &&
      (rule.selection.by !== metadata.selection.by || rule.selection.text !== metadata.selection.text),
  };
}

/** What people call a key that a file has: as `.sops.yaml` names it, in the rule of the file or in another. */
function nicknameOf(key: MasterKey, recipients: readonly ConfigRecipient[]): string | undefined {
  return recipients.find((recipient) => recipient.nickname !== undefined && isSameKey(recipient, key))?.nickname;
}
