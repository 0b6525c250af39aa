import { type Schema } from '../../schemas/schema';
import { type JsonValue } from '../model/json';
import { type Fault } from './fault';
import { type Check, type Walk } from './walk';

/** What a value breaks in one branch; the walk itself learns nothing. */
function faultsIn(walk: Walk, branch: Schema, value: JsonValue, main: Schema, check: Check): Fault[] {
  const kept = walk.faults;
  walk.faults = [];
  check(walk, branch, value, true, main);
  const found = walk.faults;
  walk.faults = kept;
  return found;
}

/** What each branch requires, when branches are made of `required` alone; undefined otherwise. */
function requiredFields(branches: readonly Schema[]): readonly (readonly string[])[] | undefined {
  const fields: (readonly string[])[] = [];
  for (const { required, ...rest } of branches) {
    if (required === undefined || Object.keys(rest).some((key) => key !== 'description')) return undefined;
    fields.push(required);
  }
  return fields;
}

/** The least number of steps to a fault: a form that fits the value itself but not its parts has a high one. */
const depthOf = (faults: readonly Fault[]): number =>
  faults.reduce((depth, { path }) => Math.min(depth, path.length), Infinity);

/** One enumeration where every form only lists other values for the same place; undefined otherwise. */
function mergedEnum(perBranch: readonly (readonly Fault[])[]): Fault | undefined {
  let merged: Extract<Fault, { code: 'enum' }> | undefined;
  for (const [fault, ...others] of perBranch) {
    if (fault?.code !== 'enum' || others.length > 0) return undefined;
    if (merged !== undefined && fault.path.join('\0') !== merged.path.join('\0')) return undefined;
    const suggestions = [...(merged?.suggestions ?? []), ...fault.suggestions];
    merged = { ...fault, allowed: [...(merged?.allowed ?? []), ...fault.allowed], suggestions };
  }
  return merged;
}

/** The faults that say more than "no form fits": those of the one form that came further than all others. */
function tellingFaults(walk: Walk, perBranch: readonly (readonly Fault[])[]): readonly Fault[] | undefined {
  const merged = mergedEnum(perBranch);
  if (merged !== undefined) return [merged];
  const [best, second] = [...perBranch].sort((a, b) => depthOf(b) - depthOf(a));
  if (best === undefined || second === undefined) return best;
  return depthOf(best) > Math.max(depthOf(second), walk.path.length) ? best : undefined;
}

function checkAlternatives(
  walk: Walk,
  match: 'any' | 'one',
  branches: readonly Schema[],
  value: JsonValue,
  main: Schema,
  check: Check,
): void {
  const before = walk.unknowns;
  const failed: Fault[][] = [];
  for (const branch of branches) {
    const found = faultsIn(walk, branch, value, main, check);
    if (found.length > 0) failed.push(found);
    else if (match === 'any') return;
  }
  const matched = branches.length - failed.length;
  if (matched === 1 || branches.length === 0) return;
  // A form that fits only because something was not judged may not fit.
  if (matched > 1 && (walk.unknowns !== before || walk.options.partial === true)) return;
  const telling = matched === 0 ? tellingFaults(walk, failed) : undefined;
  const fields = requiredFields(branches);
  if (telling !== undefined) walk.faults.push(...telling);
  else walk.report({ code: 'alternatives', match, matched, ...(fields && { fields }) });
}

/**
 * `allOf`, `anyOf`, `oneOf`, `not`. Branches judge the same value with the nulls and defaults of `main`, and do not
 * close objects: a field is known or unknown by the main schema alone.
 */
export function checkCombinators(walk: Walk, schema: Schema, value: JsonValue, main: Schema, check: Check): void {
  for (const branch of schema.allOf ?? []) check(walk, branch, value, true, main);
  if (schema.anyOf !== undefined) checkAlternatives(walk, 'any', schema.anyOf, value, main, check);
  if (schema.oneOf !== undefined) checkAlternatives(walk, 'one', schema.oneOf, value, main, check);
  if (schema.not === undefined) return;
  const before = walk.unknowns;
  if (faultsIn(walk, schema.not, value, main, check).length > 0) return;
  // A match that rests on something unjudged is none.
  if (walk.unknowns !== before || walk.options.partial === true) return;
  const [fields] = requiredFields([schema.not]) ?? [];
  walk.report({ code: 'forbidden', ...(fields && { fields }) });
}
