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

/** The list as text; each state has its own mark. What failed first stands above it with all that was said of it. */
export function checklistText(title: string, items: readonly CheckItem[], end = ''): string {
  const lines = items.map(({ label, state, message }) => {
    const said = message === '' ? '' : ` – ${firstLine(message.replace(/\s+/g, ' '), 300)}`;
    return `${marks[state]} ${boundedText(label, 500)}${said}`;
  });
  const failed = items.find(({ state }) => state === 'failed');
  const first = failed === undefined ? [] : [`Failed first: ${boundedText(failed.label, 500)}`, ...quoted(failed), ''];
  return `${[title, '', ...first, ...lines, ...(end === '' ? [] : ['', end])].join('\n')}\n`;
}

const quoted = ({ message }: CheckItem): readonly string[] =>
  message === ''
    ? []
    : boundedText(message.trim())
        .split('\n')
        .map((line) => `    ${line}`);
