import { liveObject } from '../live/live-value';
import { type LiveObject, type LiveValue } from '../object-sink';
import { exported } from '../yaml/exported';
import { printYaml } from '../yaml/print-yaml';
import { hideDecrypted, hideEncrypted, holdsEncrypted } from './encrypted';
import { ignoredFields, withoutFields } from './ignored-fields';
import { masked } from './masked';
import { applyRule } from './metadata-switch';
import { takenBack } from './taken-back';

/** Both sides of a comparison of a live object with what Git renders. */
export interface Compared {
  readonly live: string;
  readonly rendered: string;
  /** What has to be known to read them, one sentence each; also on top of both texts. */
  readonly notes: readonly string[];
  /** A reconciliation changes nothing that is shown. */
  readonly isEqual: boolean;
}

export interface ToCompare {
  /** As the cluster holds it; undefined when it has none. Of a Secret its metadata only. */
  readonly live: LiveObject | undefined;
  /** As Flux would apply it: with owner labels and common metadata; values of Secrets hidden. */
  readonly rendered: LiveObject;
  /** What the API server would make of it; undefined when it was not asked, `note` says why. */
  readonly dryRun: LiveObject | undefined;
  readonly note: string;
  /** The Kustomization that applies it, for its `spec.ignore`; undefined when it is not known. */
  readonly owner: LiveObject | undefined;
  /** Names of a live Secret's keys. */
  readonly secretKeys?: readonly string[];
}

/**
 * What a reconciliation would change. After a dry run both sides are the server's; without one, the live side is cut
 * to the fields that Git sets. Secrets are compared by the names of their keys.
 */
export function compared({ live, rendered, dryRun, note, owner, secretKeys }: ToCompare): Compared {
  const notes: string[] = note === '' ? [] : [note];
  const rule = applyRule(rendered, live);
  if (rule.name !== 'applied') notes.push(rule.why);
  if (live === undefined) {
    notes.push(rule.name === 'left-alone' ? 'The cluster does not have it.' : 'The cluster does not have it yet.');
    return sides(
      '',
      secretKeys === undefined ? printYaml(exported(hideEncrypted(rendered))) : shapeOf(rendered, undefined),
      notes,
    );
  }
  if (secretKeys !== undefined) {
    notes.push('Values of Secrets are not read: only the names of keys are compared.');
    return sides(shapeOf(live, rendered, secretKeys), shapeOf(rendered, undefined), notes);
  }
  const { managers, fields } = rule.name === 'applied' ? takenBack(live, rendered) : { managers: [], fields: [] };
  if (fields.length > 0) {
    const more = fields.length > mostFields ? ` and ${fields.length - mostFields} more` : '';
    const named = `${fields.slice(0, mostFields).join(', ')}${more}`;
    notes.push(`Flux takes back what ${managers.join(' and ')} has set and Git does not: ${named}.`);
  }
  const pointers = owner === undefined ? [] : ignoredFields(owner, live);
  if (pointers.length > 0) notes.push(`spec.ignore of the Kustomization leaves these fields: ${pointers.join(', ')}.`);
  const isEncrypted = holdsEncrypted(rendered);
  if (isEncrypted) notes.push('Values that are encrypted in Git are not shown, and not compared.');
  // Items of lists are told in the note alone.
  const removed = fields.filter((field) => !field.includes('['));
  const target = withoutFields(exported(hideEncrypted(dryRun ?? rendered)), [...pointers, ...removed]);
  const readable = isEncrypted ? (hideDecrypted(live, rendered) as LiveObject) : live;
  const present = withoutFields(exported(readable), pointers);
  const shown = dryRun === undefined ? (masked(present, target) as LiveObject) : present;
  return sides(printYaml(shown), printYaml(target), notes, fields.length === 0);
}

const mostFields = 10;

function sides(live: string, rendered: string, notes: readonly string[], isAll = true): Compared {
  const head = notes.map((note) => `# ${note.replace(/\s+/g, ' ')}\n`).join('');
  return { live: `${head}${live}`, rendered: `${head}${rendered}`, notes, isEqual: isAll && live === rendered };
}

/** A Secret by its metadata and the names of its keys. */
function shapeOf(secret: LiveObject, mask: LiveObject | undefined, keys?: readonly string[]): string {
  const metadata = liveObject(exported(secret), 'metadata') ?? {};
  const wanted = mask && liveObject(exported(mask), 'metadata');
  const names = keys ?? ['data', 'stringData'].flatMap((field) => Object.keys(liveObject(secret, field) ?? {}));
  const data: Record<string, LiveValue> = Object.fromEntries([...new Set(names)].map((name) => [name, '(hidden)']));
  const shown = wanted === undefined ? metadata : masked(metadata, wanted);
  return printYaml({ apiVersion: 'v1', kind: 'Secret', metadata: shown, data });
}
