import { valueTypeNames } from '../../../schemas/sops/value-types';
import { describeFault } from '../describe-fault';
import { type ValueAddress } from '../fault';
import { closeFile, type OpenedFile } from '../operations/opened-file';
import { type Change, saveChanges } from '../operations/save';
import { equalPlain, type PlainType } from '../values/plain-value';
import { isKubernetesSecret } from './declared';
import { type SecretRow, rowsOf } from './rows';
import { shownText, typedValue } from './typed-text';

/** What somebody asks of a row, in typed text. */
export type RowEdit =
  | { readonly kind: 'set'; readonly id: string; readonly type: PlainType; readonly text: string }
  /** `id` is of the map, list or document; the key is left out of account for a list. */
  | { readonly kind: 'add'; readonly id: string; readonly key: string; readonly type: PlainType; readonly text: string }
  | { readonly kind: 'rename'; readonly id: string; readonly key: string }
  | { readonly kind: 'remove'; readonly id: string };

export type EditResult =
  /** `label` is for the list of what can be undone: a key, never a value. */
  | { readonly kind: 'edited'; readonly label: string; readonly before: OpenedFile; readonly after: OpenedFile }
  | { readonly kind: 'same' }
  | { readonly kind: 'refused'; readonly reason: string }
  /** It would put a value into the file in clear; asked for once more with `mayExpose` it is done. */
  | { readonly kind: 'exposes'; readonly reason: string };

const gone = { kind: 'refused', reason: 'The entry is not there any more.' } as const;

/**
 * An opened file while it is edited. Every state of it is a whole encrypted file that was read back, so saving, a backup and
 * undoing are a matter of taking one. The states are kept until it is closed.
 */
export class EditedSecret {
  private readonly states = new Set<OpenedFile>();
  private known: { readonly of: OpenedFile; readonly rows: readonly SecretRow[] } | undefined;
  /** Grows with every change of what is shown. */
  revision = 1;

  constructor(private shown: OpenedFile) {
    this.states.add(shown);
  }

  get current(): OpenedFile {
    return this.shown;
  }

  rows(): readonly SecretRow[] {
    if (this.known?.of !== this.shown) this.known = { of: this.shown, rows: rowsOf(this.shown) };
    return this.known.rows;
  }

  row(id: string): SecretRow | undefined {
    return this.rows().find((row) => row.id === id);
  }

  /** The row of an entry; undefined where there is none. */
  find(at: ValueAddress): SecretRow | undefined {
    const path = JSON.stringify([at.document, at.steps]);
    return this.rows().find(
      (row) => row.kind !== 'comment' && JSON.stringify([row.at.document, row.at.steps]) === path,
    );
  }

  /** The text of one value or comment; a fault is a sentence. */
  peek(id: string): { readonly text: string } | { readonly reason: string } {
    const row = this.row(id);
    if (row?.content === undefined) return { reason: 'There is no value to show.' };
    const text = shownText(row.content, row.isBase64) ?? (row.isBase64 ? shownText(row.content, false) : undefined);
    return text === undefined ? { reason: `${row.label} holds bytes that are no text.` } : { text };
  }

  /** Shows another state: one that was reached before, or what was made of the current one. */
  show(state: OpenedFile): void {
    this.states.add(state);
    this.shown = state;
    this.revision++;
  }

  /** @param now RFC 3339 in UTC, in whole seconds */
  edit(edit: RowEdit, now: string, mayExpose = false): EditResult {
    const row = this.row(edit.id);
    if (row === undefined) return gone;
    const change = changeOf(row, edit, this.rows(), this.shown);
    if ('refused' in change) return { kind: 'refused', reason: change.refused };
    if (change.kind === 'set' && row.content !== undefined && 'value' in row.content) {
      if (equalPlain(row.content.value, change.value)) return { kind: 'same' };
    }
    const before = this.shown;
    const saved = saveChanges(before, [change], now, mayExpose);
    if (!saved.ok) {
      const reason = describeFault(saved.fault);
      return { kind: saved.fault.kind === 'would-expose' ? 'exposes' : 'refused', reason };
    }
    const after = saved.value;
    // A value that was empty is a new one, too: what was chosen to stand in clear had a value before.
    const isNew = change.kind === 'add' || (change.kind === 'set' && row.isEmpty);
    if (isNew && !mayExpose && isClear(after, change.at)) {
      closeFile(after);
      const reason = `${nameOf(change.at)} would be written in clear, since the rule of the file does not encrypt it there.`;
      return { kind: 'exposes', reason };
    }
    this.show(after);
    return { kind: 'edited', label: labelOf(change), before, after };
  }

  /** Overwrites the values and keys of every state. */
  close(): void {
    for (const state of this.states) closeFile(state);
    this.states.clear();
    this.known = undefined;
  }
}

function changeOf(
  row: SecretRow,
  edit: RowEdit,
  rows: readonly SecretRow[],
  opened: OpenedFile,
): Change | { readonly refused: string } {
  switch (edit.kind) {
    case 'remove':
      return { kind: 'remove', at: row.at };
    case 'rename':
      return edit.key === '' ? { refused: 'A key needs a name.' } : { kind: 'rename', at: row.at, key: edit.key };
    case 'set': {
      if (row.kind !== 'value') return { refused: 'This entry has no value to change.' };
      const value = typedValue(edit.type, edit.text, row.isBase64);
      if (value === undefined) return { refused: `What was typed is no ${valueTypeNames[edit.type]}.` };
      return { kind: 'set', at: row.at, value };
    }
    case 'add': {
      const step = row.kind === 'list' ? itemsOf(row, rows) : edit.key;
      if (step === '') return { refused: 'A key needs a name.' };
      if (row.kind !== 'list' && row.kind !== 'map' && row.kind !== 'document')
        return { refused: 'Nothing can be added here.' };
      const at = { document: row.at.document, steps: [...row.at.steps, step] };
      const value = typedValue(edit.type, edit.text, isBase64Place(opened, at));
      if (value === undefined) return { refused: `What was typed is no ${valueTypeNames[edit.type]}.` };
      return { kind: 'add', at, value };
    }
  }
}

const itemsOf = ({ at }: SecretRow, rows: readonly SecretRow[]): number =>
  rows.filter((row) => row.kind !== 'comment' && row.depth === at.steps.length + 1 && isBelow(row.at, at)).length;

const isBelow = (inner: ValueAddress, outer: ValueAddress): boolean =>
  inner.document === outer.document && outer.steps.every((step, index) => inner.steps[index] === step);

const isBase64Place = (opened: OpenedFile, { document, steps }: ValueAddress): boolean =>
  steps.length === 2 && steps[0] === 'data' && isKubernetesSecret(opened, document);

function isClear(file: OpenedFile, at: ValueAddress): boolean {
  const path = JSON.stringify(at.steps);
  const found = file.tree.values.find(
    ({ at: other }) => other.document === at.document && JSON.stringify(other.steps) === path,
  );
  return found !== undefined && !found.isEncrypted && found.value.bytes.length > 0;
}

const nameOf = ({ steps }: ValueAddress): string => steps.join('.');

function labelOf(change: Change): string {
  const name = nameOf(change.at);
  switch (change.kind) {
    case 'set':
      return `Change ${name}`;
    case 'add':
      return `Add ${name}`;
    case 'remove':
      return `Remove ${name}`;
    case 'rename':
      return `Rename ${name}`;
  }
}
