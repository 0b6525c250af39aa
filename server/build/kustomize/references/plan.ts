import { isSelected, splitPath, type GroupVersionKind } from '../fieldspec/field-spec';
import { type NameReference } from '../transformer-config';

/** What a field may name: an object of these parts; empty parts match any. */
export interface Referral {
  readonly target: GroupVersionKind;
  readonly path: string;
  /** The field is the name in a `roleRef`, whose API group and kind count too. */
  readonly isRoleRef: boolean;
}

/** The fields to look at in objects of one kind, as a tree: the pods of a workload are walked once for all of them. */
export interface Plan {
  /** Next steps by name; the flag is set behind `[]`. */
  readonly steps: readonly { readonly name: string; readonly makesList: boolean; readonly next: Plan }[];
  /** What the value here may name, in the order of the table. */
  readonly referrals: readonly Referral[];
  /** The steps that lead here, for messages. */
  readonly path: string;
}

interface Growing {
  readonly steps: { readonly name: string; readonly makesList: boolean; readonly next: Growing }[];
  readonly referrals: Referral[];
  readonly path: string;
}

const plans = new WeakMap<readonly NameReference[], Map<string, Plan>>();

function grow(root: Growing, path: string): Growing {
  let here = root;
  for (const step of splitPath(path.startsWith('/') ? path.slice(1) : path)) {
    const makesList = step.endsWith('[]');
    const name = makesList ? step.slice(0, -2) : step;
    let child = here.steps.find((one) => one.name === name && one.makesList === makesList);
    if (child === undefined) {
      child = {
        name,
        makesList,
        next: { steps: [], referrals: [], path: here.path === '' ? name : `${here.path}.${name}` },
      };
      here.steps.push(child);
    }
    here = child.next;
  }
  return here;
}

function planOf(table: readonly NameReference[], kind: GroupVersionKind): Plan {
  const root: Growing = { steps: [], referrals: [], path: '' };
  for (const target of table) {
    for (const spec of target.referrers) {
      if (!isSelected(kind, spec)) continue;
      const { referrals } = grow(root, spec.path);
      referrals.push({ target, path: spec.path, isRoleRef: spec.path.endsWith('roleRef/name') });
    }
  }
  return root;
}

/** The plan for objects of a kind; made once per table and kind. */
export function referencePlan(table: readonly NameReference[], kind: GroupVersionKind): Plan {
  let known = plans.get(table);
  if (known === undefined) {
    known = new Map<string, Plan>();
    plans.set(table, known);
  }
  const key = `${kind.group}/${kind.version}/${kind.kind}`;
  let plan = known.get(key);
  if (plan === undefined) known.set(key, (plan = planOf(table, kind)));
  return plan;
}
