import { element } from '../controls/element';
import { type PageRow, type PageValueType } from '../secret-protocol';
import { valueTypeNames } from '../../schemas/sops/value-types';

/** A form below a row. `finish` sends what was typed where it differs; Escape and Cancel send nothing. */
export interface RowForm {
  readonly element: HTMLElement;
  readonly finish: () => void;
}

/** Types that can be chosen; bytes and times keep theirs. */
const choices: readonly PageValueType[] = ['str', 'int', 'float', 'bool'];

/** Another value for a row. */
export function valueForm(row: PageRow, text: string, send: (type: PageValueType, text: string) => void): RowForm {
  const type = row.type ?? 'str';
  const field = area(`Value of ${row.label}`, text);
  const select = typeField(type, row.isBase64 === true || !choices.includes(type));
  return form([field, select.element], () => {
    if (field.value !== text || select.value() !== type) send(select.value(), field.value);
    field.value = '';
  });
}

/** A new entry of a map (with a key) or a list. */
export function addForm(hasKey: boolean, send: (key: string, type: PageValueType, text: string) => void): RowForm {
  const key = input('New key', '');
  const field = area('Value', '');
  const select = typeField('str', false);
  return form([...(hasKey ? [key] : []), field, select.element], () => {
    if (key.value !== '' || field.value !== '') send(key.value, select.value(), field.value);
    field.value = '';
  });
}

/** Another name for a key. */
export function keyForm(label: string, send: (key: string) => void): RowForm {
  const key = input(`New name of ${label}`, label);
  return form([key], () => {
    if (key.value !== label) send(key.value);
  });
}

function form(fields: readonly HTMLElement[], finish: () => void): RowForm {
  const made = element('form', { autocomplete: 'off' }, [
    ...fields,
    element('button', { type: 'submit' }, ['Apply']),
    ...[element('button', { type: 'button', class: 'cancel' }, ['Cancel'])],
  ]);
  const tell = (name: 'cancel' | 'done'): boolean => made.dispatchEvent(new Event(name));
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    tell('done');
  });
  made.querySelector('.cancel')?.addEventListener('click', () => tell('cancel'));
  made.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') tell('cancel');
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) tell('done');
    // The editor has shortcuts of its own for keys that are typed here.
    else if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
  });
  return { element: made, finish };
}

// Plain elements, not the library's: a browser must neither keep what is typed nor send it to a spelling service.
const quiet = { autocomplete: 'off', spellcheck: 'false', autocorrect: 'off', autocapitalize: 'off' };

function area(label: string, text: string): HTMLTextAreaElement {
  const rows = String(Math.min(12, Math.max(1, text.split('\n').length)));
  const made = element('textarea', { ...quiet, 'aria-label': label, placeholder: label, rows }) as HTMLTextAreaElement;
  made.value = text;
  return made;
}

function input(label: string, text: string): HTMLInputElement {
  const made = element('input', { ...quiet, 'aria-label': label, placeholder: label }) as HTMLInputElement;
  made.value = text;
  return made;
}

function typeField(type: PageValueType, isFixed: boolean): { element: HTMLElement; value: () => PageValueType } {
  const offered = isFixed ? [type] : choices;
  const select = element(
    'select',
    { 'aria-label': 'Type of the value' },
    offered.map((one) => element('option', { value: one }, [valueTypeNames[one]])),
  ) as HTMLSelectElement;
  select.value = type;
  return { element: select, value: () => offered.find((one) => one === select.value) ?? type };
}
