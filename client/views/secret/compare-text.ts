import type * as Secrets from '../../secrets/secrets';

const words = { added: 'added', removed: 'removed', changed: 'changed', same: 'same' } as const;

/** Two revisions key by key in Markdown: what changed, of which type, and whether encrypted. No value stands in it. */
export function compareText(file: string, revision: string, differences: readonly Secrets.KeyDifference[]): string {
  const changed = differences.filter(({ change }) => change !== 'same');
  const same = differences.length - changed.length;
  const lines = [`# ${file} against ${revision}`, '', summary(changed.length, same), ''];
  if (changed.length > 0) lines.push('| Key | Change | Before | After |', '| --- | --- | --- | --- |');
  for (const { at, change, before, after } of changed) {
    lines.push(`| ${nameOf(at)} | ${words[change]} | ${masked(before)} | ${masked(after)} |`);
  }
  return `${lines.join('\n')}\n`;
}

const summary = (changed: number, same: number): string =>
  changed === 0
    ? `No value differs; ${same} are the same.`
    : `${changed} differ, ${same} are the same. Values are hidden.`;

const masked = (value: Secrets.KeyDifference['before']): string =>
  value === undefined ? '' : `${value.isEncrypted ? 'encrypted' : 'in clear'} (${value.type})`;

function nameOf({ document, steps }: Secrets.KeyDifference['at']): string {
  const path = steps
    .join('.')
    .replaceAll('|', '\\|')
    .replace(/[\r\n]+/g, ' ');
  return document === 0 ? path : `${path} (document ${document + 1})`;
}
