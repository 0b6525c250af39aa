import { type Answer, ok, status } from './answers';
import { type Resource } from './stored-object';

/** Whom the replayed server lets do what. */
export interface Rights {
  readonly resources: readonly Resource[];
  readonly mayOne: (
    user: string,
    verb: string,
    resource: Resource,
    namespace: string | undefined,
    name: string,
  ) => boolean;
  /** What a SelfSubjectRulesReview lists for a namespace, and whether that is all. */
  readonly rulesOf: (
    user: string,
    namespace: string,
  ) => { readonly rules: readonly object[]; readonly incomplete?: boolean };
}

/** Reviews of what a user may do; undefined for other paths. */
export function answerAccess(
  { resources, mayOne, rulesOf }: Rights,
  { path, body, user }: { readonly path: string; readonly body: string; readonly user: string },
): Answer | undefined {
  if (path.endsWith('/selfsubjectaccessreviews')) {
    const { spec } = JSON.parse(body) as { spec: { resourceAttributes: Record<string, string> } };
    const { verb = '', resource = '', group = '', namespace = '', name = '' } = spec.resourceAttributes;
    const found = resources.find((one) => one.plural === resource && one.group === group);
    const allowed = found !== undefined && mayOne(user, verb, found, namespace || undefined, name);
    return ok({ kind: 'SelfSubjectAccessReview', status: { allowed } });
  }
  if (path.endsWith('/selfsubjectrulesreviews')) {
    const { namespace = '' } = (JSON.parse(body) as { spec: { namespace?: string } }).spec;
    if (namespace === '') return status(400, 'BadRequest', 'no namespace on request');
    const { rules, incomplete = false } = rulesOf(user, namespace);
    const said = incomplete ? { evaluationError: 'webhook authorizer does not support user rule resolution' } : {};
    return ok({
      kind: 'SelfSubjectRulesReview',
      status: { resourceRules: rules, nonResourceRules: [], incomplete, ...said },
    });
  }
  if (path.endsWith('/selfsubjectreviews')) return ok({ status: { userInfo: { username: user } } });
  return undefined;
}
