import { type LiveKind } from '../kinds/live-kind';
import { boundedText } from '../live/bounded-text';
import { liveId, parseLiveId, type LiveId } from '../live/live-id';
import { type LiveStatus } from '../live/live-status';
import { type LiveView } from '../relations/live-view';
import { type StatusChange } from '../store/change-batch';
import { detailRows, inventoryRows } from './applier-rows';
import { Arrangement, kindName, type KindName, type Selection } from './arrangement';
import { checkRows } from './check-rows';
import { contextNode, contextRows } from './context-rows';
import { blockedRows, faultRows } from './fault-rows';
import { everything } from './filter';
import { groupNode, heapNode, kindGroups } from './group-node';
import { childPath, parsePath, type NodePath, type PathStep } from './node-path';
import { listedNode, objectNode, type Detail } from './object-node';
import { itemsOfPage, pagesOf, rowsOfPage } from './pages';
import { gatheredRefusals, refusedRows } from './refused-rows';
import { noRows, type Rows } from './rows';
import { type TreeNode } from './tree-node';

export type TreeMode = 'kind' | 'dependency' | 'namespace';

export interface TreeOptions extends Selection {
  readonly mode: TreeMode;
  /** Undefined: {@link rowsOfPage}. */
  readonly rowsOfPage?: number;
  /** What `flux check` looks at stands above the objects, which are in no groups then. */
  readonly checks?: boolean;
  /** The first causes of what fails or waits stand above the objects. */
  readonly faults?: boolean;
}

/** Sections of the views: what applies and watches over it, where it comes from, what does it. */
export const viewSections = {
  objects: new Set(['apply', 'operator', 'delivery', 'notification']),
  sources: new Set(['source', 'image']),
  controllers: new Set(['controller']),
} as const satisfies Record<string, ReadonlySet<LiveKind['section']>>;

/** A row that looks as before, by its object; undefined for one that has to be made. */
export type Reuse = (target: LiveId) => TreeNode | undefined;

/**
 * What a view shows, worked out from the store when it is asked for. Keeps the objects of each context in order, and takes
 * over what {@link changed} tells.
 */
export class TreeModel {
  private readonly arrangements = new Map<string, Arrangement>();
  private readonly most: number;
  private lastVersion = 0;

  constructor(
    private readonly view: LiveView,
    readonly options: TreeOptions = {
      sections: viewSections.objects,
      mode: 'kind',
      filter: everything,
      favorites: new Set(),
    },
  ) {
    this.most = options.rowsOfPage ?? rowsOfPage;
  }

  /**
   * Takes over a change of the store.
   * @returns further objects whose rows are others by that: a change may be taken over in several steps
   */
  changed({ objects, contexts }: StatusChange): readonly LiveId[] {
    // The objects of a watch that changed are told with it; what stands above them is not.
    for (const context of contexts) this.arrangements.get(context)?.touch();
    const keys = new Map<string, string[]>();
    for (const id of objects) {
      const address = parseLiveId(id);
      if (address === undefined || !this.arrangements.has(address.context)) continue;
      const ofContext = keys.get(address.context);
      if (ofContext === undefined) keys.set(address.context, [address.key]);
      else ofContext.push(address.key);
    }
    return [...keys].flatMap(([context, changed]) => {
      const further = this.arrangements.get(context)?.update(changed) ?? [];
      return this.options.mode === 'dependency' ? further.map((key) => liveId(context, key)) : [];
    });
  }

  /**
   * A number that changes with everything that the rows under a node hang on; undefined for rows that hang on single
   * objects.
   */
  versionOf(path: NodePath): number | undefined {
    const steps = parsePath(path) ?? [];
    const [first, second] = steps;
    if (first !== undefined && second?.type === 'faults') return this.arrangement(first.value).version;
    if (first === undefined || steps.some(({ type }) => type === 'object')) return undefined;
    const arranged = this.arrangement(first.value);
    if (this.options.mode !== 'dependency' && second?.type === 'kind') return arranged.kind(second.value)?.version ?? 0;
    if (second?.type === 'namespace') return arranged.namespace(second.value)?.version ?? 0;
    return arranged.version;
  }

  /** The rows under a node, or of the view; empty where there are none (any more). */
  children(path: NodePath | undefined, reuse?: Reuse): readonly TreeNode[] {
    if (path === undefined) {
      // The view of first causes counts as the badge does, the others what stands in them.
      const { faults = false, sections } = this.options;
      return this.view.contexts().map((name) => contextNode(this.view, name, faults ? undefined : sections));
    }
    const steps = parsePath(path);
    const last = steps?.at(-1);
    if (steps === undefined || last === undefined) return [];
    if (last.type === 'page') return this.make(path, this.rows(path, steps.slice(0, -1)), reuse, last.value);
    return this.make(path, this.rows(path, steps), reuse);
  }

