import {
  type Connection,
  type DocumentDiagnosticReport,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import { type Log } from '../model/ports';
import { pullDocument, type WorkspacePull } from './pull';
import { safely } from './safe';
import { type Session } from './session';

/** URI of an open document → id of the result its client holds. */
export type PulledVersions = Map<string, string>;

export interface PullOptions {
  readonly connection: Connection;
  readonly log: Log;
  readonly session: Promise<Session>;
  readonly workspacePull: WorkspacePull;
  readonly pulled: PulledVersions;
}

/** Answers both pull requests. */
export function answerPulls({ connection, log, session, workspacePull, pulled }: PullOptions): void {
  const nothing: DocumentDiagnosticReport = { kind: 'full', items: [] };
  connection.languages.diagnostics.on(
    safely(log, 'textDocument/diagnostic', nothing, async ({ textDocument: { uri }, previousResultId }) => {
      const at = (await session).place(uri);
      const file = at?.in.pulled(at.path);
      pulled.set(uri, file?.resultId ?? '');
      return pullDocument(file, previousResultId);
    }),
  );
  const unheld: WorkspaceDiagnosticReport = { items: [] };
  connection.languages.diagnostics.onWorkspace((params, token, _progress, stream) =>
    safely(log, 'workspace/diagnostic', unheld, async ({ previousResultIds }: typeof params) => {
      await session;
      const previous = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
      return workspacePull.hold(previous, stream === undefined ? undefined : (part) => stream.report(part), token);
    })(params, token),
  );
}
