import type * as Secrets from '../../secrets/secrets';

const mostKeys = 30;

/**
 * What is said when recipients were removed: updating keys keeps the data key, so they can still read what they have, and the
 * values that they may know are to be changed where they come from. Keys are named, values never.
 */
export function removedText(
  removed: readonly Secrets.KeyName[],
  known: readonly Secrets.Recipient[],
  rows: readonly Pick<Secrets.SecretRow, 'kind' | 'isEncrypted' | 'isEmpty' | 'at'>[],
): string {
  const who = removed.map(({ name }) => known.find((one) => one.name === name)?.nickname ?? name).join(', ');
  const keys = rows
    .filter(({ kind, isEncrypted, isEmpty }) => kind === 'value' && isEncrypted && !isEmpty)
    .map(({ at }) => at.steps.join('.'));
  const more = keys.length > mostKeys ? [`and ${keys.length - mostKeys} more`] : [];
  const list = [...keys.slice(0, mostKeys), ...more].join('\n');
  return `${who} had the data key, which stays the same until it is rotated, and may know these values. Change them at their origin:\n\n${list}`;
}
