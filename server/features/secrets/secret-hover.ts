import { baseName } from '../../model/file-path';
import { type Path } from '../../model/json';
import { readSopsConfig, sopsConfigFile } from '../../sops/creation-rules';
import { valueTypeNames } from '../../../schemas/sops/value-types';
import { looksEncrypted, parseEncryptedValue } from '../../sops/encrypted-value';
import { stanzaOf } from '../../sops/encryption';
import { stanzaKey } from '../../sops/leaves';
import { shortKey } from '../../sops/short-key';
import { isShadowedBy } from '../../sops/shadowed-rule';
import { type YamlFile } from '../../yaml/file';
import { type FeatureContext } from '../context';
import { codeSpan, escapeMarkdown } from '../markdown';
import { type DocumentPlace } from '../place';
import { explainEncryption } from './explain-encryption';
import { encryptionParagraphs, selectionText } from './encryption-text';
import { type RuleUse, useOf } from './rule-use';

/**
 * What is known of encryption at a place, as paragraphs in Markdown: at the entry `sops`, at an encrypted value, and at a
 * creation rule. Values are never shown; there is no key here.
 */
export function secretNotes(context: FeatureContext, file: YamlFile, place: DocumentPlace): readonly string[] {
  if (baseName(file.path) === sopsConfigFile) return ruleNotes(context, file, place.path);
  const document = file.documents[place.ref.document]?.document;
  if (document === undefined || stanzaOf(document) === undefined) return [];
  const note = explainEncryption(context.snapshot, file, context.recipientNames);
  if (note === undefined) return [];
  if (place.path[0] === stanzaKey && place.part === 'key' && place.path.length === 1) {
    return encryptionParagraphs(note, file.path);
  }
  if (place.part !== 'value' || place.node?.kind !== 'scalar' || !looksEncrypted(place.node.text)) return [];
  if (place.path[0] === stanzaKey) return [];
  const value = parseEncryptedValue(place.node.text);
  const type = value.kind === 'encrypted' ? valueTypeNames[value.type] : 'damaged';
  return [`Encrypted value (${type}).`, ...encryptionParagraphs(note, file.path).slice(1, 2)];
}

/** Anywhere in a rule: what it counts for, and whom it encrypts for. */
function ruleNotes({ snapshot }: FeatureContext, file: YamlFile, path: Path): readonly string[] {
  const config = readSopsConfig(file.documents[0]?.document);
  const rule = path[0] === 'creation_rules' && typeof path[1] === 'number' ? config.rules[path[1]] : undefined;
  if (rule === undefined || path.length > 3) return [];
  const earlier = config.rules.slice(0, rule.index).find((other) => isShadowedBy(rule.pathRegex, other.pathRegex));
  const use = snapshot && useOf(snapshot, file.path, config, rule);
  const keys = rule.keyGroups
    .flat()
    .map(({ type, name, nickname }) =>
      nickname === undefined
        ? `- ${type} ${codeSpan(shortKey(name))}`
        : `- **${escapeMarkdown(nickname)}** (${type} ${codeSpan(shortKey(name))})`,
    );
  return [
    earlier !== undefined
      ? `Rule ${rule.index + 1} never counts: rule ${earlier.index + 1} takes every file that it fits.`
      : use === undefined
        ? ''
        : useText(rule.index, use),
    `It encrypts ${selectionText(rule.selection)}.`,
    keys.length === 0 ? '' : `For:\n\n${keys.slice(0, 20).join('\n')}`,
  ].filter((part) => part !== '');
}

function useText(index: number, { files, encrypted, example }: RuleUse): string {
  const of = encrypted === undefined ? '' : `, of which ${encrypted} ${encrypted === 1 ? 'is' : 'are'} encrypted`;
  const first = example === undefined ? '' : `; the first is ${codeSpan(example)}`;
  return `Rule ${index + 1} counts for ${counted(files)}${of}${first}.`;
}

const counted = (files: number): string => (files === 1 ? '1 file' : `${files} files`);
