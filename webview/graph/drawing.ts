import { type Layout, type Point } from './layout';
import { type GraphModel } from './model';
import { move, type Direction } from './moves';
import { nodeShape, picture, type States } from './picture';
import { type Selection } from './selection';
import { type Shape, shape } from './shape';
import { begin, fit, pivot, reveal, zoom, type Size, type Viewport } from './viewport';

export interface DrawingOptions {
  /** A node was opened. */
  readonly onOpen: (id: string) => void;
  /** A node has the keyboard now. */
  readonly onCurrent: (id: string) => void;
  /** Another part is seen. */
  readonly onViewport: (viewport: Viewport) => void;
}

export interface Shown {
  readonly model: GraphModel;
  readonly selection: Selection;
  readonly layout: Layout;
  readonly states: States;
}

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};
const namespace = 'http://www.w3.org/2000/svg';

/** The graph as SVG in a window that pans and zooms. One node at a time is in the tab order; arrow keys move on. */
export class Drawing {
  readonly element = toElement(shape('svg', { class: 'drawing', role: 'group', 'aria-label': 'Dependency graph' }));
  private readonly content = toElement(shape('g', {}));
  private readonly nodes = new Map<string, SVGElement>();
  private edges: readonly SVGElement[] = [];
  private shown: Shown | undefined;
  private currentId: string | undefined;
  /** The node that the user was at last. */
  private marked: string | undefined;
  private viewport: Viewport | undefined;

  constructor(private readonly options: DrawingOptions) {
    this.element.append(this.content);
    this.listen();
  }

  /** Draws; without a viewport the drawing begins as it fits. The keyboard stays where it is if it was in here. */
  show(shown: Shown, current: string | undefined, viewport: Viewport | undefined): void {
    const hadFocus = this.element.contains(document.activeElement);
    this.shown = shown;
    this.nodes.clear();
    this.content.replaceChildren(
      ...picture(shown.model, shown.layout, shown.selection.nodes, shown.states).map(toElement),
    );
    for (const node of this.content.querySelectorAll<SVGElement>('[data-id]')) {
      this.nodes.set(node.getAttribute('data-id') ?? '', node);
    }
    this.edges = [...this.content.querySelectorAll<SVGElement>('.edge')];
    const box = current === undefined ? undefined : shown.layout.boxes.get(current);
    this.viewport = viewport ?? (box && reveal(begin(shown.layout, this.size()), box, this.size()));
    this.apply();
    this.setCurrent(box ? current : move(shown.layout, '', 'first'));
    if (box && current !== undefined) this.mark(current);
    if (hadFocus) this.focus();
  }

  /** Draws the nodes again whose state differs, each in its place. */
  setStates(states: States): void {
    if (this.shown === undefined) return;
    const before = this.shown.states;
    this.shown = { ...this.shown, states };
    const { model, layout, selection } = this.shown;
    for (const node of selection.nodes) {
      const [old, now] = [before.get(node.id), states.get(node.id)];
      const [box, drawn] = [layout.boxes.get(node.id), this.nodes.get(node.id)];
      if ((old?.phase === now?.phase && old?.text === now?.text) || box === undefined || drawn === undefined) continue;
      const fresh = toElement(nodeShape(model, node, box, states));
      drawn.replaceChildren(...fresh.childNodes);
      drawn.setAttribute('aria-label', fresh.getAttribute('aria-label') ?? '');
    }
  }

  /** The node in the tab order; undefined when nothing is drawn. */
  get current(): string | undefined {
    return this.currentId;
  }

  /** Gives the keyboard to the current node. */
  focus(): void {
    if (this.currentId !== undefined) this.nodes.get(this.currentId)?.focus();
  }

  /** Around the node that the user is at, or the middle of the window. */
  zoomBy(factor: number): void {
    const box = this.marked === undefined ? undefined : this.shown?.layout.boxes.get(this.marked);
    this.setViewport(zoom(this.view(), factor, pivot(this.view(), box, this.size())));
  }

  fit(): void {
    if (this.shown) this.setViewport(fit(this.shown.layout, this.size()));
  }

  private size(): Size {
    return { width: this.element.clientWidth || 800, height: this.element.clientHeight || 600 };
  }

