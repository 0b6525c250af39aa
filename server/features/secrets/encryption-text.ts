import { listed } from '../../model/listed';
import { type CreationRule, pathFromConfig } from '../../sops/creation-rules';
import { describeDrift } from '../../sops/recipient-drift';
import { type Selection } from '../../sops/selection';
import { shortKey } from '../../sops/short-key';
import { type GoverningConfig } from '../../workspace/governing-config';
import { codeSpan, escapeMarkdown } from '../markdown';
import { type EncryptionNote, type NamedKey } from './explain-encryption';

/** `rule 2 of .sops.yaml`, counted from 1 as people do. */
export const ruleText = ({ index }: CreationRule, { file }: GoverningConfig): string =>
  `rule ${index + 1} of ${file.path}`;

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Who can decrypt: nicknames, and the short form of keys without one. */
export const keyNames = (keys: readonly NamedKey[]): readonly string[] =>
  keys.map(({ nickname, name }) => nickname ?? shortKey(name));

/** Which values a selection encrypts, as a clause in Markdown. */
export function selectionText({ by, text, isWritten }: Selection): string {
  if (!isWritten) return 'all values but those under keys that end in `_unencrypted`';
  const code = codeSpan(text);
  switch (by) {
    case 'encrypted_regex':
      return `values under keys that match ${code}`;
    case 'unencrypted_regex':
      return `all values but those under keys that match ${code}`;
    case 'encrypted_suffix':
      return `values under keys that end in ${code}`;
    case 'unencrypted_suffix':
      return `all values but those under keys that end in ${code}`;
    case 'encrypted_comment_regex':
      return `values below comments that match ${code}`;
    case 'unencrypted_comment_regex':
      return `all values but those below comments that match ${code}`;
  }
}

/** Why a rule counts for a path, as a sentence in Markdown. */
export function reasonText(rule: CreationRule, config: GoverningConfig, path: string): string {
  const relative = codeSpan(pathFromConfig(config.file.path, path) ?? path);
  const why =
    rule.pathRegex === ''
      ? `It has no \`path_regex\`, so it fits every file${rule.index === 0 ? '' : ' that no earlier rule takes'}.`
      : `Its \`path_regex\` ${codeSpan(rule.pathRegex)} is ${rule.index === 0 ? 'the first' : 'the first of the rules'} that fits ${relative}.`;
  return `${capitalized(escapeMarkdown(ruleText(rule, config)))} counts for this file. ${why}`;
}

/** All that is known of an encrypted file, as paragraphs in Markdown. */
export function encryptionParagraphs(note: EncryptionNote, path: string): readonly string[] {
  const { lastModified, version, shamirThreshold, keyGroups } = note.stanza.reading.metadata;
  const when = lastModified === undefined ? '' : ` on ${lastModified.slice(0, 10)}`;
  const count = note.encryptedValues === 1 ? '1 value' : `${note.encryptedValues} values`;
  const paragraphs = [
    `Encrypted by SOPS ${escapeMarkdown(version)}${when}: ${note.format === 'binary' ? 'the whole file' : `${count}. It encrypts ${selectionText(note.selection)}`}.`,
  ];
  const lines = note.keys.map(({ key, name, nickname }) =>
    nickname === undefined
      ? `- ${key.type} ${codeSpan(shortKey(name))}`
      : `- **${escapeMarkdown(nickname)}** (${key.type} ${codeSpan(shortKey(name))})`,
  );
  const all = shamirThreshold === 0 ? keyGroups.length : shamirThreshold;
  const groups = keyGroups.length > 1 ? `, by keys of ${all} of ${keyGroups.length} groups` : '';
  paragraphs.push(`Can be decrypted by${groups}:\n\n${lines.slice(0, 20).join('\n')}`);
  paragraphs.push(...ruleParagraphs(note, path));
  return paragraphs;
}

function ruleParagraphs({ config, rule, drift, isSelectedOtherwise }: EncryptionNote, path: string): string[] {
  if (config === undefined) return ['No `.sops.yaml` lies above this file.'];
  const name = codeSpan(config.file.path);
  if (rule === undefined) {
    const reason =
      config.match.kind === 'unreadable' ? 'a regular expression in it cannot be read' : 'no rule in it fits this file';
    return [`${name} says nothing about this file: ${reason}.`];
  }
  const paragraphs = [reasonText(rule, config, path)];
  if (drift !== undefined) {
    paragraphs.push(
      `The rule has changed since: it ${escapeMarkdown(describeDrift(drift))}. Update the keys of the file.`,
    );
  }
  if (isSelectedOtherwise) {
    paragraphs.push(
      `The rule would encrypt ${selectionText(rule.selection)} now. Only encrypting anew brings that in line.`,
    );
  }
  return paragraphs;
}

/** One line for a lens: `Encrypted for Alice and the cluster · rule 1 of .sops.yaml`. */
export function encryptionTitle({ keys, rule, config }: EncryptionNote): string {
  const who = keys.length === 0 ? 'Encrypted for nobody' : `Encrypted for ${listed(keyNames(keys), 2)}`;
  return rule === undefined || config === undefined ? who : `${who} · ${ruleText(rule, config)}`;
}
