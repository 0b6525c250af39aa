import { button } from '../controls/toolkit';
import { element } from '../controls/element';
import { type FileAction, type PageRow, type SecretHostMessage, type SecretPageMessage } from '../secret-protocol';
import { addForm, keyForm, valueForm } from './forms';
import { rowElement, type RowPart } from './row';

type Open = Extract<SecretHostMessage, { type: 'open' }>;
type Sealed = Extract<SecretHostMessage, { type: 'sealed' }>;

/** What is open below a row: at most one in the page. */
interface OpenPart {
  readonly id: string;
  readonly part: RowPart;
  /** Sends what was typed, if anything was. */
  readonly finish: () => void;
}

/** How long a value stays visible that nobody edits. */
const shownFor = 30_000;

const actionLabels: Readonly<Record<FileAction, string>> = {
  openText: 'Open as Text',
  retry: 'Try Again',
  look: 'Look at It Anyway',
  storeKey: 'Store Age Key',
  updateKeys: 'Update Keys',
  rotate: 'Rotate Data Key',
  compare: 'Compare Revisions',
  explain: 'Explain Decryption',
  reload: 'Reload from Disk',
  overwrite: 'Overwrite on Disk',
};

/** The page of an encrypted file. It holds the one value that is shown now, and drops it when that is hidden. */
export class SecretPage {
  private shown: Open | undefined;
  private opened: OpenPart | undefined;
  private timer: number | undefined;
  private readonly main = element('main');
  private readonly status = element('p', { class: 'status', role: 'status' });
  private readonly hosts = new Map<string, HTMLElement>();

  constructor(
    private readonly root: HTMLElement,
    private readonly post: (message: SecretPageMessage) => void,
  ) {
    root.replaceChildren(this.main);
  }

  receive(message: SecretHostMessage): void {
    if (message.type === 'open') this.showOpen(message);
    else if (message.type === 'sealed') this.showSealed(message);
    else if (message.type === 'refused') this.status.textContent = message.text;
    else if (message.revision !== this.shown?.revision) return;
    else if (message.type === 'focus') this.focusRow(message.id, message.text);
    else this.showValue(message.id, message.text);
  }

  /** Sends what was typed and hides what is shown. */
  leave(): void {
    const { opened } = this;
    this.close();
    opened?.finish();
  }

  private focusRow(id: string, text: string): void {
    const host = this.hosts.get(id);
    this.status.textContent = text;
    for (const other of this.hosts.values()) other.classList.toggle('wanted', other === host);
    host?.scrollIntoView({ block: 'center' });
    // What is changed there, or added to it.
    host?.querySelector<HTMLElement>('[data-part="edit"], [data-part="add"]')?.focus();
  }

  private showSealed(message: Sealed): void {
    this.close();
    this.shown = undefined;
    this.main.replaceChildren(
      element('h1', {}, [message.title]),
      this.toolbar(message),
      this.statusWith([message.reason, message.notice].filter((text) => text !== '').join(' ')),
      ...about(message),
      ...(message.attempts.length === 0
        ? []
        : [
            element('h2', {}, ['Where keys were looked for']),
            element(
              'ul',
              { class: 'attempts' },
              message.attempts.map(({ place, outcome }) => element('li', {}, [`${place}: ${outcome}`])),
            ),
          ]),
    );
    this.root.dataset['ready'] = 'sealed';
  }

  private showOpen(message: Open): void {
    const focused = document.activeElement?.closest<HTMLElement>('[data-id]')?.dataset['id'];
    this.close();
    this.shown = message;
    this.hosts.clear();
    const rows = message.rows.map((row) => {
      const made = rowElement(row, message.isReadOnly, (part) => this.press(row, part));
      this.hosts.set(row.id, made);
      return made;
    });
    this.main.replaceChildren(
      element('h1', {}, [message.title]),
      this.toolbar(message),
      this.statusWith(message.notice),
      ...about(message),
      element('h2', {}, ['Content']),
      element('ul', { class: 'rows', 'aria-label': 'Content' }, rows),
    );
    if (focused !== undefined) this.hosts.get(focused)?.querySelector<HTMLElement>('button')?.focus();
    this.root.dataset['ready'] = `open ${message.revision}`;
  }

