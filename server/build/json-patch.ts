import { isArray, isObject, itemsAt, type JsonObject, type JsonValue, type Path, stringAt } from '../model/json';

/** One operation of RFC 6902 with its pointer read. */
export interface Operation {
  readonly op: string;
  readonly path: readonly string[];
  readonly value: JsonValue | undefined;
}

/** Reads a JSON patch; undefined when it is not a list of operations. */
export function readJsonPatch(value: JsonValue): Operation[] | undefined {
  if (!isArray(value) || value.length === 0) return undefined;
  const operations: Operation[] = [];
  for (const item of itemsAt(value)) {
    const op = stringAt(item, 'op');
    const pointer = stringAt(item, 'path');
    if (op === undefined || pointer === undefined || !isObject(item)) return undefined;
    const path = pointer
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    operations.push({ op, path, value: item.get('value') });
  }
  return operations;
}

function change(here: JsonValue | undefined, operation: Operation, at: number): JsonValue | undefined {
  const step = operation.path[at];
  if (step === undefined) return operation.op === 'remove' ? undefined : operation.value;
  const isLast = at === operation.path.length - 1;
  if (isArray(here)) {
    const copy = [...here];
    const index = step === '-' ? copy.length : Number(step);
    if (!Number.isInteger(index)) return here;
    if (isLast && operation.op === 'add') copy.splice(index, 0, operation.value ?? null);
    else if (isLast && operation.op === 'remove') copy.splice(index, 1);
    else if (index < copy.length) copy[index] = change(copy[index], operation, at + 1) ?? null;
    return copy;
  }
  if (!isObject(here)) return here;
  const copy = new Map(here);
  const inner = isLast && operation.op === 'remove' ? undefined : change(copy.get(step), operation, at + 1);
  if (inner === undefined) copy.delete(step);
  else copy.set(step, inner);
  return copy;
}

/**
 * Applies add, replace and remove; `test` is taken to hold.
 * @returns undefined for `move` and `copy`, whose result is not rendered yet.
 */
export function applyJsonPatch(
  target: JsonObject,
  operations: readonly Operation[],
  touched: Path[],
): JsonObject | undefined {
  let value: JsonValue = target;
  for (const operation of operations) {
    if (operation.op === 'test') continue;
    if (!['add', 'replace', 'remove'].includes(operation.op)) return undefined;
    value = change(value, operation, 0) ?? null;
    const path = operation.path.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    // An insertion moves everything behind it, so the whole list counts as touched.
    const inList = typeof path.at(-1) === 'number' || path.at(-1) === '-';
    touched.push(inList ? path.slice(0, -1) : path);
  }
  return isObject(value) ? value : undefined;
}
