import { element } from '../controls/element';
import { type GraphHostMessage, type GraphPageMessage, type PageCluster, type SaveFormat } from '../protocol';
import { noFilter, readChoices, type Choices } from './choices';
import { Drawing } from './drawing';
import { layOut, type Layout } from './layout';
import { legend } from './legend';
import { listElement } from './list';
import { createModel, type GraphModel } from './model';
import { nothingElement } from './nothing';
import { detailsOf, type States } from './picture';
import { mermaidText } from './save-mermaid';
import { svgFile } from './save-svg';
import { select, type Selection } from './selection';
import { summary } from './summary';
import { Toolbar, type Offer } from './toolbar';

export interface PageOptions {
  readonly root: HTMLElement;
  readonly post: (message: GraphPageMessage) => void;
  /** What was kept before a reload. */
  readonly kept: unknown;
  readonly keep: (choices: Choices) => void;
}

interface ShownGraph {
  readonly clusters: readonly PageCluster[];
  readonly cluster: string;
  readonly model: GraphModel;
}

/** More than this are listed: placing them would hold the page for seconds, and nobody could read the drawing. */
const mostDrawn = 1_500;
/** Milliseconds after the last letter of a filter: placing hundreds anew for each of them would hold up who types. */
const typingPause = 150;

/** The page: what came from the extension, what the user chose, and both drawn. */
export class GraphPage {
  private choices: Choices;
  private graph: ShownGraph | undefined;
  private states: States = new Map();
  private selection: Selection = { nodes: [], edges: [] };
  /** Undefined while there is too much to draw. */
  private layout: Layout | undefined;
  private toolbar: Toolbar | undefined;
  private offer = '';
  private typing: number | undefined;
  private readonly heading = element('h1', {}, ['Dependency graph']);
  private readonly controls = element('div');
  private readonly status = element('p', { class: 'status', role: 'status' }, ['Reading the repository…']);
  private readonly view = element('div', { class: 'view' });
  private readonly details = element('p', { class: 'details' });
  private readonly key = element('div');
  private readonly drawing = new Drawing({
    onOpen: (id) => this.open(id),
    onCurrent: (current) => {
      this.remember({ current });
      this.drawDetails();
    },
    onViewport: (viewport) => this.remember({ viewport }),
  });

  constructor(private readonly options: PageOptions) {
    this.choices = readChoices(options.kept);
    const parts = [this.heading, this.controls, this.status, this.view, this.details, this.key];
    options.root.replaceChildren(element('main', {}, parts));
  }

  /** Asks the extension for the graph. */
  start(): void {
    const { cluster } = this.choices;
    this.options.post({ type: 'ready', ...(cluster !== undefined && { cluster }) });
  }

  receive(message: GraphHostMessage): void {
    if (message.type === 'notice') this.showNotice(message.text);
    else if (message.type === 'graph') this.showGraph(message);
    else if (message.cluster === this.graph?.cluster) {
      this.states = new Map(message.states.map(({ id, phase, text }) => [id, { phase, text }]));
      this.drawStates();
    }
  }

  private showNotice(text: string): void {
    this.graph = undefined;
    this.toolbar = undefined;
    for (const part of [this.controls, this.view, this.details, this.key]) part.replaceChildren();
    this.status.textContent = text;
    this.options.root.dataset['ready'] = 'notice';
  }

  private showGraph({ clusters, cluster, nodes, edges }: Extract<GraphHostMessage, { type: 'graph' }>): void {
    if (cluster !== this.choices.cluster) {
      // Ids and places of another cluster mean nothing here.
      this.remember({ cluster, focus: undefined, current: undefined, viewport: undefined });
      this.states = new Map();
    }
    const model = createModel(nodes, edges);
    this.graph = { clusters, cluster, model };
    this.heading.textContent = `Dependency graph of ${clusters.find(({ id }) => id === cluster)?.title ?? ''}`;
    this.offerControls(this.graph);
    this.update();
  }

  private offerControls({ clusters, cluster, model }: ShownGraph): void {
    const kinds = [...new Set([...model.nodes.values()].map(({ kind }) => kind))].sort();
    const offer: Offer = { clusters, cluster, kinds };
    const text = JSON.stringify(offer);
    if (this.toolbar !== undefined && text === this.offer) return;
    this.offer = text;
    this.toolbar = new Toolbar(offer, this.choices, {
      choose: (change) => {
        this.remember({ viewport: undefined, ...change });
        clearTimeout(this.typing);
        if (change.text === undefined) this.update();
        else this.typing = window.setTimeout(() => this.update(), typingPause);
      },
      showCluster: (id) => this.options.post({ type: 'show', cluster: id }),
      save: (format) => this.save(format),
      zoomBy: (factor) => this.drawing.zoomBy(factor),
      fit: () => this.drawing.fit(),
      toggleFocus: () => this.filterBy({ focus: this.focus === undefined ? this.current() : undefined }),
      toggleList: () => this.choose({ shows: this.choices.shows === 'list' ? 'graph' : 'list' }),
    });
    this.controls.replaceChildren(this.toolbar.element);
  }

