import { type LiveObject, type LiveValue } from '../object-sink';

/** Steps through objects; `spec.sourceRef` as `['spec', 'sourceRef']`, because annotation keys hold dots. */
export type LivePath = readonly string[];

function isLiveObject(value: LiveValue | undefined): value is LiveObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path; undefined when a step is missing or is no object. Prototype members are no values. */
export function liveAt(value: LiveValue | undefined, path: LivePath): LiveValue | undefined {
  let here = value;
  for (const step of path) {
    if (!isLiveObject(here) || !Object.hasOwn(here, step)) return undefined;
    here = here[step];
  }
  return here;
}

/** The text at a path; undefined when there is nothing or no text. */
export function liveText(value: LiveValue | undefined, ...path: LivePath): string | undefined {
  const found = liveAt(value, path);
  return typeof found === 'string' ? found : undefined;
}

/** The number at a path; undefined when there is nothing or no finite number. */
export function liveNumber(value: LiveValue | undefined, ...path: LivePath): number | undefined {
  const found = liveAt(value, path);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

/** True only where `true` stands. */
export function liveFlag(value: LiveValue | undefined, ...path: LivePath): boolean {
  return liveAt(value, path) === true;
}

/** The object at a path; undefined when there is nothing or no object. */
export function liveObject(value: LiveValue | undefined, ...path: LivePath): LiveObject | undefined {
  const found = liveAt(value, path);
  return isLiveObject(found) ? found : undefined;
}

/** The items at a path; empty when there is nothing or no list. */
export function liveItems(value: LiveValue | undefined, ...path: LivePath): readonly LiveValue[] {
  const found = liveAt(value, path);
  return Array.isArray(found) ? (found as readonly LiveValue[]) : [];
}

/** The time at a path in milliseconds since the epoch (RFC 3339, as the API server writes it). */
export function liveTime(value: LiveValue | undefined, ...path: LivePath): number | undefined {
  const text = liveText(value, ...path);
  if (text === undefined || text.length > 40 || !/^\d{4}-\d\d-\d\dT/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
