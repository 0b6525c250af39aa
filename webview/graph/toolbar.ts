import { element } from '../controls/element';
import { button, checkbox, dropdown, textField } from '../controls/toolkit';
import { relations, type PageCluster, type Relation, type SaveFormat } from '../protocol';
import { type Choices } from './choices';

export interface ToolbarOptions {
  readonly choose: (change: Partial<Choices>) => void;
  readonly showCluster: (id: string) => void;
  readonly save: (format: SaveFormat) => void;
  readonly zoomBy: (factor: number) => void;
  readonly fit: () => void;
  /** Narrows to the neighbors of the current node, or shows all again. */
  readonly toggleFocus: () => void;
  readonly toggleList: () => void;
}

/** What the controls offer; they are made anew only when it changes, so that none loses the keyboard. */
export interface Offer {
  readonly clusters: readonly PageCluster[];
  readonly cluster: string;
  readonly kinds: readonly string[];
}

const relationTitles: Readonly<Record<Relation, string>> = {
  dependsOn: 'Depends on',
  source: 'Source',
  applies: 'Applied by',
};

/** The controls above the graph. */
export class Toolbar {
  readonly element: HTMLElement;
  private readonly ofGraph: readonly HTMLElement[];
  private readonly listToggle: HTMLElement;
  private readonly focusToggle: HTMLElement;

  constructor({ clusters, cluster, kinds }: Offer, choices: Choices, options: ToolbarOptions) {
    this.listToggle = button('Show List', options.toggleList);
    this.focusToggle = button('Show Neighbors Only', options.toggleFocus);
    this.ofGraph = [
      button('Zoom In', () => options.zoomBy(1.25), 'Zoom in (+)'),
      button('Zoom Out', () => options.zoomBy(0.8), 'Zoom out (-)'),
      button('Fit', options.fit, 'Show all of the graph (0)'),
    ];
    this.element = element('div', { class: 'toolbar' }, [
      element('div', { class: 'row' }, [
        ...(clusters.length < 2 ? [] : [dropdown('Cluster', clusters, cluster, options.showCluster)]),
        textField('Filter by name or kind', choices.text, (text) => options.choose({ text })),
        this.listToggle,
        this.focusToggle,
        ...this.ofGraph,
        button('Save as Mermaid…', () => options.save('mermaid')),
        button('Save as SVG…', () => options.save('svg')),
      ]),
      element('div', { class: 'row' }, [
        group(
          'Relations',
          relations,
          choices.hiddenRelations,
          (relation) => relationTitles[relation],
          (hidden) => options.choose({ hiddenRelations: hidden }),
        ),
        group(
          'Kinds',
          kinds,
          choices.hiddenKinds,
          (kind) => kind,
          (hidden) => options.choose({ hiddenKinds: hidden }),
        ),
      ]),
    ]);
  }

  /** Shows which way the two switches lead now. */
  set(isList: boolean, isFocused: boolean): void {
    this.listToggle.textContent = isList ? 'Show Graph' : 'Show List';
    this.focusToggle.textContent = isFocused ? 'Show All' : 'Show Neighbors Only';
    for (const control of this.ofGraph) control.hidden = isList;
  }
}

/** Boxes that are checked for what is shown. */
function group<Word extends string>(
  title: string,
  words: readonly Word[],
  hidden: readonly Word[],
  label: (word: Word) => string,
  onChange: (hidden: Word[]) => void,
): HTMLElement {
  const unchecked = new Set(hidden);
  const boxes = words.map((word) =>
    checkbox(label(word), !unchecked.has(word), (isChecked) => {
      if (isChecked) unchecked.delete(word);
      else unchecked.add(word);
      onChange([...unchecked]);
    }),
  );
  return element('fieldset', {}, [element('legend', {}, [title]), ...boxes]);
}
