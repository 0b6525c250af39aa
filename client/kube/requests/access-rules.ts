import { type LiveObject, type LiveValue } from '../../status/object-sink';
import { fieldAt, listAt } from '../api/json';
import { type ServedKind } from '../api/path';

/** What a login may do to single objects of a kind in one namespace, apart from what it may do to all of them. */
export interface NamedRights {
  readonly names: ReadonlySet<string>;
  /** False where part of what decides cannot list its rules: a name that is not among these may be allowed, too. */
  readonly isComplete: boolean;
}

/**
 * The names for which rules allow a verb.
 * @param review the answer to a SelfSubjectRulesReview. Its rules are RBAC's, of which each adds rights and `*` stands for all
 *   verbs, groups and resources. Authorizers that ask a webhook and those of nodes list none, and the answer then says
 *   `incomplete` (Kubernetes, apiserver authorization/union and the RulesFor of each authorizer); what is listed holds anyway.
 */
export function namedRights(
  review: LiveObject,
  verb: string,
  { group, plural }: Pick<ServedKind, 'group' | 'plural'>,
): NamedRights {
  const has = (rule: LiveValue, field: string, wanted: string): boolean =>
    listAt(rule, field).some((value) => value === '*' || value === wanted);
  const names = listAt(review, 'status', 'resourceRules')
    .filter((rule) => has(rule, 'verbs', verb) && has(rule, 'apiGroups', group) && has(rule, 'resources', plural))
    .flatMap((rule) => listAt(rule, 'resourceNames'))
    .filter((name) => typeof name === 'string');
  return { names: new Set(names), isComplete: fieldAt(review, 'status', 'incomplete') === false };
}
