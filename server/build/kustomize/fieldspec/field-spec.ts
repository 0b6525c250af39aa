import { type FieldSpec } from '../transformer-config';

/** What a field spec says of an object; empty where it says nothing. */
export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** True when the parts that the selector names, those not empty, are those of the kind (kyaml/resid/gvk.go, `IsSelected`). */
export function isSelected(kind: GroupVersionKind, selector: GroupVersionKind): boolean {
  return (
    (selector.group === '' || selector.group === kind.group) &&
    (selector.version === '' || selector.version === kind.version) &&
    (selector.kind === '' || selector.kind === kind.kind)
  );
}

/** The steps of a path; `\/` is a slash within a step (kyaml/utils/pathsplitter.go, `PathSplitter`). */
export function splitPath(path: string): readonly string[] {
  const steps: string[] = [];
  for (const part of path.split('/')) {
    const last = steps.at(-1);
    if (last?.endsWith('\\') === true) steps[steps.length - 1] = `${last.slice(0, -1)}/${part}`;
    else steps.push(part);
  }
  return steps;
}

/**
 * The specs with those of `added` that are not there yet (api/types/fieldspec.go, `MergeAll`). Where one is there with
 * the other `create`, that one: kustomize then fails with "conflicting fieldspecs".
 */
export function mergeFieldSpecs(
  specs: readonly FieldSpec[],
  added: readonly FieldSpec[],
): { readonly specs: readonly FieldSpec[]; readonly conflict?: FieldSpec } {
  const merged = [...specs];
  for (const spec of added) {
    const same = merged.find((one) => one.path === spec.path && isSelected(one, spec));
    if (same === undefined) merged.push(spec);
    else if (same.create !== spec.create) return { specs: merged, conflict: spec };
  }
  return { specs: merged };
}
