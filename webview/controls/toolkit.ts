// The only module that knows which library draws the controls (docs/decisions/0022-controls-of-the-pages.md).
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { element } from './element';

type Checked = HTMLElement & { checked: boolean };
type Valued = HTMLElement & { value: string };

/** Defines the elements; call it once before any control is made. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeTextField(),
  );
}

/** A push button; `description` is its tooltip. */
export function button(label: string, onPress: () => void, description?: string): HTMLElement {
  const made = element('vscode-button', { appearance: 'secondary', ...(description && { title: description }) }, [
    label,
  ]);
  made.addEventListener('click', onPress);
  return made;
}

export function checkbox(label: string, isChecked: boolean, onChange: (isChecked: boolean) => void): HTMLElement {
  const made = element('vscode-checkbox', {}, [label]) as Checked;
  made.checked = isChecked;
  made.addEventListener('change', () => onChange(made.checked));
  return made;
}

/** A field of one line, whose label is read but not shown: the placeholder says what it is for. */
export function textField(label: string, value: string, onInput: (value: string) => void): HTMLElement {
  const made = element('vscode-text-field', { placeholder: label, 'aria-label': label }) as Valued;
  made.value = value;
  made.addEventListener('input', () => onInput(made.value));
  return made;
}

/** A choice of one out of several. */
export function dropdown(
  label: string,
  options: readonly { readonly id: string; readonly title: string }[],
  chosen: string,
  onChoose: (id: string) => void,
): HTMLElement {
  const made = element(
    'vscode-dropdown',
    { 'aria-label': label },
    options.map(({ id, title }) => element('vscode-option', { value: id }, [title])),
  ) as Valued;
  // The element knows its options only once it is in the page.
  made.addEventListener('change', () => onChoose(made.value));
  requestAnimationFrame(() => (made.value = chosen));
  return made;
}
