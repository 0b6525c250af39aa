import { type LiveObject } from '../../status/object-sink';
import { type ApiClient } from '../api/client';
import { fieldAt, textAt } from '../api/json';
import { type ServedKind } from '../api/path';
import { unlessCancelled } from '../cancellation';
import { type WallClock } from '../ports';
import { type NamedRights, namedRights } from './access-rules';

export interface AccessQuestion {
  readonly verb: string;
  readonly served: Pick<ServedKind, 'group' | 'plural'>;
  readonly subresource?: string;
  /** Empty: all namespaces, or cluster scope. */
  readonly namespace: string;
  readonly name?: string;
}

/** For {@link Access.namesIMay}; the namespace is never empty. */
export type NamesQuestion = Pick<AccessQuestion, 'verb' | 'served' | 'namespace'>;

/** What the user may do, as the server says (SelfSubjectAccessReview, SelfSubjectRulesReview). */
export interface Access {
  /** Throws when the server cannot say. */
  mayI(question: AccessQuestion, signal?: AbortSignal): Promise<boolean>;
  /**
   * The names of objects of a kind that rules of one namespace allow a verb for. All kinds and verbs of a namespace are one
   * request. Throws when the server cannot say.
   */
  namesIMay(question: NamesQuestion, signal?: AbortSignal): Promise<NamedRights>;
  /** How the server names the user; undefined when it does not say (before Kubernetes 1.28, or not allowed). */
  whoAmI(signal?: AbortSignal): Promise<string | undefined>;
}

// Buttons are drawn often, rights change rarely.
const keep = 60_000;

/** Answers are kept for a minute, and equal questions at one time are one request. */
export function createAccess(client: ApiClient, clock: WallClock): Access {
  const kept = new Map<string, { readonly answer: Promise<LiveObject>; readonly until: number }>();
  const reviewed = (kind: string, spec: LiveObject, signal: AbortSignal | undefined): Promise<LiveObject> => {
    const key = `${kind} ${JSON.stringify(spec)}`;
    const now = clock.now();
    const known = kept.get(key);
    if (known !== undefined && now < known.until) return unlessCancelled(known.answer, signal);
    for (const [other, { until }] of kept) if (until <= now) kept.delete(other);
    // Shared with whoever asks next, so it does not end with the first who asked.
    const answer = review(client, 'authorization.k8s.io', kind, spec, undefined);
    kept.set(key, { answer, until: now + keep });
    answer.catch(() => kept.delete(key));
    return unlessCancelled(answer, signal);
  };
  return {
    async mayI({ verb, served: { group, plural }, subresource = '', namespace, name = '' }, signal) {
      const resourceAttributes = { verb, group, resource: plural, namespace, subresource, name };
      const object = await reviewed('SelfSubjectAccessReview', { resourceAttributes }, signal);
      return fieldAt(object, 'status', 'allowed') === true;
    },
    async namesIMay({ verb, served, namespace }, signal) {
      return namedRights(await reviewed('SelfSubjectRulesReview', { namespace }, signal), verb, served);
    },
    async whoAmI(signal) {
      const object = await review(client, 'authentication.k8s.io', 'SelfSubjectReview', undefined, signal);
      const name = textAt(object, 'status', 'userInfo', 'username');
      return name === '' ? undefined : name;
    },
  };
}

function review(
  client: ApiClient,
  group: string,
  kind: string,
  spec: unknown,
  signal: AbortSignal | undefined,
): Promise<LiveObject> {
  return client.json({
    method: 'POST',
    path: `/apis/${group}/v1/${kind.toLowerCase()}s`,
    body: { apiVersion: `${group}/v1`, kind, ...(spec === undefined ? {} : { spec }) },
    what: `ask what is allowed in ${client.target.context}`,
    ...(signal && { signal }),
  });
}
