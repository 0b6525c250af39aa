import { type Stanza } from '../../sops/encryption';
import { type MasterKey } from '../../sops/master-key';
import { describeDrift, type RecipientDrift, recipientDrift } from '../../sops/recipient-drift';
import { shortKey } from '../../sops/short-key';
import { type GoverningConfig } from '../../workspace/governing-config';
import { type FileRule } from '../rule';
import { ruleFor, ruleName } from './governing-rule';
import { inStanza, stanzasOf } from './stanza-place';

export const sopsRecipientsDiffer: FileRule = {
  code: 'sops-recipients-differ',
  severity: 'warning',
  certainty: 'certain',
  scope: 'file',
  summary: 'An encrypted file has other keys than its creation rule.',
  documentation: `The creation rule of \`.sops.yaml\` that matches the file names other keys than those the file is encrypted for: the rule
has changed since, or the file was moved. Keys are compared group by group, as \`sops updatekeys\` does.

Whoever was added cannot decrypt the file, which may be the cluster; whoever was removed still can.

Run \`sops updatekeys FILE\`. It keeps the data key: after removing somebody run \`sops rotate\` too, and change the values where they
come from, since they were known.`,
  check(context) {
    const { file, report } = context;
    const found = ruleFor(context);
    if (found === undefined) return;
    for (const stanza of stanzasOf(file).slice(0, 1)) {
      if (stanza.reading.faults.length > 0) continue;
      const drift = recipientDrift(stanza.reading.metadata, found.rule);
      if (drift === undefined) continue;
      report(stanza.document, {
        ...inStanza(file, stanza, placeOf(drift, stanza)),
        message: `${capitalized(ruleName(found.rule, found.in))} ${describeDrift(drift)}. sops updatekeys brings the file in line.`,
        related: relatedPlaces(drift, found.in),
      });
    }
  },
};

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A key that is too much is marked itself; what is missing, at the list where it would stand. */
function placeOf({ extra, missing }: RecipientDrift, { reading }: Stanza): MasterKey['path'] {
  const [first] = extra;
  const type = missing[0]?.type;
  if (first !== undefined) return first.path;
  const list = reading.metadata.keyGroups
    .flat()
    .find((key) => key.type === type)
    ?.path.slice(0, -1);
  return list ?? [];
}

function relatedPlaces({ missing }: RecipientDrift, { file }: GoverningConfig) {
  return missing.slice(0, 3).map(({ path, nickname, name }) => ({
    document: { file: file.path, document: 0 },
    path,
    message: `${nickname ?? shortKey(name)} stands here.`,
  }));
}
