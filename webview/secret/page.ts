import { button } from '../controls/toolkit';
import { element } from '../controls/element';
import { type FileAction, type SecretHostMessage, type SecretPageMessage } from '../secret-protocol';
import { OpenRow } from './open-row';
import { rowElement } from './row';

type Open = Extract<SecretHostMessage, { type: 'open' }>;
type Sealed = Extract<SecretHostMessage, { type: 'sealed' }>;

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
  private readonly main = element('main');
  private readonly status = element('p', { class: 'status', role: 'status' });
  private readonly opened: OpenRow;

  constructor(
    private readonly root: HTMLElement,
    private readonly post: (message: SecretPageMessage) => void,
  ) {
    this.opened = new OpenRow(post);
    root.replaceChildren(this.main);
  }

  receive(message: SecretHostMessage): void {
    if (message.type === 'open') this.showOpen(message);
    else if (message.type === 'sealed') this.showSealed(message);
    else if (message.type === 'refused') {
      this.status.textContent = message.text;
      this.opened.answer(message.id, false);
    } else if (message.type === 'taken') this.opened.answer(message.id, true);
    else if (message.revision !== this.shown?.revision) return;
    else if (message.type === 'focus') this.focusRow(message.id, message.text);
    else this.opened.showValue(message.id, message.text);
  }

  /** Sends what was typed and hides what is shown. */
  leave(): void {
    this.opened.leave();
  }

  private focusRow(id: string, text: string): void {
    this.status.textContent = text;
    for (const row of this.main.querySelectorAll<HTMLElement>('.row')) {
      const isWanted = row.dataset['id'] === id;
      row.classList.toggle('wanted', isWanted);
      if (!isWanted) continue;
      row.scrollIntoView({ block: 'center' });
      // What is changed there, or added to it.
      row.querySelector<HTMLElement>('[data-part="edit"], [data-part="add"]')?.focus();
    }
  }

  private showSealed(message: Sealed): void {
    this.opened.forget();
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
    this.shown = message;
    const rows = message.rows.map((row) => ({
      row,
      element: rowElement(row, message.isReadOnly, (part) => this.opened.press(row, part)),
    }));
    this.main.replaceChildren(
      element('h1', {}, [message.title]),
      this.toolbar(message),
      this.statusWith(message.notice),
      ...about(message),
      element('h2', {}, ['Content']),
      element(
        'ul',
        { class: 'rows', 'aria-label': 'Content' },
        rows.map((one) => one.element),
      ),
    );
    rows
      .find(({ row }) => row.id === focused)
      ?.element.querySelector<HTMLElement>('button')
      ?.focus();
    const lost = this.opened.carryOver({ ...message, rows });
    if (lost !== undefined) this.statusWith([message.notice, lost].filter((text) => text !== '').join(' '));
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
