import { firstLine } from '../../status/live/bounded-text';

/**
 * A text of a cluster for a notification: one line, and no link. The editor makes links, also such that run commands, of
 * what looks like `[text](command:…)`.
 */
export function noticeText(text: string, longest = 300): string {
  return firstLine(text.trim().replace(/\s+/g, ' '), longest).replace(/\]\s*\(/g, '] – (');
}
