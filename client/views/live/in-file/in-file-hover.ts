import * as vscode from 'vscode';
import { differenceText } from '../../../status/in-file/in-file-texts';
import { type FileDifference } from '../../../status/in-file/file-difference';
import { type ObjectInFile } from '../../../status/in-file/object-in-file';
import { type LiveView } from '../../../status/relations/live-view';
import { escapeMarkdown, tooltipMarkdown } from '../../../status/tree/tooltip-markdown';
import { tooltipOf } from '../../../status/tree/tooltip';
import { type RecentEvents } from '../recent-events';
import { type RecentLog } from '../recent-log';

const mostClusters = 3;

/** What a hover over the name says: everything about the object in each cluster, its last events and lines of its controller. */
export async function hoverOf(
  view: LiveView,
  objects: readonly ObjectInFile[],
  difference: (commit: string | undefined) => FileDifference | undefined,
  { events, log }: { readonly events: RecentEvents; readonly log: RecentLog },
  token: vscode.CancellationToken,
): Promise<vscode.MarkdownString[]> {
  const live = objects.filter((object) => object.kind === 'live').slice(0, mostClusters);
  const parts = await Promise.all(
    live.map(async ({ id, revision }) => {
      const [lastEvents, lastLines] = await Promise.all([events.of(id, token), log.of(id, token)]);
      const tooltip = tooltipOf(view, id, lastEvents);
      if (tooltip === undefined) return [];
      const note = revision.text === '' ? '' : differenceText(difference(revision.commit) ?? 'same');
      const age = tooltip.age === '' ? '' : `\n\nAge: ${tooltip.age}`;
      const said = note === '' ? '' : `\n\n${escapeMarkdown(`${revision.text}: ${note}.`)}`;
      return [markdownOf(tooltipMarkdown(tooltip) + age + logMarkdown(lastLines) + said)];
    }),
  );
  return parts.flat();
}

const logMarkdown = (lines: readonly string[] | undefined): string =>
  lines === undefined || lines.length === 0
    ? ''
    : `\n\nLast lines of its controller:  \n${lines.map(escapeMarkdown).join('  \n')}`;

/** Markdown that may do nothing. */
export function markdownOf(text: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(text);
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  return markdown;
}
