import { listed } from '../model/listed';
import { type ConfigRecipient } from './config-recipient';
import { type CreationRule } from './creation-rules';
import { type MasterKey, masterKeyName } from './master-key';
import { type SopsMetadata } from './metadata';
import { shortKey } from './short-key';

/** How the keys of a file differ from those of its rule; what `sops updatekeys` would do. */
export interface RecipientDrift {
  /** The rule has them, the file does not. */
  readonly missing: readonly ConfigRecipient[];
  /** The file has them, the rule does not. */
  readonly extra: readonly MasterKey[];
  /** The thresholds, where both have several groups and they differ. */
  readonly threshold: { readonly file: number; readonly rule: number } | undefined;
}

/**
 * Compares group by group, as `sops updatekeys` does (cmd/sops/common, DiffKeyGroups). Contexts and profiles of KMS keys are
 * left out, since a rule cannot state them outside of key groups.
 * @returns undefined where they agree, and where the rule has no keys or one that SOPS refuses
 */
export function recipientDrift(metadata: SopsMetadata, rule: CreationRule): RecipientDrift | undefined {
  const wanted = rule.keyGroups;
  if (wanted.every((group) => group.length === 0)) return undefined;
  if (wanted.some((group) => group.some(({ fault }) => fault !== undefined))) return undefined;
  const missing: ConfigRecipient[] = [];
  const extra: MasterKey[] = [];
  for (let index = 0; index < Math.max(wanted.length, metadata.keyGroups.length); index++) {
    const ofRule = wanted[index] ?? [];
    const ofFile = metadata.keyGroups[index] ?? [];
    missing.push(...ofRule.filter((one) => !ofFile.some((other) => isSameKey(one, other))));
    extra.push(...ofFile.filter((one) => !ofRule.some((other) => isSameKey(other, one))));
  }
  const { shamirThreshold: file } = metadata;
  const isThresholdMoved = metadata.keyGroups.length > 1 && wanted.length > 1 && file !== rule.shamirThreshold;
  // Not written means all groups in a rule, and SOPS writes the number it used into the file.
  const threshold = isThresholdMoved && rule.shamirThreshold !== 0 ? { file, rule: rule.shamirThreshold } : undefined;
  if (missing.length === 0 && extra.length === 0 && threshold === undefined) return undefined;
  return { missing, extra, threshold };
}

/** True when a rule and a file mean the same key. */
export function isSameKey(recipient: ConfigRecipient, key: MasterKey): boolean {
  if (recipient.type !== key.type) return false;
  switch (key.type) {
    case 'age':
      return sshWithoutComment(recipient.name) === sshWithoutComment(key.recipient);
    case 'pgp':
      return recipient.name.replace(/^0x/, '').toUpperCase() === key.fingerprint.replace(/^0x/, '').toUpperCase();
    case 'kms':
      return recipient.name === (key.role === '' ? key.arn : `${key.arn}+${key.role}`);
    case 'azure_kv': {
      // Without a version SOPS looks up the newest and writes that down.
      const name = masterKeyName(key);
      return recipient.name === name || (recipient.name.endsWith('/') && name.startsWith(recipient.name));
    }
    case 'hc_vault':
      return normalizeVault(recipient.name) === normalizeVault(masterKeyName(key));
    default:
      return recipient.name === masterKeyName(key);
  }
}

const sshWithoutComment = (text: string): string =>
  text.startsWith('ssh-') ? text.split(/\s+/).slice(0, 2).join(' ') : text;

const normalizeVault = (url: string): string => url.replace(/\/+$/, '').replace(/([^:])\/{2,}/g, '$1/');

/** What the rule asks of the keys of the file, behind its name: `also wants A, who cannot decrypt this file`. */
export function describeDrift({ missing, extra, threshold }: RecipientDrift): string {
  const parts: string[] = [];
  if (missing.length > 0) {
    const names = missing.map(({ name, nickname }) => nickname ?? shortKey(name));
    parts.push(`also wants ${listed(names)}, who cannot decrypt this file`);
  }
  if (extra.length > 0) {
    parts.push(`no longer names ${listed(extra.map((key) => shortKey(masterKeyName(key))))}, who still can`);
  }
  if (threshold !== undefined) parts.push(`asks for ${threshold.rule} key groups, the file for ${threshold.file}`);
  return parts.join(', and ');
}
