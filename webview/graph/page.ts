import { element } from '../controls/element';
import { type GraphHostMessage, type GraphPageMessage, type PageCluster, type SaveFormat } from '../protocol';
import { readChoices, type Choices } from './choices';
import { Drawing } from './drawing';
import { layOut, type Layout } from './layout';
import { legend } from './legend';
import { listElement } from './list';
import { createModel, type GraphModel } from './model';
import { type States } from './picture';
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
  private readonly heading = element('h1', {}, ['Dependency graph']);
  private readonly controls = element('div');
  private readonly status = element('p', { class: 'status', role: 'status' }, ['Reading the repository…']);
  private readonly view = element('div', { class: 'view' });
  private readonly key = element('div');
  private readonly drawing = new Drawing({
    onOpen: (id) => this.open(id),
    onCurrent: (current) => this.remember({ current }),
    onViewport: (viewport) => this.remember({ viewport }),
  });

  constructor(private readonly options: PageOptions) {
    this.choices = readChoices(options.kept);
    options.root.replaceChildren(element('main', {}, [this.heading, this.controls, this.status, this.view, this.key]));
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
    for (const part of [this.controls, this.view, this.key]) part.replaceChildren();
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
    const kinds = [...new Set(nodes.map(({ kind }) => kind))].sort();
    this.offerControls({ clusters, cluster, kinds });
    this.update();
  }

  private offerControls(offer: Offer): void {
    const text = JSON.stringify(offer);
    if (this.toolbar !== undefined && text === this.offer) return;
    this.offer = text;
    this.toolbar = new Toolbar(offer, this.choices, {
      choose: (change) => this.choose(change),
      showCluster: (id) => this.options.post({ type: 'show', cluster: id }),
      save: (format) => this.save(format),
      zoomBy: (factor) => this.drawing.zoomBy(factor),
      fit: () => this.drawing.fit(),
      toggleFocus: () => this.choose({ focus: this.choices.focus === undefined ? this.drawing.current : undefined }),
      toggleList: () => this.choose({ shows: this.choices.shows === 'list' ? 'graph' : 'list' }),
    });
    this.controls.replaceChildren(this.toolbar.element);
  }

  private remember(change: Partial<Choices>): void {
    this.choices = { ...this.choices, ...change };
    this.options.keep(this.choices);
  }

  /** A choice that changes what is shown; the drawing then begins anew, since everything stands elsewhere. */
  private choose(change: Partial<Choices>): void {
    this.remember({ viewport: undefined, ...change });
    this.toolbar?.set(this.choices);
    this.update();
  }

  /** Selects and places anew, then draws. */
  private update(): void {
    if (this.graph === undefined) return;
    const { model, cluster } = this.graph;
    const { text, hiddenKinds, hiddenRelations, focus, shows, current, viewport } = this.choices;
    this.selection = select(model, {
      text,
      hiddenKinds: new Set(hiddenKinds),
      hiddenRelations: new Set(hiddenRelations),
      focus,
    });
    performance.mark('layout');
    this.layout = this.selection.nodes.length > mostDrawn ? undefined : layOut(this.selection);
    performance.measure('layout', 'layout');

    const tooMany = this.layout === undefined && shows === 'graph' ? ' Too many to draw: filter by name or kind.' : '';
    const line = `${summary(model, this.selection)}.${tooMany}`;
    // Set only when it differs, since a screen reader reads it each time.
    if (this.status.textContent !== line) this.status.textContent = line;
    const { selection, layout, states } = this;
    if (shows === 'list' || layout === undefined) this.drawList();
    else {
      if (this.drawing.element.parentElement !== this.view) this.view.replaceChildren(this.drawing.element);
      this.drawing.show({ model, selection, layout, states }, current, viewport);
    }
    this.drawLegend();
    this.options.root.dataset['ready'] = cluster;
  }

  /** Only what states change: nothing moves, and the keyboard stays where it is. */
  private drawStates(): void {
    if (this.choices.shows === 'list' || this.layout === undefined) this.drawList();
    else this.drawing.setStates(this.states);
    this.drawLegend();
  }

  private drawList(): void {
    if (this.graph === undefined) return;
    const had = document.activeElement?.getAttribute('data-id');
    this.view.replaceChildren(listElement(this.graph.model, this.selection, this.states, (id) => this.open(id)));
    const rows = [...this.view.querySelectorAll<HTMLElement>('[data-id]')];
    if (typeof had === 'string') rows.find((row) => row.dataset['id'] === had)?.focus();
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