  private arrangement(context: string): Arrangement {
    const known = this.arrangements.get(context);
    if (known !== undefined) return known;
    const made = new Arrangement(this.view, context, this.options, () => ++this.lastVersion);
    this.arrangements.set(context, made);
    return made;
  }

  private rows(path: NodePath, steps: readonly PathStep[]): Rows {
    const [first] = steps;
    const last = steps.at(-1);
    if (first?.type !== 'context' || last === undefined) return noRows;
    const context = first.value;
    if (steps[1]?.type === 'faults') return { kind: 'nodes', nodes: this.faultRows(path, context, steps) };
    switch (last.type) {
      case 'context':
        return this.topRows(path, context);
      case 'message':
        return last.value === gatheredRefusals
          ? { kind: 'nodes', nodes: refusedRows(this.view, path, context) }
          : noRows;
      case 'favorites':
        return objectsOf(context, this.arrangement(context).favored(), 'both');
      case 'circles':
        return objectsOf(context, this.arrangement(context).inCircles(), 'both');
      case 'namespace':
        return this.namespaceRows(path, context, last.value);
      case 'kind':
        return this.kindRows(context, steps, last.value);
      case 'object':
        return this.objectRows(path, last.value);
      default:
        return noRows;
    }
  }

  private topRows(path: NodePath, context: string): Rows {
    const arranged = this.arrangement(context);
    const faults = this.options.faults === true ? arranged.faults() : [];
    const before = contextRows(this.view, path, context, { favorites: arranged.favored().length, faults });
    if (this.options.checks === true) {
      const checks = checkRows(this.view, path, context);
      return { ...objectsOf(context, arranged.objects, 'namespace'), before: [...before, ...checks] };
    }
    if (this.options.mode === 'kind') {
      return {
        kind: 'nodes',
        nodes: [...before, ...arranged.byKind().map(([name, heap]) => heapNode(path, name, heap))],
      };
    }
    if (this.options.mode === 'namespace') {
      const groups = arranged.byNamespace().map(([namespace, { objects, failing }]) => {
        const label = namespace === '' ? 'Cluster Scope' : boundedText(namespace, 300);
        return groupNode(childPath(path, 'namespace', namespace), label, objects.length, failing);
      });
      return { kind: 'groups', groups, before };
    }
    const circles = arranged.inCircles().length;
    const group = groupNode(childPath(path, 'circles', ''), 'Waiting in a Circle', circles, 0);
    const above = circles > 0 ? [...before, group] : before;
    const top = arranged.withoutDependency();
    if (top.length > this.most) return { kind: 'nodes', nodes: [...above, ...kindGroups(path, top)] };
    return { ...objectsOf(context, top, 'both'), before: above };
  }

  private faultRows(path: NodePath, context: string, [, , root, below]: readonly PathStep[]): readonly TreeNode[] {
    const faults = this.arrangement(context).faults();
    const { favorites } = this.options;
    if (root === undefined) return faultRows(this.view, path, faults, favorites);
    const fault = below === undefined ? faults.find((one) => one.root === root.value) : undefined;
    return fault === undefined ? [] : blockedRows(this.view, path, fault.blocked, favorites);
  }

  private namespaceRows(path: NodePath, context: string, namespace: string): Rows {
    const objects = this.arrangement(context).namespace(namespace)?.objects ?? [];
    if (objects.length <= this.most) return objectsOf(context, objects, 'kind');
    return { kind: 'nodes', nodes: kindGroups(path, objects) };
  }

  /** A heap of one kind: of a context, of a namespace, or of what an object applied. */
  private kindRows(context: string, steps: readonly PathStep[], kind: KindName): Rows {
    const above = steps.at(-2);
    if (above?.type === 'object') {
      const rows = this.inventory(above.value);
      return rows === undefined
        ? noRows
        : { ...rows, children: rows.children.filter(({ id }) => kindName(id) === kind) };
    }
    const arranged = this.arrangement(context);
    const slash = kind.indexOf('/');
    const [group, name] = [kind.slice(0, slash), kind.slice(slash + 1)];
    const ofKind = (objects: readonly LiveStatus[]): readonly LiveStatus[] =>
      objects.filter(({ id }) => id.kind === name && id.group === group);
    if (above?.type === 'namespace') {
      return objectsOf(context, ofKind(arranged.namespace(above.value)?.objects ?? []), 'kind');
    }
    if (this.options.mode === 'dependency')
      return objectsOf(context, ofKind(arranged.withoutDependency()), 'namespace');
    return objectsOf(context, arranged.kind(kind)?.objects ?? [], 'namespace');
  }

