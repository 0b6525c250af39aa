import { isNull } from '../fieldspec/emptiness';
import { type ListNode, type MapNode, type Node } from '../node';

/** Why an operation cannot be carried out, for a message: `path names item 3 of a list of 2`. */
export class JsonFailure {
  constructor(readonly reason: string) {}
}

export type Container = MapNode | ListNode;

const wholeNumber = /^[+-]?\d+$/;

/** The steps of a JSON pointer; what stands before the first slash is not looked at. undefined without a slash. */
export function stepsOf(pointer: string): readonly string[] | undefined {
  const parts = pointer.split('/');
  if (parts.length < 2) return undefined;
  return parts.slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Index of a list item as Go reads it, negative ones from the end; undefined for what is no number. */
function indexOf(step: string, length: number): number | undefined {
  if (!wholeNumber.test(step)) return undefined;
  const index = Number(step);
  return index < 0 ? index + length : index;
}

/** The value at a step. undefined: a map has none there, which only some operations mind. */
export function getValue(container: Container, step: string): Node | undefined | JsonFailure {
  if (container.kind === 'map') return container.entries.get(step);
  const index = indexOf(step, container.items.length);
  return (index === undefined ? undefined : container.items[index]) ?? missing(step, container);
}

/** Puts a value in: into a list before the item of that index, `-` behind the last. */
export function addValue(container: Container, step: string, value: Node): Container | JsonFailure {
  if (container.kind === 'map') return { ...container, entries: new Map(container.entries).set(step, value) };
  const { items } = container;
  const index = step === '-' ? items.length : indexOf(step, items.length + 1);
  if (index === undefined || index < 0 || index > items.length) return missing(step, container);
  return { ...container, items: [...items.slice(0, index), value, ...items.slice(index)] };
}

/** Replaces a value; a map takes it where it had none too. */
export function setValue(container: Container, step: string, value: Node): Container | JsonFailure {
  if (container.kind === 'map') return addValue(container, step, value);
  const index = indexOf(step, container.items.length);
  if (index === undefined || container.items[index] === undefined) return missing(step, container);
  return { ...container, items: container.items.with(index, value) };
}

export function removeValue(container: Container, step: string): Container | JsonFailure {
  if (container.kind === 'map') {
    if (!container.entries.has(step)) return new JsonFailure(`there is no ${step}`);
    const entries = new Map(container.entries);
    entries.delete(step);
    return { ...container, entries };
  }
  const index = indexOf(step, container.items.length);
  if (index === undefined || container.items[index] === undefined) return missing(step, container);
  return { ...container, items: container.items.toSpliced(index, 1) };
}

function missing(step: string, list: Container): JsonFailure {
  const count = list.kind === 'list' ? list.items.length : 0;
  return new JsonFailure(`there is no item ${step} in a list of ${String(count)}`);
}

/**
 * The document with the container that the last step of a pointer stands in changed. All steps before it must be
 * there and be maps or lists.
 */
export function changeAt(
  document: Container,
  steps: readonly string[],
  change: (container: Container, step: string) => Container | JsonFailure,
): Container | JsonFailure {
  const [step = '', ...rest] = steps;
  if (rest.length === 0) return change(document, step);
  const next = getValue(document, step);
  if (next instanceof JsonFailure) return next;
  if (next === undefined || isNull(next)) return new JsonFailure(`there is no ${step}`);
  if (next.kind === 'scalar') return new JsonFailure(`${step} is a single value`);
  const changed = changeAt(next, rest, change);
  return changed instanceof JsonFailure || changed === next
    ? passed(document, changed)
    : setValue(document, step, changed);
}

function passed(document: Container, result: Container | JsonFailure): Container | JsonFailure {
  return result instanceof JsonFailure ? result : document;
}
