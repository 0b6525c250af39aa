import { boundedText, firstLine } from '../live/bounded-text';

export type CheckState = 'open' | 'working' | 'done' | 'failed' | 'skipped';

/** One object of a plan and how far it is. */
export interface CheckItem {
  /** `Kind namespace/name`. */
  readonly label: string;
  readonly state: CheckState;
  readonly message: string;
}

const marks: Readonly<Record<CheckState, string>> = {
  open: '[ ]',
  working: '[…]',
  done: '[✓]',
  failed: '[✗]',
  skipped: '[–]',
};

/** The list as text; each state has its own mark. */
export function checklistText(title: string, items: readonly CheckItem[], end = ''): string {
  const lines = items.map(({ label, state, message }) => {
    const said = message === '' ? '' : ` – ${firstLine(message.replace(/\s+/g, ' '), 300)}`;
    return `${marks[state]} ${boundedText(label, 500)}${said}`;
  });
  return `${[title, '', ...lines, ...(end === '' ? [] : ['', end])].join('\n')}\n`;
}