  private view(): Viewport {
    this.viewport ??= begin(this.shown?.layout ?? { width: 0, height: 0, boxes: new Map(), routes: [] }, this.size());
    return this.viewport;
  }

  private setViewport(viewport: Viewport): void {
    this.viewport = viewport;
    this.apply();
    this.options.onViewport(viewport);
  }

  private apply(): void {
    const { x, y, scale } = this.view();
    this.content.setAttribute('transform', `translate(${x} ${y}) scale(${scale})`);
  }

  private setCurrent(id: string | undefined): void {
    if (this.currentId !== undefined) this.nodes.get(this.currentId)?.setAttribute('tabindex', '-1');
    this.currentId = id;
    if (id !== undefined) this.nodes.get(id)?.setAttribute('tabindex', '0');
  }

  /** Shows which node is the current one, wherever the keyboard is, and which edges are its own. */
  private mark(id: string): void {
    this.marked = id;
    for (const marked of this.content.querySelectorAll('.current, .lit')) marked.classList.remove('current', 'lit');
    this.nodes.get(id)?.classList.add('current');
    for (const edge of this.edges) {
      if (edge.getAttribute('data-from') !== id && edge.getAttribute('data-to') !== id) continue;
      edge.classList.add('lit');
      edge.parentElement?.append(edge);
    }
  }

  private listen(): void {
    this.element.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (this.press(event.key)) event.preventDefault();
    });
    this.element.addEventListener('focusin', ({ target }) => {
      const id = nodeAt(target);
      if (id === undefined || this.shown === undefined) return;
      this.setCurrent(id);
      this.mark(id);
      const box = this.shown.layout.boxes.get(id);
      // A click finds its node where it is; only who comes by keyboard may not see it yet.
      if (box && target instanceof Element && target.matches(':focus-visible'))
        this.setViewport(reveal(this.view(), box, this.size()));
      this.options.onCurrent(id);
    });
    this.element.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        const { left, top } = this.element.getBoundingClientRect();
        const at = { x: event.clientX - left, y: event.clientY - top };
        this.setViewport(zoom(this.view(), Math.exp(-event.deltaY / 400), at));
      },
      { passive: false },
    );
    this.listenToPointer();
  }

  private listenToPointer(): void {
    let last: Point | undefined;
    let moved = 0;
    this.element.addEventListener('pointerdown', (event) => {
      last = event.button === 0 ? { x: event.clientX, y: event.clientY } : undefined;
      moved = 0;
    });
    this.element.addEventListener('pointermove', (event) => {
      if (last === undefined || event.buttons === 0) return;
      // From here on the drag goes on outside of the drawing, too; earlier, a click would miss its node.
      if (moved >= 5) this.element.setPointerCapture(event.pointerId);
      const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
      moved += Math.abs(dx) + Math.abs(dy);
      last = { x: event.clientX, y: event.clientY };
      const { x, y, scale } = this.view();
      this.setViewport({ x: x + dx, y: y + dy, scale });
    });
    this.element.addEventListener('click', ({ target }) => {
      const id = nodeAt(target);
      // The end of a drag is no click.
      if (id !== undefined && moved < 5) this.options.onOpen(id);
    });
  }

  private press(key: string): boolean {
    const direction = directions[key];
    if (direction !== undefined && this.shown !== undefined) {
      const to = move(this.shown.layout, this.currentId ?? '', direction);
      if (to !== undefined) this.nodes.get(to)?.focus();
      return true;
    }
    if (key === '+' || key === '=') this.zoomBy(1.25);
    else if (key === '-') this.zoomBy(0.8);
    else if (key === '0') this.fit();
    else if ((key === 'Enter' || key === ' ') && this.currentId !== undefined) this.options.onOpen(this.currentId);
    else return false;
    return true;
  }
}

function nodeAt(target: EventTarget | null): string | undefined {
  return target instanceof Element ? (target.closest('[data-id]')?.getAttribute('data-id') ?? undefined) : undefined;
}

/** A shape as elements; its texts become text nodes. */
export function toElement({ tag, attributes, children }: Shape): SVGElement {
  const made = document.createElementNS<'svg'>(namespace, tag as 'svg') as SVGElement;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children.map((child) => (typeof child === 'string' ? child : toElement(child))));
  return made;
}
