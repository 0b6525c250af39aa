import { liveText } from '../live/live-value';
import { type LiveObject } from '../object-sink';

const group = 'kustomize.toolkit.fluxcd.io';

/** How kustomize-controller treats an object because of what stands in its metadata. */
export type ApplyRule =
  | { readonly name: 'applied' }
  /** Fields and list items that others set stay (`ssa: Merge`). */
  | { readonly name: 'merged'; readonly why: string }
  /** Nothing is applied. */
  | { readonly name: 'left-alone'; readonly why: string };

/**
 * Whether a label or an annotation has the value; case counts for nothing (fluxcd/pkg ssa/utils, AnyInMetadata).
 * @param prefix whose switch it is; kustomize-controller's without
 */
export function hasSwitch(object: LiveObject | undefined, key: string, value: string, prefix = group): boolean {
  return ['labels', 'annotations'].some(
    (field) => liveText(object, 'metadata', field, `${prefix}/${key}`)?.toLowerCase() === value.toLowerCase(),
  );
}

/**
 * What `reconcile: disabled` and `ssa` of an object mean (kustomize-controller's apply options; fluxcd/pkg
 * ssa/manager_apply.go). All but IfNotPresent count in Git and in the cluster alike.
 * @param live undefined when the cluster has no such object
 */
export function applyRule(rendered: LiveObject, live: LiveObject | undefined): ApplyRule {
  const places: readonly (readonly [LiveObject | undefined, string])[] = [
    [rendered, 'in Git'],
    [live, 'in the cluster'],
  ];
  for (const [object, where] of places) {
    for (const [key, value] of [
      ['reconcile', 'disabled'],
      ['ssa', 'Ignore'],
    ] as const) {
      if (hasSwitch(object, key, value)) {
        return {
          name: 'left-alone',
          why: `${group}/${key} is ${value} ${where}: Flux does not apply this object.`,
        };
      }
    }
  }
  if (live !== undefined && hasSwitch(rendered, 'ssa', 'IfNotPresent')) {
    const why = `${group}/ssa is IfNotPresent in Git: Flux makes this object where it is missing, and does not change it.`;
    return { name: 'left-alone', why };
  }
  for (const [object, where] of places) {
    if (!hasSwitch(object, 'ssa', 'Merge')) continue;
    return { name: 'merged', why: `${group}/ssa is Merge ${where}: fields that others set stay as they are.` };
  }
  return { name: 'applied' };
}
