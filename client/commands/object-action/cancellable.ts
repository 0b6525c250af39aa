import * as vscode from 'vscode';

const patience = 3_000;

/** Tells how far work has come, in one line. */
export type Report = (message: string) => void;

/** A row of the view that shows the work; it can be cancelled there. */
export interface WorkingRow {
  /** Shows that work is done until the result is called. */
  readonly begin: (cancel: () => void) => () => void;
  /** The view that shows the row, and its progress. */
  readonly viewId: string;
}

/**
 * Runs work under progress that can be cancelled. Started from a row, it shows as the progress of the view, with a Cancel on the
 * row, and after three seconds as a notification, too.
 */
export async function runCancellable<T>(
  title: string,
  from: WorkingRow | 'palette',
  work: (report: Report, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const listeners = new Set<Report>();
  let last = '';
  const done = work((message) => {
    last = message;
    for (const listener of listeners) listener(message);
  }, controller.signal);
  const settled = done.then(
    () => undefined,
    () => undefined,
  );
  const notify = (): void => {
    const location = vscode.ProgressLocation.Notification;
    void vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) => {
      token.onCancellationRequested(() => controller.abort());
      const listener: Report = (message) => progress.report({ message });
      listeners.add(listener);
      if (last !== '') listener(last);
      return settled;
    });
  };
  if (from === 'palette') notify();
  else void vscode.window.withProgress({ location: { viewId: from.viewId } }, () => settled);
  const end = from === 'palette' ? undefined : from.begin(() => controller.abort());
  const timer = from === 'palette' ? undefined : setTimeout(notify, patience);
  try {
    return await done;
  } finally {
    clearTimeout(timer);
    end?.();
  }
}
