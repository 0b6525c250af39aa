import { parseResourceKey, type ResourceId } from '../../../server/model/resource-id';
import { parseLiveId } from '../../status/live/live-id';
import { parsePath } from '../../status/tree/node-path';
import { type NodeCapability, type TreeNode } from '../../status/tree/tree-node';
import { type Rights, type RightsChange, type WriteVerb } from './rights';

const verbs: Partial<Record<NodeCapability, WriteVerb>> = {
  suspend: 'patch',
  resume: 'patch',
  reconcile: 'patch',
  reconcileWithSource: 'patch',
  force: 'patch',
  delete: 'delete',
};

/**
 * Of what can be done with an object that which the login may do.
 * @param how `one`: somebody looks at the object itself, see {@link Rights.mayOne}
 */
export function allowedOf<Capability extends NodeCapability>(
  capabilities: readonly Capability[],
  rights: Rights,
  context: string,
  id: ResourceId,
  how: 'one' | 'many',
): readonly Capability[] {
  // Once for each verb: an editor asks for 500 rows in one turn.
  const known = new Map<WriteVerb, boolean>();
  const may = (verb: WriteVerb): boolean => {
    const answer =
      known.get(verb) ?? (how === 'one' ? rights.mayOne(context, verb, id) : rights.may(context, verb, id));
    known.set(verb, answer);
    return answer;
  };
  return capabilities.filter((capability) => {
    const verb = verbs[capability];
    return verb === undefined || may(verb);
  });
}

/**
 * What a row offers. The row of a kind has the rights to its objects asked for, so that they are known when it is opened.
 * @param deletes whether the user allows deleting at all; nothing is asked for that otherwise
 * @param how `one`: the row is selected or pointed at
 */
export function offeredBy(
  node: TreeNode,
  rights: Rights,
  deletes: boolean,
  how: 'one' | 'many' = 'many',
): readonly NodeCapability[] {
  const place = placeOf(node);
  if (place === undefined) {
    askAhead(node, rights);
    return node.capabilities;
  }
  const able = deletes ? node.capabilities : node.capabilities.filter((capability) => capability !== 'delete');
  return allowedOf(able, rights, place.context, place.id, how);
}

/** Whether a row offers something else after a change of rights. */
export function isTouchedBy(node: TreeNode, { context, group, kind, namespace, name }: RightsChange): boolean {
  const place = placeOf(node);
  if (place?.context !== context || place.id.group !== group || place.id.kind !== kind) return false;
  if (name !== '' && place.id.name !== name) return false;
  return namespace === '' || place.id.namespace === namespace;
}

function placeOf({ target, listed }: TreeNode): { readonly context: string; readonly id: ResourceId } | undefined {
  if (listed !== undefined)
    return listed.context === undefined ? undefined : { context: listed.context, id: listed.id };
  const address = target === undefined ? undefined : parseLiveId(target);
  const id = address && parseResourceKey(address.key);
  return address === undefined || id === undefined ? undefined : { context: address.context, id };
}

function askAhead({ path }: TreeNode, rights: Rights): void {
  const steps = parsePath(path) ?? [];
  const [first, last] = [steps[0], steps.at(-1)];
  if (first?.type !== 'context' || last?.type !== 'kind' || steps.some(({ type }) => type === 'object')) return;
  const slash = last.value.indexOf('/');
  const [group, kind] = [last.value.slice(0, slash), last.value.slice(slash + 1)];
  rights.may(first.value, 'patch', { group, kind, namespace: '', name: '' });
}
