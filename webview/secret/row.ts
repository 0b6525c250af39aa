import { element } from '../controls/element';
import { type PageRow } from '../secret-protocol';
import { valueTypeNames } from '../../schemas/sops/value-types';

/** What can be done with a row. */
export type RowPart = 'show' | 'edit' | 'copy' | 'rename' | 'remove' | 'add';

const labels: Readonly<Record<RowPart, string>> = {
  show: 'Show',
  edit: 'Edit',
  copy: 'Copy',
  rename: 'Rename',
  remove: 'Remove',
  add: 'Add',
};

/** One line: its key, what is known of it without its value, and what can be done. */
export function rowElement(row: PageRow, isReadOnly: boolean, press: (part: RowPart) => void): HTMLElement {
  const name = nameOf(row);
  const parts = element(
    'span',
    { class: 'actions' },
    partsOf(row, isReadOnly).map((part) => {
      const label = part === 'add' ? (row.adds === 'item' ? 'Add Item' : 'Add Key') : labels[part];
      const opens = part !== 'copy' && part !== 'remove';
      const made = element(
        'button',
        {
          type: 'button',
          'data-part': part,
          'aria-label': `${label} ${name}`,
          ...(opens && { 'aria-expanded': 'false' }),
        },
        [label],
      );
      made.addEventListener('click', () => press(part));
      return made;
    }),
  );
  const line = element('div', { class: 'line' }, [
    element('span', { class: `key ${row.kind}` }, [name]),
    element('span', { class: 'note' }, [noteOf(row)]),
    parts,
  ]);
  const made = element('li', { class: 'row', 'data-id': row.id }, [line]);
  // Without an inline style, which the policy refuses: the editor of styles of the script is let in.
  made.style.setProperty('--depth', String(row.depth));
  return made;
}

function partsOf({ kind, canRename, canRemove, adds, isEncrypted }: PageRow, isReadOnly: boolean): RowPart[] {
  if (kind === 'comment') return isEncrypted === true ? ['show'] : [];
  return [
    ...(kind === 'value' ? (['show', 'copy'] as const) : []),
    ...(kind === 'value' && !isReadOnly ? (['edit'] as const) : []),
    ...(canRename === true ? (['rename'] as const) : []),
    ...(canRemove === true ? (['remove'] as const) : []),
    ...(adds === undefined ? [] : (['add'] as const)),
  ];
}

function nameOf({ kind, label }: PageRow): string {
  if (kind === 'comment') return label === '' ? 'Encrypted comment' : `#${label}`;
  return kind === 'document' && label === '' ? 'Document' : label;
}

function noteOf({ kind, type, isEncrypted, isEmpty, isBase64 }: PageRow): string {
  if (kind === 'null') return 'null';
  if (kind !== 'value' || type === undefined) return '';
  const notes = [
    valueTypeNames[type],
    isEmpty === true ? 'empty' : isEncrypted === true ? 'encrypted' : 'in clear',
    ...(isBase64 === true ? ['base64'] : []),
  ];
  return notes.join(', ');
}
