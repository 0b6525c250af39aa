import {
  type CancellationToken,
  type Diagnostic,
  type DocumentDiagnosticReport,
  LSPErrorCodes,
  ResponseError,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';

/** Findings of one file in the words of the pull model. */
export interface PulledFile {
  readonly uri: string;
  readonly version: number | undefined;
  readonly resultId: string;
  diagnostics(): Diagnostic[];
}

/** `textDocument/diagnostic`: the whole list, or "unchanged" when the client has it. */
export function pullDocument(
  file: PulledFile | undefined,
  previousResultId: string | undefined,
): DocumentDiagnosticReport {
  if (file === undefined) return { kind: 'full', items: [] };
  const { resultId } = file;
  if (resultId === previousResultId) return { kind: 'unchanged', resultId };
  return { kind: 'full', resultId, items: file.diagnostics() };
}

/** Held `workspace/diagnostic` requests. */
export interface WorkspacePull {
  /**
   * Answers when there is something new: the client library asks again two seconds after each answer, so an answer
   * without news would be a poll. With `stream` the request stays open and every change is sent as a part of it.
   */
  hold(
    previous: ReadonlyMap<string, string>,
    stream: ((part: WorkspaceDiagnosticReport) => void) | undefined,
    token: CancellationToken,
  ): Promise<WorkspaceDiagnosticReport | ResponseError<never>>;
  /** New findings may be there: holders of requests are told what differs. */
  changed(): void;
  /** Answers everything that is held; nothing is held afterwards. */
  end(): void;
}

export function createWorkspacePull(files: () => Iterable<PulledFile>): WorkspacePull {
  const holders = new Set<() => void>();
  const end = new Set<() => void>();
  return {
    hold(previous, stream, token) {
      const known = new Map(previous);
      return new Promise((resolve) => {
        const finish = (answer: WorkspaceDiagnosticReport | ResponseError<never>): void => {
          holders.delete(tell);
          end.delete(stop);
          cancellation.dispose();
          resolve(answer);
        };
        const tell = (): void => {
          const items = takeNews(files(), known);
          if (items.length === 0) return;
          if (stream === undefined) finish({ items });
          else stream({ items });
        };
        const stop = (): void => finish({ items: [] });
        const cancellation = token.onCancellationRequested(() =>
          finish(new ResponseError<never>(LSPErrorCodes.RequestCancelled, 'The request was cancelled.')),
        );
        holders.add(tell);
        end.add(stop);
        tell();
      });
    },
    changed() {
      for (const tell of [...holders]) tell();
    },
    end() {
      for (const stop of [...end]) stop();
    },
  };
}

/** Full reports of what the client does not know yet; `known` is brought up to date. */
function takeNews(files: Iterable<PulledFile>, known: Map<string, string>): WorkspaceDocumentDiagnosticReport[] {
  const news: WorkspaceDocumentDiagnosticReport[] = [];
  for (const file of files) {
    const { uri, resultId, version } = file;
    if (known.get(uri) === resultId) continue;
    const items = file.diagnostics();
    // Never told and nothing to tell: silence is the same.
    if (items.length > 0 || known.has(uri)) news.push({ kind: 'full', uri, version: version ?? null, resultId, items });
    known.set(uri, resultId);
  }
  return news;
}
