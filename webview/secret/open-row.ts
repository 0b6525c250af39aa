import { element } from '../controls/element';
import { type PageRow, type PageValueType, type SecretPageMessage } from '../secret-protocol';
import { addForm, keyForm, type RowForm, valueForm } from './forms';
import { type RowPart } from './row';

/** The rows that are shown, each with its element. */
export interface ShownRows {
  readonly revision: number;
  readonly isReadOnly: boolean;
  readonly rows: readonly { readonly row: PageRow; readonly element: HTMLElement }[];
}

/** A value that was asked for or is shown, or a form. */
interface OpenPart {
  readonly id: string;
  readonly part: RowPart;
  readonly content: 'asked' | 'shown' | RowForm;
}

type Unnumbered<Message> = Message extends { readonly revision: number } ? Omit<Message, 'revision'> : never;

/** How long a value stays visible that nobody edits. */
const shownFor = 30_000;

/** What is open below a row: at most one in the page. */
export class OpenRow {
  private shown: ShownRows = { revision: 0, isReadOnly: true, rows: [] };
  private opened: OpenPart | undefined;
  /** Forms by their row whose content was sent and not answered: what is refused comes back. */
  private readonly sent = new Map<string, OpenPart>();
  private timer: number | undefined;

  constructor(private readonly post: (message: SecretPageMessage) => void) {}

  press(row: PageRow, part: RowPart): void {
    const { id } = row;
    const isSame = this.opened?.id === id && this.opened.part === part;
    this.leave();
    if (isSame) return;
    switch (part) {
      case 'copy':
      case 'remove':
        this.send({ type: part, id });
        break;
      case 'show':
      case 'edit':
        this.ask(id, part);
        break;
      case 'rename': {
        const send = (key: string): void => this.send({ type: 'rename', id, key });
        this.openForm(id, part, keyForm(row.label, send));
        break;
      }
      case 'add': {
        const send = (key: string, valueType: PageValueType, text: string): void =>
          this.send({ type: 'add', id, key, valueType, text });
        this.openForm(id, part, addForm(row.adds === 'key', send));
      }
    }
  }

  showValue(id: string, text: string): void {
    const { opened } = this;
    const found = this.find(id);
    // It may have been hidden again before it came.
    if (found === undefined || opened?.id !== id || opened.content !== 'asked') return;
    if (opened.part === 'edit') {
      const send = (valueType: PageValueType, typed: string): void =>
        this.send({ type: 'set', id, valueType, text: typed });
      this.openForm(id, 'edit', valueForm(found.row, text, send));
      return;
    }
    const label = `Value of ${found.row.label}`;
    const value = element('pre', { class: 'content', tabindex: '0', 'aria-label': label }, [text]);
    this.append({ ...opened, content: 'shown' }, value);
    this.timer = window.setTimeout(() => this.close(), shownFor);
  }

  /** Sends what was typed and hides what is shown. */
  leave(): void {
    const { opened } = this;
    if (opened === undefined || formOf(opened)?.finish() !== true) {
      this.close();
      return;
    }
    this.detach();
    this.sent.set(opened.id, opened);
  }

  /** The answer to what was sent: what was refused is not lost. */
  answer(id: string, isTaken: boolean): void {
    const sent = this.sent.get(id);
    if (sent === undefined) return;
    this.sent.delete(id);
    if (!isTaken && this.opened === undefined && this.find(id) !== undefined) this.attach(sent);
    else wipe(sent);
  }

  /**
   * Takes other rows: the file was edited, saved or changed elsewhere. What is being typed stays.
   * @returns a sentence where it cannot
   */
  carryOver(shown: ShownRows): string | undefined {
    const { opened } = this;
    this.detach();
    this.shown = shown;
    if (opened === undefined || opened.content === 'shown') return undefined;
    if (this.find(opened.id) !== undefined && !(shown.isReadOnly && opened.part !== 'show')) {
      if (opened.content === 'asked') this.ask(opened.id, opened.part);
      else this.attach(opened);
      return undefined;
    }
    wipe(opened);
    return opened.content === 'asked' ? undefined : 'The entry that was being edited is not there any more.';
  }

  /** Leaves nothing of what was shown or typed. */
  forget(): void {
    this.close();
    for (const sent of this.sent.values()) wipe(sent);
    this.sent.clear();
    this.shown = { revision: 0, isReadOnly: true, rows: [] };
  }

  private ask(id: string, part: RowPart): void {
    this.opened = { id, part, content: 'asked' };
    this.send({ type: 'peek', id });
  }

  private openForm(id: string, part: RowPart, form: RowForm): void {
    form.element.addEventListener('cancel', () => this.close());
    form.element.addEventListener('done', () => this.leave());
    form.element.addEventListener('save', () => {
      this.leave();
      this.post({ type: 'save' });
    });
    this.attach({ id, part, content: form });
  }

  private attach(opened: OpenPart): void {
    const form = formOf(opened);
    if (form === undefined) return;
    this.append(opened, form.element);
    form.focus();
  }

  private append(opened: OpenPart, content: HTMLElement): void {
    this.opened = opened;
    const host = this.find(opened.id)?.element;
    host?.append(element('div', { class: 'part' }, [content]));
    const pressed = host?.querySelector<HTMLElement>(`button[data-part="${opened.part}"]`);
    pressed?.setAttribute('aria-expanded', 'true');
    if (opened.part === 'show' && pressed) pressed.textContent = 'Hide';
  }

  /** Takes away what is open below a row, and with it the value. */
  private close(): void {
    const { opened } = this;
    this.detach();
    wipe(opened);
  }

  private detach(): void {
    window.clearTimeout(this.timer);
    const { opened } = this;
    this.opened = undefined;
    if (opened === undefined) return;
    const host = this.find(opened.id)?.element;
    host?.querySelector('.part')?.remove();
    const pressed = host?.querySelector<HTMLElement>('button[aria-expanded="true"]');
    pressed?.setAttribute('aria-expanded', 'false');
    if (pressed?.dataset['part'] === 'show') pressed.textContent = 'Show';
  }

  private find(id: string): ShownRows['rows'][number] | undefined {
    return this.shown.rows.find(({ row }) => row.id === id);
  }

  /** Ids are of the revision that is shown. */
  private send(message: Unnumbered<SecretPageMessage>): void {
    this.post({ ...message, revision: this.shown.revision });
  }
}

function formOf(opened: OpenPart | undefined): RowForm | undefined {
  return typeof opened?.content === 'object' ? opened.content : undefined;
}

function wipe(opened: OpenPart | undefined): void {
  formOf(opened)?.wipe();
}
