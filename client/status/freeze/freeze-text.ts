import { parseLiveId, type LiveId } from '../live/live-id';
import { describeKey } from '../relations/behind';
import { type FreezePlan } from './freeze-plan';

const nameOf = (id: LiveId): string => describeKey(parseLiveId(id)?.key ?? '');
const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** What a freeze would do, object by object. */
export function freezeText({ context, steps, alreadySuspended, leftAlone, notHolding, unknown }: FreezePlan): string {
  const part = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
  return `${[
    `Freeze ${context}: ${plural(steps.length, 'object')} in all namespaces`,
    ...part(
      'Suspended, in this order:',
      steps.map(({ id }) => nameOf(id)),
    ),
    ...part(
      'Not holding:',
      notHolding.map(({ text }) => text),
    ),
    ...part('Not known:', unknown),
    ...part('Suspended before, left as they are:', alreadySuspended.map(nameOf)),
    ...part('Being deleted, left alone:', leftAlone.map(nameOf)),
  ].join('\n')}\n`;
}

/** The same in a few sentences, for a dialog. */
export function freezeSummary({ steps, alreadySuspended, notHolding, unknown }: FreezePlan): readonly string[] {
  const kinds = new Map<string, number>();
  for (const { id } of steps) {
    const kind = nameOf(id).split(' ')[0] ?? '';
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const certain = notHolding.filter(({ isGuess, undone }) => !isGuess && undone === 'now');
  const later = notHolding.filter(({ isGuess, undone }) => !isGuess && undone === 'when-resumed');
  return [
    `Suspended are ${[...kinds].map(([kind, count]) => plural(count, kind)).join(', ')}.`,
    ...(alreadySuspended.length > 0
      ? [
          `${plural(alreadySuspended.length, 'object')} ${alreadySuspended.length === 1 ? 'was suspended before and stays so' : 'were suspended before and stay so'}.`,
        ]
      : []),
    ...certain.map(({ text }) => text),
    ...unknown,
    ...(later.length > 0
      ? [
          `${plural(later.length, 'object')} ${later.length === 1 ? 'does not stay suspended once who applies it' : 'do not stay suspended once who applies them'} is resumed.`,
        ]
      : []),
    'What runs goes on running; nothing of Git reaches it until it is resumed.',
  ];
}
