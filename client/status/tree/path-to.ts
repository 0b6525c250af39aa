import { liveId, parseLiveId, type LiveId } from '../live/live-id';
import { parseResourceKey, type ResourceId } from '../../../server/model/resource-id';
import { type LiveView } from '../relations/live-view';
import { kindName } from './arrangement';
import { childPath, parsePath, type NodePath } from './node-path';
import { type TreeMode } from './tree-model';
import { type TreeNode } from './tree-node';

/** Rows under a node, as {@link LoadedTree.children} gives them. */
type Children = (path: NodePath | undefined) => readonly TreeNode[];

/**
 * The way to the row of an object, whose rows are asked for on the way; undefined when the view does not show it. Favorites
 * are passed over: they stand elsewhere, too.
 */
export function pathTo(view: LiveView, children: Children, mode: TreeMode, target: LiveId): NodePath | undefined {
  const address = parseLiveId(target);
  if (address === undefined || !children(undefined).some(({ path }) => contextOf(path) === address.context)) {
    return undefined;
  }
  let here: NodePath | undefined = childPath(undefined, 'context', address.context);
  for (const step of mode === 'dependency' ? dependencyChain(view, target) : [target]) {
    here = here && findBelow(children, here, step);
  }
  return here;
}

function findBelow(children: Children, path: NodePath, target: LiveId): NodePath | undefined {
  const nodes = children(path);
  const found = nodes.find((node) => node.target === target);
  if (found !== undefined) return found.path;
  const id = parseResourceKey(parseLiveId(target)?.key ?? '');
  for (const node of nodes) {
    const below = id !== undefined && mayHold(node, id) ? findBelow(children, node.path, target) : undefined;
    if (below !== undefined) return below;
  }
  return undefined;
}

function mayHold({ path, kind }: TreeNode, id: ResourceId): boolean {
  const last = parsePath(path)?.at(-1);
  if (kind === 'page' || last?.type === 'circles') return true;
  if (last?.type === 'kind') return last.value === kindName(id);
  return last?.type === 'namespace' && last.value === id.namespace;
}

const contextOf = (path: NodePath): string | undefined => parsePath(path)?.[0]?.value;

/** From the first that waits for none to the object itself; shorter where they wait for each other. */
function dependencyChain(view: LiveView, target: LiveId): readonly LiveId[] {
  const context = parseLiveId(target)?.context ?? '';
  const chain: LiveId[] = [target];
  let here = target;
  for (;;) {
    const next = view
      .get(here)
      ?.dependsOn.map((key) => liveId(context, key))
      .find((id) => view.get(id) !== undefined);
    if (next === undefined) return chain;
    // A circle has its own group, in which each stands at the top.
    if (chain.includes(next)) return [target];
    chain.unshift(next);
    here = next;
  }
}
