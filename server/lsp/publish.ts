import { type Diagnostic } from 'vscode-languageserver/node';
import { type FilePath } from '../model/file-path';
import { type FileReport } from './board';

/** `textDocument/publishDiagnostics` as we send it. */
export interface Publication {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: Diagnostic[];
}

export interface PublishOptions {
  readonly uriOf: (path: FilePath) => string;
  readonly versionOf: (path: FilePath) => number | undefined;
  readonly diagnosticsOf: (report: FileReport) => Diagnostic[];
  readonly send: (publication: Publication) => void;
}

/** Sends findings to clients that do not pull. */
export interface Publisher {
  /** The document changed: sent even when equal, since the client has moved or dropped what it showed. */
  publish(path: FilePath, report: FileReport | undefined): void;
  /** Sends what differs from what the client was last told. */
  publishDifferences(reports: Iterable<FileReport>): void;
  /** The client shows nothing of a document that was closed and lies outside every root. */
  forget(path: FilePath): void;
}

export function createPublisher({ uriOf, versionOf, diagnosticsOf, send }: PublishOptions): Publisher {
  const sent = new Map<FilePath, { readonly resultId: string; readonly version: number | undefined }>();
  const publish = (path: FilePath, report: FileReport | undefined): void => {
    const version = versionOf(path);
    const diagnostics = report === undefined ? [] : diagnosticsOf(report);
    sent.set(path, { resultId: report?.resultId ?? '', version });
    send({ uri: uriOf(path), ...(version === undefined ? {} : { version }), diagnostics });
  };
  return {
    publish,
    publishDifferences(reports) {
      for (const report of reports) {
        const last = sent.get(report.path);
        if (last === undefined ? report.findings.length === 0 : last.resultId === report.resultId) continue;
        publish(report.path, report);
      }
    },
    forget(path) {
      if (sent.delete(path)) send({ uri: uriOf(path), diagnostics: [] });
    },
  };
}
