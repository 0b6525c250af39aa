import { compilePattern } from '../../../server/scalars/pattern';
import { splitApiVersion } from '../../../server/model/resource-id';
import { liveItems, liveObject, liveText } from '../live/live-value';
import { type LiveObject, type LiveValue } from '../object-sink';
import { idOfObject } from '../yaml/read-objects';
import { matchesSelector } from './label-selector';

/** JSON pointer (RFC 6901) to a field that Flux leaves as the cluster has it. */
export type Pointer = string;

/**
 * The fields of an object that `spec.ignore` of its Kustomization names (Flux 2.9; fluxcd/pkg ssa/jsondiff/selector.go: each
 * field of a target is an anchored RE2 pattern, an empty one matches everything).
 * @param live the object in the cluster, on which targets are tested
 */
export function ignoredFields(kustomization: LiveObject, live: LiveObject): readonly Pointer[] {
  return liveItems(kustomization, 'spec', 'ignore').flatMap((rule) => {
    const target = liveObject(rule, 'target');
    if (target !== undefined && !isMatch(target, live)) return [];
    return liveItems(rule, 'paths').filter((path): path is string => typeof path === 'string' && path.startsWith('/'));
  });
}

function isMatch(target: LiveObject, live: LiveObject): boolean {
  const { group, kind, namespace, name } = idOfObject(live);
  const { version } = splitApiVersion(liveText(live, 'apiVersion') ?? '');
  const isNamed = Object.entries({ group, version, kind, namespace, name }).every(([field, value]) => {
    const pattern = liveText(target, field) ?? '';
    return pattern === '' || compilePattern(`^(?:${pattern})$`)?.test(value) === true;
  });
  return (
    isNamed &&
    (['label', 'annotation'] as const).every((what) => {
      const selector = liveText(target, `${what}Selector`) ?? '';
      const values = liveObject(live, 'metadata', `${what}s`) ?? {};
      return selector === '' || matchesSelector(selector, values) === true;
    })
  );
}

/** The object without the fields of some pointers; those that are not there change nothing. */
export function withoutFields(object: LiveObject, pointers: readonly Pointer[]): LiveObject {
  let rest: LiveValue = object;
  for (const pointer of pointers) {
    const steps = pointer
      .slice(1)
      .split('/')
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    rest = removed(rest, steps);
  }
  return rest as LiveObject;
}

function removed(value: LiveValue, [step = '', ...steps]: readonly string[]): LiveValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value as readonly LiveValue[];
    const at = /^\d+$/.test(step) ? Number(step) : -1;
    if (steps.length === 0) return items.filter((_, index) => index !== at);
    return items.map((item, index) => (index === at ? removed(item, steps) : item));
  }
  const map = value as LiveObject;
  if (!Object.hasOwn(map, step)) return value;
  if (steps.length === 0) return Object.fromEntries(Object.entries(map).filter(([key]) => key !== step));
  return { ...map, [step]: removed(map[step] ?? null, steps) };
}
