import { element } from '../controls/element';
import { type PageRow, type PageValueType } from '../secret-protocol';
import { valueTypeNames } from '../../schemas/sops/value-types';

/**
 * A form below a row. It tells `done`, `save` and `cancel`; who puts it into the page sends what was typed, or does not.
 */
export interface RowForm {
  readonly element: HTMLElement;
  /** Sends what was typed; false where nothing differs. */
  readonly finish: () => boolean;
  readonly focus: () => void;
  /** Leaves nothing of what was typed in the page. */
  readonly wipe: () => void;
}

/** Types that can be chosen; bytes and times keep theirs. */
const choices: readonly PageValueType[] = ['str', 'int', 'float', 'bool'];

/** Another value for a row. */
export function valueForm(row: PageRow, text: string, send: (type: PageValueType, text: string) => void): RowForm {
  const type = row.type ?? 'str';
  const field = area(`Value of ${row.label}`, text);
  const select = typeField(type, row.isBase64 === true || !choices.includes(type));
  return form([field, select.element], () => {
    if (field.value === text && select.value() === type) return false;
    send(select.value(), field.value);
    return true;
  });
}

/** A new entry of a map (with a key) or a list. */
export function addForm(hasKey: boolean, send: (key: string, type: PageValueType, text: string) => void): RowForm {
  const key = input('New key', '');
  const field = area('Value', '');
  const select = typeField('str', false);
  return form([...(hasKey ? [key] : []), field, select.element], () => {
    if (key.value === '' && field.value === '') return false;
    send(key.value, select.value(), field.value);
    return true;
  });
}

/** Another name for a key. */
export function keyForm(label: string, send: (key: string) => void): RowForm {
  const key = input(`New name of ${label}`, label);
  return form([key], () => {
    if (key.value === label) return false;
    send(key.value);
    return true;
  });
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function form(fields: readonly Field[], finish: () => boolean): RowForm {
  const made = element('form', { autocomplete: 'off' }, [
    ...fields,
    element('button', { type: 'submit' }, ['Apply']),
    element('button', { type: 'button', class: 'cancel' }, ['Cancel']),
  ]);
  // Where the cursor was, when the page around the form is drawn anew.
  let last: Field | undefined = fields[0];
  for (const field of fields) field.addEventListener('focus', () => (last = field));
  const tell = (name: 'cancel' | 'done' | 'save'): boolean => made.dispatchEvent(new Event(name));
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    tell('done');
  });
  made.querySelector('.cancel')?.addEventListener('click', () => tell('cancel'));
  made.addEventListener('keydown', (event) => {
    const told = toldBy(event);
    if (told !== undefined) {
      event.preventDefault();
      tell(told);
    }
    // The editor has shortcuts of its own for keys that edit what is typed here: undo would take back another edit.
    if (told !== undefined || isOfTheField(event)) event.stopPropagation();
  });
  return {
    element: made,
    finish,
    focus: () => last?.focus(),
    wipe: () => {
      for (const field of fields) if (!(field instanceof HTMLSelectElement)) field.value = '';
    },
  };
}

function toldBy(event: KeyboardEvent): 'cancel' | 'done' | 'save' | undefined {
  if (event.key === 'Escape') return 'cancel';
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (isCommand && event.key === 'Enter') return 'done';
  return isCommand && event.key.toLowerCase() === 's' ? 'save' : undefined;
}

const isOfTheField = (event: KeyboardEvent): boolean =>
  (!event.ctrlKey && !event.metaKey) || ['a', 'y', 'z'].includes(event.key.toLowerCase());

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

function typeField(type: PageValueType, isFixed: boolean): { element: HTMLSelectElement; value: () => PageValueType } {
  const offered = isFixed ? [type] : choices;
  const select = element(
    'select',
    { 'aria-label': 'Type of the value' },
    offered.map((one) => element('option', { value: one }, [valueTypeNames[one]])),
  ) as HTMLSelectElement;
  select.value = type;
  return { element: select, value: () => offered.find((one) => one === select.value) ?? type };
}
