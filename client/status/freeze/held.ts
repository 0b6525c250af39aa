import { boundedText } from '../live/bounded-text';
import { type LiveObject } from '../object-sink';
import { statusOf } from '../status-of';

/** What became of an object that was suspended. `unread`: the server did not say. */
export type Held =
  | { readonly name: 'suspended' | 'gone' }
  /** By whom, where the server tells: the manager of the field. */
  | { readonly name: 'resumed'; readonly by: string }
  | { readonly name: 'unread'; readonly why: string };

/** Whether an object that was read just now is still suspended. */
export function heldNow(object: LiveObject): Held {
  if (statusOf(object)?.suspension !== undefined) return { name: 'suspended' };
  return { name: 'resumed', by: lastManager(object) };
}

/** Who wrote the spec or the annotations last: where `spec.suspend` is gone nobody owns it any more. */
function lastManager(object: LiveObject): string {
  const metadata = object['metadata'];
  const fields = isObject(metadata) && Array.isArray(metadata['managedFields']) ? metadata['managedFields'] : [];
  const writers = (fields as readonly unknown[]).filter(isObject).filter(({ subresource }) => subresource !== 'status');
  const times = writers.map(({ time, manager }) => [textOf(time), textOf(manager)] as const);
  const [, last = ''] = times.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).at(-1) ?? [];
  return boundedText(last, 100);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** One object of a freeze, and what became of it. */
export interface HeldObject {
  /** `Kind namespace/name`. */
  readonly label: string;
  readonly held: Held;
}

/** Whether a freeze holds, object by object; what does not hold stands first. */
export function heldText(context: string, reason: string, objects: readonly HeldObject[]): string {
  const lineOf = ({ label, held }: HeldObject): string => {
    switch (held.name) {
      case 'suspended':
        return `  ${label}`;
      case 'gone':
        return `  ${label}: deleted since`;
      case 'resumed':
        return `  ${label}: resumed since${held.by === '' ? '' : `, last written by ${held.by}`}`;
      case 'unread':
        return `  ${label}: ${held.why}`;
    }
  };
  const part = (title: string, ...names: readonly Held['name'][]): readonly string[] => {
    const found = objects.filter(({ held }) => names.includes(held.name));
    return found.length === 0 ? [] : ['', title, ...found.map(lineOf)];
  };
  return `${[
    `${heldSummary(objects)} in ${context}${reason === '' ? '' : `: ${boundedText(reason, 300)}`}`,
    ...part('Not suspended any more:', 'resumed', 'gone'),
    ...part('Not known:', 'unread'),
    ...part('Suspended:', 'suspended'),
  ].join('\n')}\n`;
}

/** `4 of 5 objects are suspended`. */
export function heldSummary(objects: readonly HeldObject[]): string {
  const holding = objects.filter(({ held }) => held.name === 'suspended').length;
  return `${holding} of ${objects.length} object${objects.length === 1 ? ' is' : 's are'} suspended`;
}
