import { type OpenedFile } from '../../../client/secrets/operations/opened-file';
import { type Change } from '../../../client/secrets/operations/save';
import { boolValue, intValue, type PlainValue, textOf, textValue } from '../../../client/secrets/values/plain-value';
import { type Random } from '../kustomize/random';
import { addressOf, comparable, lineOf } from './values';

/** One to three changes at different places, such as a user makes. */
export function randomChanges(opened: OpenedFile, random: Random): Change[] {
  const { values } = opened.tree;
  const isFlat = opened.format === 'dotenv' || opened.format === 'ini';
  const newValue = (): PlainValue => {
    if (isFlat || opened.format === 'binary' || random.chance(0.6)) {
      return textValue(random.pick(['changed', 'new value', 'пароль', 'two words', '=x', '']));
    }
    return random.chance(0.5) ? intValue(random.count(1000)) : boolValue(random.chance(0.5));
  };
  const used = new Set<string>();
  const changes: Change[] = [];
  for (let round = 0; round <= random.count(2); round++) {
    const found = values[random.count(values.length - 1)];
    if (found === undefined) break;
    const { at } = found;
    const parent = addressOf(at.document, at.steps.slice(0, -1));
    if (used.has(parent)) continue;
    used.add(parent);
    // A place inside of another changed one would move with it.
    if (
      [...used].some(
        (other) => other !== parent && (other.startsWith(parent.slice(0, -1)) || parent.startsWith(other.slice(0, -1))),
      )
    )
      continue;
    const key = at.steps.at(-1);
    if (opened.format === 'binary' || typeof key === 'number' || random.chance(0.5)) {
      changes.push({ kind: 'set', at, value: newValue() });
    } else if (random.chance(0.34)) {
      // An item whose last key goes may go with it, and those behind it move up.
      if (at.steps.some((step) => typeof step === 'number')) return [{ kind: 'remove', at }];
      changes.push({ kind: 'remove', at });
    } else if (random.chance(0.5))
      changes.push({ kind: 'rename', at, key: random.pick(['renamed', 'renamed_secret', 'data2']) });
    else {
      const steps = [...at.steps.slice(0, -1), random.pick(['added', 'added_secret', 'added_unencrypted'])];
      changes.push({ kind: 'add', at: { document: at.document, steps }, value: newValue() });
    }
  }
  return changes;
}

/** The values that changes should leave. */
export function expectedAfter(opened: OpenedFile, changes: readonly Change[]): readonly string[] {
  const values = new Map(
    opened.tree.values.map(({ at, value }) => [addressOf(at.document, at.steps), comparable(value)] as const),
  );
  for (const change of changes) {
    const address = addressOf(change.at.document, change.at.steps);
    const old = values.get(address);
    if (change.kind === 'remove' || change.kind === 'rename') values.delete(address);
    if (change.kind === 'set' || change.kind === 'add') values.set(address, comparable(change.value));
    if (change.kind === 'rename' && old !== undefined) {
      values.set(addressOf(change.at.document, [...change.at.steps.slice(0, -1), change.key]), old);
    }
  }
  return [...values]
    .map(([address, value]) => {
      const [document, ...steps] = JSON.parse(address) as [number, ...(string | number)[]];
      return lineOf(document, steps, value);
    })
    .sort();
}

const mask = (text: string): string =>
  text
    .replace(/,$/gm, '')
    .replace(/(["']?(?:sops_)?lastmodified["']?\s*[:=]\s*)["']?[^"'\n,]+["']?/g, '$1T')
    .replace(/(["']?(?:sops_)?mac["']?\s*[:=]\s*)["']?ENC\[[^\]]*\]["']?/g, '$1M');

/** What differs beyond the changes, `lastmodified` and `mac`; undefined when nothing does. */
export function onlyMeantDiffers(
  before: OpenedFile,
  after: OpenedFile,
  changes: readonly Change[],
): string | undefined {
  // A comment that stays governs what follows it then.
  if (before.selector.usesComments && changes.some(({ kind }) => kind !== 'set')) return undefined;
  const touched = new Set(changes.map(({ at }) => addressOf(at.document, at.steps)));
  const written = new Map(
    before.tree.values.map(({ at, leaf }) => [addressOf(at.document, at.steps), textOf(leaf.value)] as const),
  );
  for (const { at, leaf, isEncrypted } of after.tree.values) {
    const address = addressOf(at.document, at.steps);
    const old = written.get(address);
    if (touched.has(address) || old === undefined || !isEncrypted) continue;
    if (old !== textOf(leaf.value)) return `the ciphertext at ${address} changed`;
  }
  // All lines of the new text but those of changed values are lines of the old one. What is added or removed can give a comment
  // to another collection, whose rule then holds for it.
  const old = new Set(mask(before.file.text).split('\n'));
  const fresh = mask(after.file.text)
    .split('\n')
    .filter((line) => !old.has(line) && !line.trimStart().startsWith('#'));
  // A renamed key of INI may have a value of two lines.
  const most = changes.length + (before.format === 'ini' ? changes.filter(({ kind }) => kind === 'rename').length : 0);
  return fresh.length > most
    ? `${fresh.length} new lines for ${changes.length} changes:\n${fresh.join('\n')}`
    : undefined;
}
