import * as vscode from 'vscode';
import { FollowedLog, type FollowedLine, type LineStream } from '../../status/followed-log';
import { machineClock } from '../../status/clock';
import { logLinesText } from '../../status/texts/log-lines-text';
import type { LiveDocuments } from '../../views/live/live-documents';
import { type Command } from '../command';

const followedKey = 'fluxwright.followedLogs';
/** What stops each text that is followed now, by its URI. */
const following = new Map<string, () => void>();

/** A text of lines that is open already. */
export interface OpenLog {
  readonly documents: LiveDocuments;
  readonly place: readonly string[];
  readonly title: string;
  /** `Kustomization flux-system/apps in staging`. */
  readonly subject: string;
}

/** Goes on with the lines of a text as they are written, until it is closed or the user stops that. */
export async function followLog(
  { documents, place, title, subject }: OpenLog,
  first: readonly FollowedLine[],
  stream: LineStream,
): Promise<void> {
  const write = (since: string): vscode.Uri =>
    documents.put(place, title, logLinesText(subject, `of the last hour${since}`, log.lines));
  const log = new FollowedLog(machineClock, stream, first, () => write(' and as they are written'));
  const uri = write(' and as they are written');
  const key = uri.toString();
  following.get(key)?.();
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  following.set(key, stop);
  tell();
  const seen = documents.onceUnseen(uri, stop);
  const atEnd = keepAtEnd(key);
  try {
    const failure = await log.follow(controller.signal);
    const ended = failure === undefined ? 'no longer followed' : `no longer followed: ${failure}`;
    // Nobody reads what nobody sees, and another run may write there by now.
    if (following.get(key) === stop) write(`; ${ended}`);
  } finally {
    seen.dispose();
    atEnd.dispose();
    if (following.get(key) === stop) following.delete(key);
    tell();
  }
}

/** Stops following the lines of a text. @param argument its URI, as the title of an editor hands it */
export const stopFollowing: Command['run'] = (_, argument) => {
  const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  if (uri !== undefined) following.get(uri.toString())?.();
};

function tell(): void {
  void vscode.commands.executeCommand('setContext', followedKey, [...following.keys()]);
}

/** An editor that shows the end of a text goes on doing so. */
function keepAtEnd(key: string): vscode.Disposable {
  const atEnd = new Set<vscode.TextEditor>();
  return vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor, visibleRanges }) => {
      const last = visibleRanges.at(-1)?.end.line ?? 0;
      if (textEditor.document.uri.toString() !== key || last < textEditor.document.lineCount - 2) {
        atEnd.delete(textEditor);
      } else atEnd.add(textEditor);
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.toString() !== key) return;
      const end = new vscode.Position(document.lineCount, 0);
      for (const editor of atEnd) if (editor.document === document) editor.revealRange(new vscode.Range(end, end));
    }),
  );
}
