import { element } from '../controls/element';
import { type PageNode, type Relation } from '../protocol';
import { nameOf, type GraphModel } from './model';
import { phaseMarks } from './phases';
import { type States } from './picture';
import { type Selection } from './selection';
import { printable } from './shape';

export interface ListOptions {
  /** A row was opened. */
  readonly onOpen: (id: string) => void;
  /** A row has the keyboard now. */
  readonly onCurrent: (id: string) => void;
}

/** The same as the drawing, as a table: a row an object, whose name opens its line. */
export function listElement(
  model: GraphModel,
  { nodes, edges }: Selection,
  states: States,
  current: string | undefined,
  { onOpen, onCurrent }: ListOptions,
): HTMLElement {
  const hasStates = nodes.some(({ id }) => states.has(id));
  const columns = ['Object', ...(hasStates ? ['State'] : []), 'Depends on', 'Source', 'Applied by', 'Notes'];
  const sides = new Map<string, string[]>();
  const note = (key: string, id: string): void => {
    const other = model.nodes.get(id);
    if (other === undefined) return;
    const names = sides.get(key);
    if (names === undefined) sides.set(key, [printable(nameOf(other))]);
    else names.push(printable(nameOf(other)));
  };
  for (const { from, to, relation } of edges) {
    if (relation === 'applies') note(`${relation} ${to}`, from);
    else note(`${relation} ${from}`, to);
  }
  const named = (relation: Relation, id: string): string => (sides.get(`${relation} ${id}`) ?? []).join(', ');

  const row = (node: PageNode): HTMLElement => {
    const state = states.get(node.id);
    const open = element('button', { class: 'open', type: 'button', 'data-id': node.id }, [
      `${node.kind} ${printable(nameOf(node))}`,
    ]);
    open.addEventListener('click', () => onOpen(node.id));
    const stateText = state === undefined ? '' : printable(`${phaseMarks[state.phase].label}. ${state.text}`);
    const missing = node.missing === true ? 'Not in the repository.' : '';
    const notes = [
      missing,
      model.cycleOf.has(node.id) ? '\u21bb In a dependency cycle.' : '',
      printable(node.note ?? ''),
    ];
    const made = element('tr', model.cycleOf.has(node.id) ? { class: 'cyclic' } : {}, [
      element('th', { scope: 'row' }, [open]),
      ...[
        ...(hasStates ? [stateText] : []),
        named('dependsOn', node.id),
        named('source', node.id),
        named('applies', node.id),
        notes.filter(Boolean).join(' '),
      ].map((text) => element('td', {}, [text])),
    ]);
    made.classList.toggle('current', node.id === current);
    made.addEventListener('focusin', () => {
      for (const other of made.parentElement?.children ?? []) other.classList.toggle('current', other === made);
      onCurrent(node.id);
    });
    return made;
  };
  const sorted = [...nodes].sort((a, b) => compare(a.kind, b.kind) || compare(nameOf(a), nameOf(b)));
  return element('table', { class: 'list' }, [
    element('caption', {}, ['Objects of the cluster and what they depend on']),
    element('thead', {}, [
      element(
        'tr',
        {},
        columns.map((title) => element('th', { scope: 'col' }, [title])),
      ),
    ]),
    element('tbody', {}, sorted.map(row)),
  ]);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