  private objectRows(path: NodePath, id: LiveId): Rows {
    const address = parseLiveId(id);
    if (address !== undefined && this.options.mode === 'dependency') {
      return objectsOf(address.context, this.arrangement(address.context).dependents(address.key), 'both');
    }
    const rows = this.inventory(id);
    if (rows === undefined) return { kind: 'nodes', nodes: detailRows(this.view, path, id) };
    if (rows.children.length <= this.most) return rows;
    const counts = new Map<KindName, number>();
    for (const { id: child } of rows.children) counts.set(kindName(child), (counts.get(kindName(child)) ?? 0) + 1);
    const groups = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      kind: 'nodes',
      nodes: groups.map(([name, count]) => {
        return groupNode(childPath(path, 'kind', name), boundedText(name.slice(name.indexOf('/') + 1), 300), count, 0);
      }),
    };
  }

  private inventory(id: LiveId): ReturnType<typeof inventoryRows> {
    const address = parseLiveId(id);
    const status = address && this.view.statusIn(address.context, address.key);
    return status && inventoryRows(this.view, address.context, status);
  }

  private row(path: NodePath, id: LiveId, status: LiveStatus, detail: Detail): TreeNode {
    const { favorites } = this.options;
    const isRepeated = path.includes('object:') && isOnPath(path, id);
    return objectNode(this.view, path, id, status, {
      detail,
      isExpandable: this.hasRows(id, status),
      isRepeated,
      favorites,
    });
  }

  private hasRows(id: LiveId, status: LiveStatus): boolean {
    if (this.options.mode === 'dependency') {
      return this.arrangement(parseLiveId(id)?.context ?? '').hasDependents(status.key);
    }
    return status.inventory === undefined ? detailRows(this.view, '', id).length > 0 : status.inventory.length > 0;
  }

  private make(path: NodePath, rows: Rows, reuse: Reuse | undefined, page?: string): readonly TreeNode[] {
    if (rows.kind === 'nodes') return page === undefined ? rows.nodes : itemsOfPage(rows.nodes, this.most, page);
    const above = rows.kind === 'inventory' ? [] : rows.before;
    const { count, nameAt } = sizeOf(rows);
    if (page === undefined && count > this.most) {
      return [...above, ...pagesOf(path, count, this.most, (at) => boundedText(nameAt(at), 100))];
    }
    if (rows.kind === 'groups') {
      return page === undefined ? [...above, ...rows.groups] : itemsOfPage(rows.groups, this.most, page);
    }
    const makeRow = (id: LiveId, status: LiveStatus, detail: Detail): TreeNode =>
      reuse?.(id) ?? this.row(path, id, status, detail);
    if (rows.kind === 'objects') {
      const shown = page === undefined ? rows.objects : itemsOfPage(rows.objects, this.most, page);
      return [...above, ...shown.map((status) => makeRow(liveId(rows.context, status.key), status, rows.detail))];
    }
    const shown = page === undefined ? rows.children : itemsOfPage(rows.children, this.most, page);
    return shown.map((child) => {
      const { context, status } = child;
      if (context === undefined || status === undefined) return listedNode(this.view, path, child);
      return makeRow(liveId(context, status.key), status, 'both');
    });
  }
}

/** How many rows a list has, and what each is called. */
function sizeOf(rows: Exclude<Rows, { kind: 'nodes' }>): { count: number; nameAt: (at: number) => string } {
  if (rows.kind === 'groups') return { count: rows.groups.length, nameAt: (at) => rows.groups[at]?.label ?? '' };
  const items = rows.kind === 'objects' ? rows.objects : rows.children;
  return { count: items.length, nameAt: (at) => items[at]?.id.name ?? '' };
}

function objectsOf(
  context: string,
  objects: readonly LiveStatus[],
  detail: Detail,
): Extract<Rows, { kind: 'objects' }> {
  return { kind: 'objects', context, objects, detail, before: [] };
}

const isOnPath = (path: NodePath, id: LiveId): boolean =>
  (parsePath(path) ?? []).some(({ type, value }) => type === 'object' && value === id);
