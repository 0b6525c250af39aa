import { findLiveKind } from '../kinds/index';
import { type LiveKind } from '../kinds/live-kind';
import { boundedText } from '../live/bounded-text';
import { liveId, parseLiveId, type LiveId } from '../live/live-id';
import { type LiveStatus } from '../live/live-status';
import { type LiveView } from '../relations/live-view';
import { isFailing } from '../relations/standing';
import { Arrangement, kindName } from './arrangement';
import { detailRows, inventoryRows, type InventoryRows } from './applier-rows';
import { contextNode, contextRows } from './context-rows';
import { everything, type TreeFilter } from './filter';
import { childPath, parentPath, parsePath, type NodePath, type PathStep } from './node-path';
import { listedNode, objectNode, type Detail } from './object-node';
import { itemsOfPage, pagesOf, rowsOfPage } from './pages';
import { treeNode, type TreeNode } from './tree-node';

export type TreeMode = 'kind' | 'dependency' | 'namespace';

export interface TreeOptions {
  readonly sections: ReadonlySet<LiveKind['section']>;
  readonly mode: TreeMode;
  readonly filter: TreeFilter;
  readonly favorites: ReadonlySet<LiveId>;
  /** Undefined: {@link rowsOfPage}. */
  readonly rowsOfPage?: number;
}

/** Sections of the views: what applies and watches over it, where it comes from, what does it. */
export const viewSections = {
  objects: new Set(['apply', 'operator', 'delivery', 'notification']),
  sources: new Set(['source', 'image']),
  controllers: new Set(['controller']),
} as const satisfies Record<string, ReadonlySet<LiveKind['section']>>;

/** The rows of a view before they are made: nodes that are there, or objects of which one row each is made. */
type Rows =
  | { readonly kind: 'nodes'; readonly nodes: readonly TreeNode[] }
  | {
      readonly kind: 'objects';
      readonly objects: readonly LiveStatus[];
      readonly detail: Detail;
      readonly context: string;
    }
  | InventoryRows;

const noRows: Rows = { kind: 'nodes', nodes: [] };

/**
 * What a view shows, worked out from the store when it is asked for. Holds the arrangement of each context until
 * {@link changed} says that it is old.
 */
export class TreeModel {
  private readonly arrangements = new Map<string, Arrangement>();
  private readonly most: number;

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

  /** Objects of these contexts came, went or changed. */
  changed(contexts: Iterable<string>): void {
    for (const context of contexts) this.arrangements.delete(context);
  }

  /**
   * The rows under a node, or of the view; empty where there are none (any more).
   * @param reuse a row that is known to look as before, by its path
   */
  children(path: NodePath | undefined, reuse?: (path: NodePath) => TreeNode | undefined): readonly TreeNode[] {
    if (path === undefined) return this.view.contexts().map((context) => contextNode(this.view, context));
    const steps = parsePath(path);
    const last = steps?.at(-1);
    if (steps === undefined || last === undefined) return [];
    const parent = last.type === 'page' ? parentPath(path) : undefined;
    if (parent !== undefined) return this.make(path, this.rows(parent, steps.slice(0, -1)), reuse, last.value);
    return this.make(path, this.rows(path, steps), reuse);
  }

  private arrangement(context: string): Arrangement {
    const known = this.arrangements.get(context);
    if (known !== undefined) return known;
    const { sections, filter, favorites } = this.options;
    const made = new Arrangement(this.view, context, sections, filter, favorites);
    this.arrangements.set(context, made);
    return made;
  }

