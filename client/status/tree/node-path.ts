/**
 * One step of a path in a view. `object` holds a LiveId, `listed` a ResourceKey of an object that is only listed,
 * `kind` `group/Kind`, `page` the number of a page.
 */
export interface PathStep {
  readonly type:
    'context' | 'kind' | 'namespace' | 'object' | 'listed' | 'page' | 'favorites' | 'faults' | 'circles' | 'message';
  readonly value: string;
}

/**
 * Identity of a node: the way to it from the root of its view, in one text. The same object under two parents makes two
 * nodes.
 */
export type NodePath = string;

const types: ReadonlySet<string> = new Set<PathStep['type']>([
  'context',
  'kind',
  'namespace',
  'object',
  'listed',
  'page',
  'favorites',
  'faults',
  'circles',
  'message',
]);
const isType = (text: string): text is PathStep['type'] => types.has(text);

// Half of a pair cannot be encoded; no name of Kubernetes holds one, but a hostile answer may.
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The path of a child; `parent` is undefined at the root. */
export function childPath(parent: NodePath | undefined, type: PathStep['type'], value: string): NodePath {
  const step = `${type}:${encodeURIComponent(value.replace(loneSurrogate, '\ufffd'))}`;
  return parent === undefined ? step : `${parent}/${step}`;
}

/** The path without its last step; undefined at the root. */
export function parentPath(path: NodePath): NodePath | undefined {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? undefined : path.slice(0, slash);
}

/** The steps of a path from the root; undefined when it is none that {@link childPath} made. */
export function parsePath(path: NodePath): readonly PathStep[] | undefined {
  const steps: PathStep[] = [];
  for (const part of path.split('/')) {
    const colon = part.indexOf(':');
    const type = part.slice(0, colon);
    if (colon < 0 || !isType(type)) return undefined;
    try {
      steps.push({ type, value: decodeURIComponent(part.slice(colon + 1)) });
    } catch {
      return undefined;
    }
  }
  return steps;
}

/** Whether a path is that of the row which gathers root causes: its counts move with everything in the context. */
export function gathersFaults(path: NodePath): boolean {
  return path.endsWith('/faults:');
}

/** Whether one path lies below another. */
export function isBelow(path: NodePath, ancestor: NodePath): boolean {
  return path.length > ancestor.length && path.startsWith(ancestor) && path[ancestor.length] === '/';
}
