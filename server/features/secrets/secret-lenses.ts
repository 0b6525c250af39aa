import { baseName } from '../../model/file-path';
import { type Range } from '../../model/text';
import { readSopsConfig, sopsConfigFile } from '../../sops/creation-rules';
import { encryptionOf } from '../../sops/encryption';
import { nodeAt } from '../../yaml/locate';
import { type YamlFile } from '../../yaml/file';
import { fileRangeOf } from '../../yaml/position';
import { type Snapshot } from '../../workspace/snapshot';
import { type FeatureContext } from '../context';
import { encryptionTitle } from './encryption-text';
import { explainEncryption } from './explain-encryption';
import { useOf } from './rule-use';

/** A line above a place of a file. What it does when chosen is named by the client's command of that name; without, nothing. */
export interface SecretLens {
  readonly range: Range;
  readonly title: string;
  readonly action?: 'explainDecryption' | 'updateKeys' | 'openSecret';
}

/** Above an encrypted file: for whom it is, and that its rule has changed; above a creation rule: what it counts for. */
export function secretLenses({ snapshot, recipientNames }: FeatureContext, file: YamlFile): readonly SecretLens[] {
  if (snapshot === undefined) return [];
  return baseName(file.path) === sopsConfigFile
    ? ruleLenses(snapshot, file)
    : fileLenses(snapshot, file, recipientNames);
}

function fileLenses(
  snapshot: Snapshot,
  file: YamlFile,
  names: FeatureContext['recipientNames'],
): readonly SecretLens[] {
  if (!file.text.includes('sops') || encryptionOf(file) === undefined) return [];
  const note = explainEncryption(snapshot, file, names);
  const placed = file.documents[note?.stanza.document ?? 0];
  if (note === undefined || placed === undefined) return [];
  const root = placed.document.root ?? note.stanza.span;
  const range = fileRangeOf(placed, { start: root.start, end: root.start });
  const lenses: SecretLens[] = [{ range, title: encryptionTitle(note), action: 'explainDecryption' }];
  if (note.drift !== undefined) lenses.push({ range, title: 'Rule has changed: update keys', action: 'updateKeys' });
  lenses.push({ range, title: 'Open encrypted file', action: 'openSecret' });
  return lenses;
}

function ruleLenses(snapshot: Snapshot, file: YamlFile): readonly SecretLens[] {
  const placed = file.documents[0];
  const config = readSopsConfig(placed?.document);
  return config.rules.flatMap((rule): SecretLens[] => {
    const node = placed && nodeAt(placed.document, rule.path);
    const use = useOf(snapshot, file.path, config, rule);
    if (placed === undefined || node === undefined || use === undefined) return [];
    const title =
      use.files === 0
        ? 'Counts for no file'
        : `Counts for ${use.files} ${use.files === 1 ? 'file' : 'files'}${use.encrypted === undefined ? '' : `, ${use.encrypted} encrypted`}`;
    return [{ range: fileRangeOf(placed, { start: node.start, end: node.start }), title }];
  });
}
