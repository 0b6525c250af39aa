import { boundedText } from '../live/bounded-text';
import { timeText, type Tooltip } from './tooltip';

// Everything that begins markup, an icon, a link or HTML. Line feeds would end a line of a list, so they become spaces.
const special = /[\\`*_{}[\]()<>#+\-.!|~&$:"'@/=^]/g;

/** A text of the cluster as Markdown that shows it and does nothing: no link, no picture, no icon, no HTML. */
export function escapeMarkdown(text: string): string {
  return boundedText(text)
    .replace(/\s+/g, ' ')
    .replace(special, (character) => `&#${character.charCodeAt(0)};`);
}

/** The tooltip as Markdown; trusted for nothing, since every text in it is escaped. */
export function tooltipMarkdown(tooltip: Tooltip): string {
  const { title, state, notes, lines, conditions, events } = tooltip;
  const parts = [`**${escapeMarkdown(title)}** — ${escapeMarkdown(state)}`];
  for (const note of notes) parts.push(escapeMarkdown(note));
  if (lines.length > 0) {
    parts.push(lines.map(([label, text]) => `${escapeMarkdown(label)}: ${escapeMarkdown(text)}`).join('  \n'));
  }
  if (conditions.length > 0) {
    // No table: the editor cuts off what is wider than its hover, and messages are.
    const rows = conditions.map(([type, status, reason, message]) => {
      const told = [`**${escapeMarkdown(type)}** ${escapeMarkdown(status)}`, escapeMarkdown(reason)].filter(Boolean);
      return `${told.join(' · ')}${message === '' ? '' : `: ${escapeMarkdown(message)}`}`;
    });
    parts.push(rows.join('  \n'));
  }
  if (events !== undefined && events.length > 0) {
    const rows = events.map(({ time, reason, message }) => {
      return `${escapeMarkdown(timeText(time))} ${escapeMarkdown(reason)}: ${escapeMarkdown(message)}`;
    });
    parts.push(rows.join('  \n'));
  }
  return parts.join('\n\n');
}
