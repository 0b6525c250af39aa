import { type Node } from '../node';
import {
  addValue,
  changeAt,
  type Container,
  getValue,
  JsonFailure,
  removeValue,
  setValue,
  stepsOf,
} from './json-container';
import { areEqual } from './json-equal';
import { type JsonOperation } from './json-operation';

/** Why a patch does not apply, and which of its operations. */
export interface FailedOperation {
  readonly index: number;
  readonly reason: string;
}

/**
 * A document after the operations of a JSON patch, each on the result of the one before, as
 * gopkg.in/evanphx/json-patch.v4 v4.13 does them: `replace` sets what is not there, `copy` of nothing is null, a path
 * without a slash is nowhere. Values are taken as they are.
 */
export function applyOperations(
  document: Container,
  operations: readonly JsonOperation[],
): Container | FailedOperation {
  let result = document;
  for (const [index, operation] of operations.entries()) {
    const next = applyOperation(result, operation, operations.slice(0, index));
    if (next instanceof JsonFailure) return { index, reason: next.reason };
    result = next;
  }
  return result;
}

function nullNode(document: Container): Node {
  return { kind: 'scalar', text: 'null', style: 'plain', origin: document.origin };
}

function applyOperation(
  document: Container,
  operation: JsonOperation,
  before: readonly JsonOperation[],
): Container | JsonFailure {
  const { op, path, from } = operation;
  if (!['add', 'remove', 'replace', 'move', 'test', 'copy'].includes(op))
    return new JsonFailure(`there is no operation ${op}`);
  if (path === undefined) return new JsonFailure('it has no path');
  const value = operation.value ?? nullNode(document);
  if (path === '' && (op === 'replace' || op === 'test')) return applyToRoot(document, op, value);
  if (op === 'move' || op === 'copy') {
    if (from === undefined) return new JsonFailure('it has no from');
    const found = valueAt(document, from);
    if (found instanceof JsonFailure) return found;
    const left = op === 'copy' ? document : changed(document, from, removeValue);
    if (left instanceof JsonFailure) return left;
    return changed(left, path, (container, step) => addValue(container, step, found ?? nullNode(document)));
  }
  if (op === 'add') return changed(document, path, (container, step) => addValue(container, step, value));
  if (op === 'remove') return changed(document, path, removeValue);
  if (op === 'replace') return changed(document, path, (container, step) => setValue(container, step, value));
  const found = valueAt(document, path);
  if (found instanceof JsonFailure) return found;
  // A test without a value takes what is null, but not a null that an operation set.
  const wasSet = found !== undefined && before.some((earlier) => earlier.value === found);
  if (operation.value === undefined && wasSet) return new JsonFailure(`${path} was set before`);
  return areEqual(found ?? nullNode(document), value) ? document : new JsonFailure(`${path} has another value`);
}

function applyToRoot(document: Container, op: string, value: Node): Container | JsonFailure {
  if (op === 'test') return areEqual(document, value) ? document : new JsonFailure('the object is another one');
  return value.kind === 'scalar' ? new JsonFailure('an object cannot be replaced by a single value') : value;
}

function changed(
  document: Container,
  pointer: string,
  change: Parameters<typeof changeAt>[2],
): Container | JsonFailure {
  const steps = stepsOf(pointer);
  if (steps === undefined)
    return new JsonFailure(`${pointer === '' ? 'an empty path' : pointer} leads nowhere: paths start with /`);
  return changeAt(document, steps, change);
}

function valueAt(document: Container, pointer: string): Node | undefined | JsonFailure {
  let found: Node | undefined | JsonFailure;
  const result = changed(document, pointer, (container, step) => {
    found = getValue(container, step);
    return found instanceof JsonFailure ? found : container;
  });
  return result instanceof JsonFailure ? result : found;
}
