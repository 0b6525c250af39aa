import { type FilePath } from '../../../server/model/file-path';
import {
  type CreationRule,
  matchCreationRule,
  pathFromConfig,
  readSopsConfig,
  type SopsConfig,
} from '../../../server/sops/creation-rules';
import { masterKeyName, type MasterKey } from '../../../server/sops/master-key';
import { type SopsMetadata } from '../../../server/sops/metadata';
import { describeDrift, isSameKey, recipientDrift } from '../../../server/sops/recipient-drift';
import { openFile } from '../../../server/yaml/file';
import { type EncryptionRule } from './encrypt';

/** A `.sops.yaml` as it was found: its path and text. */
export interface ConfigText {
  readonly file: FilePath;
  readonly text: string;
}

/** What the configuration says about a file now; `none` with a sentence on why it says nothing. */
export type RuleReading =
  | {
      readonly kind: 'rule';
      readonly rule: CreationRule;
      /** `rule 2 of .sops.yaml`. */
      readonly name: string;
      readonly encryption: EncryptionRule;
    }
  | { readonly kind: 'none'; readonly reason: string };

/**
 * The creation rule that counts for a file.
 * @param config the nearest configuration above the file; undefined where there is none
 */
export function readRule(config: ConfigText | undefined, file: FilePath): RuleReading {
  if (config === undefined) return { kind: 'none', reason: 'No .sops.yaml lies above this file.' };
  const read = readConfig(config);
  const match = matchCreationRule(read, config.file, file);
  const path = pathFromConfig(config.file, file) ?? file;
  if (match.kind === 'rule') {
    const { rule } = match;
    const { selection, isMacOnlyEncrypted, keyGroups, shamirThreshold } = rule;
    const [fault] = keyGroups.flat().flatMap((key) => key.fault ?? []);
    const name = `rule ${rule.index + 1} of ${config.file}`;
    if (fault !== undefined) return { kind: 'none', reason: `A key in ${name} cannot be used: ${fault}.` };
    const groups = keyGroups.map((group) => group.map((key) => ({ type: key.type, name: key.name })));
    const indent = read.yamlIndent === undefined ? {} : { indent: read.yamlIndent };
    const encryption = { groups, threshold: shamirThreshold, selection, isMacOnlyEncrypted, ...indent };
    return { kind: 'rule', rule, name, encryption };
  }
  if (match.kind === 'unreadable') {
    const reason = `The path_regex of rule ${match.rule.index + 1} of ${config.file} cannot be read.`;
    return { kind: 'none', reason };
  }
  const reason =
    match.kind === 'none' ? `${config.file} has no rule that fits ${path}.` : `${config.file} has no creation rules.`;
  return { kind: 'none', reason };
}

const readConfig = ({ file, text }: ConfigText): SopsConfig =>
  readSopsConfig(openFile(file, text, 0).documents[0]?.document);

/** A sentence on how the keys of a file differ from those of its rule; undefined where they agree. */
export function driftOf(metadata: SopsMetadata, reading: RuleReading): string | undefined {
  if (reading.kind !== 'rule') return undefined;
  const drift = recipientDrift(metadata, reading.rule);
  return drift && `The rule has changed since: it ${describeDrift(drift)}.`;
}

/** Who can decrypt a file. */
export interface Recipient {
  readonly type: MasterKey['type'];
  readonly name: string;
  readonly nickname: string | undefined;
}

/**
 * The recipients of a file with what people call them.
 * @param names the user's own names by recipient, which count before the comments of the configuration
 */
export function recipientsOf(
  { keyGroups }: SopsMetadata,
  config: ConfigText | undefined,
  names: Readonly<Record<string, string>>,
): readonly Recipient[] {
  const known = config === undefined ? [] : readConfig(config).rules.flatMap((rule) => rule.keyGroups.flat());
  return keyGroups.flat().map((key) => {
    const name = masterKeyName(key);
    const named = known.find((other) => other.nickname !== undefined && isSameKey(other, key))?.nickname;
    return { type: key.type, name, nickname: Object.hasOwn(names, name) ? names[name] : named };
  });
}
