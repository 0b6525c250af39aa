import * as vscode from 'vscode';
import { differenceText } from '../../../status/in-file/in-file-texts';
import { type FileDifference } from '../../../status/in-file/file-difference';
import { type ObjectInFile } from '../../../status/in-file/object-in-file';
import { type LiveView } from '../../../status/relations/live-view';
import { escapeMarkdown, tooltipMarkdown } from '../../../status/tree/tooltip-markdown';
import { tooltipOf } from '../../../status/tree/tooltip';
import { type RecentEvents } from '../recent-events';

const mostClusters = 3;

/** What a hover over the name says: everything about the object in each cluster, with its last events. */
export async function hoverOf(
  view: LiveView,
  objects: readonly ObjectInFile[],
  difference: (commit: string | undefined) => FileDifference | undefined,
  events: RecentEvents,
  token: vscode.CancellationToken,
): Promise<vscode.MarkdownString[]> {
  const live = objects.filter((object) => object.kind === 'live').slice(0, mostClusters);
  const parts = await Promise.all(
    live.map(async ({ id, revision }) => {
      const tooltip = tooltipOf(view, id, await events.of(id, token));
      if (tooltip === undefined) return [];
      const note = revision.text === '' ? '' : differenceText(difference(revision.commit) ?? 'same');
      const said = note === '' ? '' : `\n\n${escapeMarkdown(`${revision.text}: ${note}.`)}`;
      return [markdownOf(tooltipMarkdown(tooltip) + said)];
    }),
  );
  return parts.flat();
}

/** Markdown that may do nothing. */
export function markdownOf(text: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(text);
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  return markdown;
}
