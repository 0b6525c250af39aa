import { boundedText } from '../live/bounded-text';

/** What is shown of a line that a controller wrote. */
export interface ShownLine {
  readonly controller: string;
  readonly time: string;
  readonly level: string;
  readonly message: string;
  readonly error: string;
}

/** Older lines are dropped beyond that many. */
export const mostLines = 5_000;

/**
 * Lines of controllers about one object, oldest first whatever order they came in.
 * @param since which lines: `of the last hour`
 */
export function logLinesText(subject: string, since: string, lines: readonly ShownLine[]): string {
  const head = `Lines of controllers about ${subject}, ${since}`;
  if (lines.length === 0) return `${head}\n\nThere are none.\n`;
  const sorted = [...lines].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  const shown = sorted.slice(-mostLines);
  const cut = shown.length < sorted.length ? [`The newest ${mostLines} of ${sorted.length} lines:`] : [];
  return `${[head, '', ...cut, ...shown.map((line) => logLineText(line))].join('\n')}\n`;
}

/** One line that a controller wrote, as one line of text. */
export function logLineText({ time, level, controller, message, error }: ShownLine, longest?: number): string {
  const said = boundedText([message, error].filter(Boolean).join(': '), longest).replace(/\s+/g, ' ');
  return [time, level.toUpperCase(), controller, said].filter(Boolean).join(' ');
}