  private remember(change: Partial<Choices>): void {
    this.choices = { ...this.choices, ...change };
    this.options.keep(this.choices);
  }

  private choose(change: Partial<Choices>): void {
    this.remember(change);
    this.update();
  }

  /** A choice of what is shown; the drawing then begins anew, since everything stands elsewhere. */
  private filterBy(change: Partial<Choices>): void {
    this.choose({ viewport: undefined, ...change });
  }

  /** The node whose neighbors alone are shown, while there is such a node. */
  private get focus(): string | undefined {
    const { focus } = this.choices;
    return focus !== undefined && this.graph?.model.nodes.has(focus) === true ? focus : undefined;
  }

  /** The node that the user was at last, or else the first. */
  private current(): string | undefined {
    const { current, shows } = this.choices;
    if (shows === 'graph' && this.layout !== undefined) return this.drawing.current;
    return this.selection.nodes.some(({ id }) => id === current) ? current : this.selection.nodes[0]?.id;
  }

  /** Selects and places anew, then draws. */
  private update(): void {
    if (this.graph === undefined) return;
    const { model, cluster } = this.graph;
    const { text, hiddenKinds, hiddenRelations, shows, current, viewport } = this.choices;
    this.selection = select(model, {
      text,
      hiddenKinds: new Set(hiddenKinds),
      hiddenRelations: new Set(hiddenRelations),
      focus: this.focus,
    });
    this.toolbar?.set(shows === 'list', this.focus !== undefined);
    performance.mark('layout');
    this.layout = this.selection.nodes.length > mostDrawn ? undefined : layOut(this.selection);
    performance.measure('layout', 'layout');

    const tooMany = this.layout === undefined && shows === 'graph' ? ' Too many to draw: filter by name or kind.' : '';
    const line = `${summary(model, this.selection, this.focus)}.${tooMany}`;
    // Set only when it differs, since a screen reader reads it each time.
    if (this.status.textContent !== line) this.status.textContent = line;
    const { selection, layout, states } = this;
    if (selection.nodes.length === 0)
      this.view.replaceChildren(nothingElement(model.nodes.size === 0, () => this.clearFilter()));
    else if (shows === 'list' || layout === undefined) this.drawList();
    else {
      if (this.drawing.element.parentElement !== this.view) this.view.replaceChildren(this.drawing.element);
      this.drawing.show({ model, selection, layout, states }, current, viewport);
    }
    this.drawDetails();
    this.drawLegend();
    this.options.root.dataset['ready'] = cluster;
  }

  private clearFilter(): void {
    this.offer = '';
    this.remember(noFilter);
    if (this.graph !== undefined) this.offerControls(this.graph);
    this.filterBy(noFilter);
    // The button is gone, and the keyboard must not be lost with it.
    (this.view.querySelector<HTMLElement>('[tabindex="0"], button') ?? document.body).focus();
  }

  /** Only what states change: nothing moves, and the keyboard stays where it is. */
  private drawStates(): void {
    if (this.selection.nodes.length === 0) return;
    if (this.choices.shows === 'list' || this.layout === undefined) this.drawList();
    else this.drawing.setStates(this.states);
    this.drawDetails();
    this.drawLegend();
  }

  private drawList(): void {
    if (this.graph === undefined) return;
    const had = document.activeElement?.getAttribute('data-id');
    const list = listElement(this.graph.model, this.selection, this.states, this.choices.current, {
      onOpen: (id) => this.open(id),
      onCurrent: (current) => this.remember({ current }),
    });
    this.view.replaceChildren(list);
    const rows = [...this.view.querySelectorAll<HTMLElement>('[data-id]')];
    if (typeof had === 'string') rows.find((row) => row.dataset['id'] === had)?.focus();
  }

  /** What a pointer gets as a tooltip, for who comes by keyboard; the list says it in its rows. */
  private drawDetails(): void {
    const { shows, current } = this.choices;
    const node = shows === 'list' ? undefined : this.selection.nodes.find(({ id }) => id === current);
    const lines = this.graph && node ? detailsOf(this.graph.model, node, this.states) : [];
    this.details.hidden = shows === 'list';
    this.details.textContent = lines.join(' \u00b7 ');
  }

  private drawLegend(): void {
    const isOpen = this.key.querySelector('details')?.open === true;
    this.key.replaceChildren(legend(new Set([...this.states.values()].map(({ phase }) => phase)), isOpen));
  }

  private open(id: string): void {
    if (this.graph !== undefined) this.options.post({ type: 'open', cluster: this.graph.cluster, id });
  }

  private save(format: SaveFormat): void {
    if (this.graph === undefined) return;
    const { clusters, cluster, model } = this.graph;
    const title = clusters.find(({ id }) => id === cluster)?.title ?? '';
    const text =
      format === 'svg'
        ? svgFile(model, this.selection, this.layout ?? layOut(this.selection), this.states, title)
        : mermaidText(model, this.selection, title);
    this.options.post({ type: 'save', format, text });
  }
}
