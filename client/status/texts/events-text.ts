import { boundedText } from '../live/bounded-text';

/** What is shown of an event; times are RFC 3339, empty when the server gives none. */
export interface ShownEvent {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly last: string;
  readonly source: string;
  readonly revision: string;
}

/** Events one below the other, newest first as given; the text says so when there are none. */
export function eventsText(subject: string, events: readonly ShownEvent[]): string {
  const head = `Events of ${subject}, newest first`;
  if (events.length === 0)
    return `${head}\n\nThe cluster keeps none. It forgets events after an hour unless it is told otherwise.\n`;
  const entries = events.map(({ type, reason, message, count, last, source, revision }) => {
    const facts = [last || 'at an unknown time', type, reason, source, count > 1 ? `${count} times` : '', revision];
    const text = boundedText(message).trim().replaceAll('\n', '\n    ');
    return `${facts
      .filter(Boolean)
      .map((fact) => boundedText(fact, 200))
      .join('  ')}\n    ${text}`;
  });
  return `${[head, ...entries].join('\n\n')}\n`;
}
