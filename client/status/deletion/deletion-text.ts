import { describe, type ResourceId } from '../../../server/model/resource-id';
import { boundedText } from '../live/bounded-text';
import { gravity, type DeletionFacts, type Recreation } from './deletion-facts';

const shown = 12;
const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const warnings: readonly (readonly [string, string])[] = [
  ['PersistentVolumeClaim', 'their data is lost unless the volume is retained'],
  ['CustomResourceDefinition', 'all objects of these kinds go with them'],
  ['Namespace', 'everything in them goes with them'],
];

/** What a dialog says before an object is deleted, one paragraph each. */
export function deletionText(facts: DeletionFacts): readonly string[] {
  const { id, consequence, deleted, kept, unread, isElsewhere, recreatedBy, dependents, waiting } = facts;
  const lines = [...ownWarning(facts)];
  const where = isElsewhere ? ', in another cluster' : '';
  switch (consequence.name) {
    case 'pruned':
      lines.push(
        `${consequence.by} deletes what it applied${consequence.waits ? ' and waits until it is gone' : ''}${where}: ${countOf(facts)}.`,
      );
      break;
    case 'uninstalled':
      lines.push(
        `helm-controller uninstalls the Helm release ${consequence.release}${where}${deleted.length === 0 ? '' : `: ${countOf(facts)}`}.`,
        ...consequence.notes,
      );
      break;
    case 'orphaned':
      lines.push(`What it applied stays in the cluster, and Flux no longer looks after it: ${consequence.why}.`);
      break;
    case 'nothing':
      lines.push(
        id.group === '' || !id.group.includes('fluxcd')
          ? 'The object is deleted, and what it owns.'
          : 'Nothing else is deleted.',
      );
  }
  for (const [kind, what] of warnings) {
    const count = deleted.filter((one) => one.kind === kind).length;
    if (count > 0) lines.push(`${plural(count, kind)}: ${what}.`);
  }
  if (deleted.length > 0) lines.push(listOf(deleted));
  if (kept.length > 0) {
    lines.push(
      `These stay: ${kept
        .slice(0, shown)
        .map(({ id: one, why }) => `${describe(one)} (${why})`)
        .join(', ')}${kept.length > shown ? ` and ${kept.length - shown} more` : ''}.`,
    );
  }
  if (unread > 0) {
    lines.push(
      `${plural(unread, 'object')} could not be read: where prune is disabled on ${unread === 1 ? 'it, it stays' : 'them, they stay'}.`,
    );
  }
  if (dependents.length > 0) {
    lines.push(
      `${plural(dependents.length, 'object')} ${dependents.length === 1 ? 'takes its' : 'take their'} content from it and will fail: ${dependents.slice(0, shown).join(', ')}.`,
    );
  }
  if (waiting.length > 0) {
    lines.push(
      `${plural(waiting.length, 'object')} ${waiting.length === 1 ? 'depends' : 'depend'} on it and will not be reconciled without it: ${waiting.slice(0, shown).join(', ')}.`,
    );
  }
  for (const one of recreatedBy) lines.push(recreationText(one));
  return lines.map((line) => boundedText(line, 3_000));
}

function recreationText({ name, isSuspended, with: made }: Recreation): string {
  if (made === 'unknown')
    return `${name} installed it. Whether it makes it again before its next upgrade is not known.`;
  if (made === 'upgrade') {
    const resumed = isSuspended ? ', once it is resumed' : '';
    return `${name} installed it and does not correct drift: it makes it again with its next upgrade only${resumed}.`;
  }
  return isSuspended
    ? `${name} applies it and is suspended: it makes it again as soon as it is resumed.`
    : `${name} applies it and makes it again with its next reconciliation.`;
}

/** What is lost with the object itself, whoever applied it. */
function ownWarning({ id, inside }: DeletionFacts): readonly string[] {
  switch (`${id.group}/${id.kind}`) {
    case '/Namespace':
      return [
        'Everything in it goes with it.',
        ...(inside === 0
          ? []
          : [
              `${plural(inside, 'object')} of Flux ${inside === 1 ? 'is' : 'are'} in it, and may take along what was applied.`,
            ]),
      ];
    case '/PersistentVolumeClaim':
      return ['Its data is lost unless the volume is retained.'];
    case 'apiextensions.k8s.io/CustomResourceDefinition':
      return ['All objects of its kind go with it.'];
    default:
      return [];
  }
}

const countOf = ({ deleted, isCut }: DeletionFacts): string =>
  `${isCut ? 'more than ' : ''}${plural(deleted.length, 'object')}`;

function listOf(deleted: readonly ResourceId[]): string {
  const names = deleted.slice(0, Math.max(shown, deleted.filter((one) => gravity(one) < 3).length)).slice(0, 40);
  const rest = deleted.length - names.length;
  return `${names.map((one) => `– ${describe(one)}`).join('\n')}${rest > 0 ? `\n– and ${rest} more` : ''}`;
}