  private statusWith(text: string): HTMLElement {
    this.status.textContent = text;
    return this.status;
  }

  private toolbar({ actions }: Pick<Open, 'actions'>): HTMLElement {
    return element(
      'div',
      { class: 'toolbar' },
      actions.map((action) => button(actionLabels[action], () => this.post({ type: 'act', action }))),
    );
  }

  private press(row: PageRow, part: RowPart): void {
    const { shown, opened } = this;
    if (shown === undefined) return;
    const { revision } = shown;
    const isSame = opened?.id === row.id && opened.part === part;
    this.leave();
    if (isSame) return;
    const { id } = row;
    switch (part) {
      case 'copy':
      case 'remove':
        this.post({ type: part, revision, id });
        break;
      case 'show':
      case 'edit':
        this.opened = { id, part, finish: () => undefined };
        this.post({ type: 'peek', revision, id });
        break;
      case 'rename':
        this.openForm(
          row,
          part,
          keyForm(row.label, (key) => this.post({ type: 'rename', revision, id, key })),
        );
        break;
      case 'add':
        this.openForm(
          row,
          part,
          addForm(row.adds === 'key', (key, valueType, text) =>
            this.post({ type: 'add', revision, id, key, valueType, text }),
          ),
        );
    }
  }

  private showValue(id: string, text: string): void {
    const { shown, opened } = this;
    const row = shown?.rows.find((one) => one.id === id);
    // It may have been hidden again before it came.
    if (shown === undefined || row === undefined || opened?.id !== id) return;
    const { revision } = shown;
    if (opened.part === 'show') {
      const value = element('pre', { class: 'content', tabindex: '0', 'aria-label': `Value of ${row.label}` }, [text]);
      this.hosts.get(id)?.append(element('div', { class: 'part' }, [value]));
      this.mark(row, 'show', true);
      this.timer = window.setTimeout(() => this.close(), shownFor);
    } else if (opened.part === 'edit') {
      const form = valueForm(row, text, (valueType, typed) =>
        this.post({ type: 'set', revision, id, valueType, text: typed }),
      );
      this.openForm(row, 'edit', form);
    }
  }

  private openForm(row: PageRow, part: RowPart, form: { element: HTMLElement; finish: () => void }): void {
    this.opened = { id: row.id, part, finish: form.finish };
    form.element.addEventListener('cancel', () => this.close());
    form.element.addEventListener('done', () => this.leave());
    this.hosts.get(row.id)?.append(element('div', { class: 'part' }, [form.element]));
    this.mark(row, part, true);
    form.element.querySelector<HTMLElement>('textarea, input, select')?.focus();
  }

  /** Takes away what is open below a row, and with it the value. */
  private close(): void {
    window.clearTimeout(this.timer);
    const { opened } = this;
    this.opened = undefined;
    if (opened === undefined) return;
    const host = this.hosts.get(opened.id);
    host?.querySelector('.part')?.remove();
    const pressed = host?.querySelector<HTMLElement>('button[aria-expanded="true"]');
    pressed?.setAttribute('aria-expanded', 'false');
    if (pressed?.dataset['part'] === 'show') pressed.textContent = 'Show';
  }

  private mark(row: PageRow, part: RowPart, isOpen: boolean): void {
    const pressed = this.hosts.get(row.id)?.querySelector<HTMLElement>(`button[data-part="${part}"]`);
    pressed?.setAttribute('aria-expanded', String(isOpen));
    if (part === 'show' && pressed) pressed.textContent = 'Hide';
  }
}

function about({ recipients, rule }: Pick<Open, 'recipients' | 'rule'>): HTMLElement[] {
  const lines = recipients.map(({ name, type, nickname }) =>
    element('li', {}, [
      ...(nickname === undefined ? [] : [element('strong', {}, [nickname]), ' ']),
      `${type} `,
      element('code', {}, [name]),
    ]),
  );
  return [
    ...(rule === '' ? [] : [element('p', {}, [rule])]),
    ...(lines.length === 0
      ? []
      : [element('h2', {}, ['Encrypted for']), element('ul', { class: 'recipients' }, lines)]),
  ];
}