  private rows(path: NodePath, steps: readonly PathStep[]): Rows {
    const [first] = steps;
    const last = steps.at(-1);
    if (first?.type !== 'context' || last === undefined) return noRows;
    const context = first.value;
    switch (last.type) {
      case 'context':
        return this.topRows(path, context);
      case 'favorites':
        return this.objects(context, this.arrangement(context).favored(), 'both');
      case 'circles':
        return this.objects(context, this.arrangement(context).inCircles(), 'both');
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
    const before = contextRows(this.view, path, context, arranged.favored().length);
    if (this.options.mode === 'dependency') {
      const circles = arranged.inCircles();
      const group = this.group(childPath(path, 'circles', ''), 'Waiting in a Circle', circles);
      const top = arranged.withoutDependency();
      const tooMany = top.length > this.most;
      const heaps = tooMany ? this.kindGroups(path, top) : top.map((status) => this.row(path, context, status, 'both'));
      return { kind: 'nodes', nodes: [...before, ...(circles.length > 0 ? [group] : []), ...heaps] };
    }
    const isByNamespace = this.options.mode === 'namespace';
    const groups = isByNamespace
      ? [...arranged.byNamespace()].map(([namespace, objects]) => {
          const label = namespace === '' ? 'Cluster Scope' : boundedText(namespace, 300);
          return this.group(childPath(path, 'namespace', namespace), label, objects);
        })
      : this.kindGroups(path, arranged.objects);
    return { kind: 'nodes', nodes: [...before, ...groups] };
  }

  private namespaceRows(path: NodePath, context: string, namespace: string): Rows {
    const objects = this.arrangement(context).byNamespace().get(namespace) ?? [];
    if (objects.length <= this.most) return this.objects(context, objects, 'kind');
    return { kind: 'nodes', nodes: this.kindGroups(path, objects) };
  }

  /** A heap of one kind: of a context, of a namespace, or of what an object applied. */
  private kindRows(context: string, steps: readonly PathStep[], kind: string): Rows {
    const above = steps.at(-2);
    if (above?.type === 'object') {
      const rows = this.inventoryRows(above.value);
      const children = rows?.children.filter(({ id }) => kindName(id) === kind);
      return rows === undefined || children === undefined ? noRows : { ...rows, children };
    }
    const arranged = this.arrangement(context);
    if (above?.type === 'namespace') {
      const heap = arranged.byNamespace().get(above.value) ?? [];
      return this.objects(
        context,
        heap.filter(({ id }) => kindName(id) === kind),
        'kind',
      );
    }
    const isDependency = this.options.mode === 'dependency';
    const heap = isDependency ? arranged.withoutDependency() : (arranged.byKind().get(kind) ?? []);
    const shown = isDependency ? heap.filter(({ id }) => kindName(id) === kind) : heap;
    return this.objects(context, shown, 'namespace');
  }

  private objectRows(path: NodePath, id: LiveId): Rows {
    const address = parseLiveId(id);
    if (address !== undefined && this.options.mode === 'dependency') {
      return this.objects(address.context, this.arrangement(address.context).dependents(address.key), 'both');
    }
    const rows = this.inventoryRows(id);
    if (rows === undefined) return { kind: 'nodes', nodes: detailRows(this.view, path, id) };
    if (rows.children.length <= this.most) return rows;
    const counts = new Map<string, number>();
    for (const { id: child } of rows.children) counts.set(kindName(child), (counts.get(kindName(child)) ?? 0) + 1);
    const groups = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      kind: 'nodes',
      nodes: groups.map(([name, count]) =>
        treeNode({
          path: childPath(path, 'kind', name),
          kind: 'group',
          label: boundedText(name.slice(name.indexOf('/') + 1), 300),
          description: String(count),
          isExpandable: true,
        }),
      ),
    };
  }

  private inventoryRows(id: LiveId): InventoryRows | undefined {
    const address = parseLiveId(id);
    const status = address && this.view.statusIn(address.context, address.key);
    return status && inventoryRows(this.view, address.context, status);
  }

  private objects(context: string, objects: readonly LiveStatus[], detail: Detail): Rows {
    return { kind: 'objects', objects, detail, context };
  }

  private kindGroups(path: NodePath, objects: readonly LiveStatus[]): readonly TreeNode[] {
    const heaps = new Map<string, LiveStatus[]>();
    for (const status of objects) {
      const name = kindName(status.id);
      const heap = heaps.get(name);
      if (heap === undefined) heaps.set(name, [status]);
      else heap.push(status);
    }
    return [...heaps].map(([name, heap]) => {
      const { group = '', kind = name } = heap[0]?.id ?? {};
      return this.group(childPath(path, 'kind', name), findLiveKind(group, kind)?.title ?? kind, heap);
    });
  }

  private group(path: NodePath, label: string, objects: readonly LiveStatus[]): TreeNode {
    const failing = objects.filter(isFailing).length;
    const description = failing === 0 ? String(objects.length) : `${objects.length} · ${failing} failing`;
    return treeNode({ path, kind: 'group', label, description, isExpandable: true });
  }

  private row(path: NodePath, context: string, status: LiveStatus, detail: Detail): TreeNode {
    const id = liveId(context, status.key);
    const isRepeated = (parsePath(path) ?? []).some(({ type, value }) => type === 'object' && value === id);
    const isExpandable =
      this.options.mode === 'dependency'
        ? this.arrangement(context).dependents(status.key).length > 0
        : status.inventory === undefined
          ? detailRows(this.view, path, id).length > 0
          : status.inventory.length > 0;
    return objectNode(this.view, path, id, status, {
      detail,
      isExpandable,
      isRepeated,
      favorites: this.options.favorites,
    });
  }

  private make(
    path: NodePath,
    rows: Rows,
    reuse: ((path: NodePath) => TreeNode | undefined) | undefined,
    page?: string,
  ): readonly TreeNode[] {
    if (rows.kind === 'nodes') return page === undefined ? rows.nodes : itemsOfPage(rows.nodes, this.most, page);
    // Rows of a page lie below it, so that what is above them is what their paths say.
    if (rows.kind === 'objects') {
      const { objects, context, detail } = rows;
      if (page === undefined && objects.length > this.most) {
        return pagesOf(path, objects.length, this.most, (at) => boundedText(objects[at]?.id.name ?? '', 100));
      }
      const shown = page === undefined ? objects : itemsOfPage(objects, this.most, page);
      return shown.map((status) => {
        const known = reuse?.(childPath(path, 'object', liveId(context, status.key)));
        return known ?? this.row(path, context, status, detail);
      });
    }
    const { children } = rows;
    if (page === undefined && children.length > this.most) {
      return pagesOf(path, children.length, this.most, (at) => boundedText(children[at]?.id.name ?? '', 100));
    }
    return (page === undefined ? children : itemsOfPage(children, this.most, page)).map((child) => {
      const { context, status } = child;
      if (context === undefined || status === undefined) return listedNode(path, child);
      const known = reuse?.(childPath(path, 'object', liveId(context, status.key)));
      return known ?? this.row(path, context, status, 'both');
    });
  }
}
