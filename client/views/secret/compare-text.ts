import type * as Secrets from '../../secrets/secrets';

/** One side of a comparison. */
export interface ComparedSide {
  readonly name: string;
  readonly recipients: readonly Secrets.Recipient[];
  /** False where its checksum is wrong. */
  readonly isVerified: boolean;
}

export interface Comparison {
  readonly file: string;
  readonly from: ComparedSide;
  readonly to: ComparedSide;
  readonly differences: readonly Secrets.KeyDifference[];
}

/** Two revisions key by key in Markdown: what changed, of which type, and whether encrypted. No value stands in it. */
export function compareText({ file, from, to, differences }: Comparison): string {
  const changed = differences.flatMap((difference) => {
    const change = changeOf(difference);
    return change === undefined ? [] : [{ ...difference, change }];
  });
  const lines = [`# ${file}`, '', `From ${from.name} to ${to.name}.`, ''];
  for (const { name, isVerified } of [from, to]) {
    if (!isVerified) lines.push(`The checksum of ${name} is wrong: it may not hold what was encrypted.`, '');
  }
  lines.push(summary(changed.length, differences.length - changed.length), '');
  if (changed.length > 0) lines.push('| Key | Change | Before | After |', '| --- | --- | --- | --- |');
  for (const { at, change, before, after } of changed) {
    lines.push(`| ${nameOf(at)} | ${change} | ${masked(before)} | ${masked(after)} |`);
  }
  const gone = missingIn(from.recipients, to.recipients);
  const come = missingIn(to.recipients, from.recipients);
  if (gone.length + come.length > 0) {
    lines.push(...(changed.length > 0 ? [''] : []), '## Recipients', '');
    lines.push(...come.map((who) => `- added: ${who}`), ...gone.map((who) => `- removed: ${who}`));
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

/** What became of a key; undefined where it is the same. One that lost its encryption is another, whatever its value. */
function changeOf({ change, before, after }: Secrets.KeyDifference): string | undefined {
  if (before !== undefined && after !== undefined && before.isEncrypted !== after.isEncrypted) {
    return `${change === 'changed' ? 'changed, ' : ''}${after.isEncrypted ? 'now encrypted' : 'now in clear'}`;
  }
  return change === 'same' ? undefined : change;
}

const summary = (changed: number, same: number): string =>
  changed === 0
    ? `No value differs; ${same} are the same.`
    : `${changed} differ, ${same} are the same. Values are hidden.`;

const masked = (value: Secrets.KeyDifference['before']): string =>
  value === undefined ? '' : `${value.isEncrypted ? 'encrypted' : 'in clear'} (${value.type})`;

const missingIn = (some: readonly Secrets.Recipient[], others: readonly Secrets.Recipient[]): readonly string[] =>
  some
    .filter(({ type, name }) => !others.some((other) => other.type === type && other.name === name))
    .map(({ type, name, nickname }) => `${nickname === undefined ? '' : `${nickname}, `}${type} ${name}`);

function nameOf({ document, steps }: Secrets.KeyDifference['at']): string {
  const path = steps
    .join('.')
    .replaceAll('|', '\\|')
    .replace(/[\r\n]+/g, ' ');
  return document === 0 ? path : `${path} (document ${document + 1})`;
}
