import { type ResourceId } from '../../../server/model/resource-id';
import type { Outcome, Requests } from '../../kube/kube';

/**
 * Whether the login may do something with all of some objects. Several of a kind and namespace are one question; only where
 * that is denied each is asked for by its name, until one is denied.
 * @returns the first failure where the server cannot say
 */
export async function mayAll(
  requests: Pick<Requests, 'mayI'>,
  verb: 'patch' | 'delete',
  ids: readonly ResourceId[],
): Promise<Outcome<boolean>> {
  const groups = new Map<string, ResourceId[]>();
  for (const id of ids) {
    const key = `${id.group}/${id.kind}/${id.namespace}`;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(id);
  }
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const asWhole = group.length > 1 ? await requests.mayI({ verb, id: { ...first, name: '' } }) : { value: false };
    if (asWhole.failure !== undefined) return asWhole;
    if (asWhole.value) continue;
    for (const id of group) {
      const allowed = await requests.mayI({ verb, id });
      if (allowed.failure !== undefined || !allowed.value) return allowed;
    }
  }
  return { value: true };
}
