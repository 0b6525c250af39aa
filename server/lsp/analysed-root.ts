import { type Diagnostic } from 'vscode-languageserver/node';
import { type FilePath } from '../model/file-path';
import { type Severity } from '../model/finding';
import { type Clock, type Log } from '../model/ports';
import { type Verdict } from '../rules/judge';
import { type Board, createBoard, type FileReport } from './board';
import { type ClientSupport } from './client-support';
import { type Documents, type OpenDocument } from './documents';
import { createPublisher, type Publication } from './publish';
import { type PulledFile } from './pull';
import { type Root } from './root';
import { createSchedule, type Schedule } from './schedule';
import { textLines } from './text-lines';
import { type DiagnosticContext, toDiagnostics } from './to-lsp';

export interface AnalysedRootOptions {
  readonly root: Root;
  readonly support: ClientSupport;
  readonly documents: Documents;
  readonly clock: Clock;
  readonly log: Log;
  readonly override: (code: string) => Severity | 'off' | undefined;
  readonly publish: (publication: Publication) => void;
  /** Pass B ended; `changed` are the URIs whose findings differ. */
  readonly judged: (generation: number, changed: readonly string[]) => void;
}

/** A root with its schedule and what is known to be wrong in it. */
export interface AnalysedRoot {
  readonly root: Root;
  readonly schedule: Schedule;
  readonly context: DiagnosticContext;
  /** Text of an open document, with pass A at once; its path is kept until it is closed. */
  open(path: FilePath, document: OpenDocument): void;
  change(path: FilePath, document: OpenDocument): void;
  close(path: FilePath): void;
  /** URI as the client spells it. */
  readonly uriOf: (path: FilePath) => string;
  pulled(path: FilePath): PulledFile | undefined;
  pulledFiles(): Iterable<PulledFile>;
  /** Findings look different to the client now. */
  refresh(): void;
  /** The folder left the workspace: nothing of it is shown or analysed any more. */
  end(): void;
}

export function createAnalysedRoot(options: AnalysedRootOptions): AnalysedRoot {
  const { root, support, documents, clock, log } = options;
  const { workspace } = root;
  const board: Board = createBoard();
  const openUris = new Map<FilePath, string>();
  const uriOf = (path: FilePath): string => openUris.get(path) ?? root.uriOf(path);
  const documentOf = (path: FilePath): OpenDocument | undefined => documents.get(openUris.get(path) ?? '');
  const context: DiagnosticContext = {
    support,
    uriOf,
    linesOf: (path) => documentOf(path)?.lines ?? textLines(workspace.snapshot?.yaml(path)?.text ?? ''),
    versionOf: (path) => documentOf(path)?.version,
    override: options.override,
  };
  const diagnosticsOf = (report: FileReport): Diagnostic[] => toDiagnostics(report.findings, context);
  const publisher = support.pull
    ? undefined
    : createPublisher({ uriOf, versionOf: context.versionOf, diagnosticsOf, send: options.publish });
  const rootJudged = (verdict: Verdict): void => {
    const changed: string[] = [];
    for (const report of board.reports())
      if (!verdict.findings.has(report.path) && report.findings.length > 0) changed.push(uriOf(report.path));
    board.keepOnly(verdict.findings);
    for (const [path, findings] of verdict.findings) if (board.put(path, findings)) changed.push(uriOf(path));
    publisher?.publishDifferences(board.reports());
    options.judged(verdict.generation, changed);
  };
  const schedule = createSchedule({
    workspace,
    judge: root.judge,
    links: root.links,
    clock,
    log,
    listener: {
      fileJudged(path, findings) {
        board.put(path, findings);
        publisher?.publish(path, board.report(path));
      },
      rootJudged,
    },
  });
  const setText = (path: FilePath, { lines, version }: OpenDocument): void => {
    workspace.setText(path, lines.text, version);
    schedule.changed(path);
  };
  const pulledOf = (report: FileReport): PulledFile => ({
    uri: uriOf(report.path),
    version: context.versionOf(report.path),
    resultId: report.resultId,
    diagnostics: () => diagnosticsOf(report),
  });
  return {
    root,
    schedule,
    context,
    uriOf,
    open(path, document) {
      openUris.set(path, document.uri);
      setText(path, document);
    },
    change: setText,
    close(path) {
      openUris.delete(path);
      workspace.clearText(path);
      if (root.links) schedule.wake();
      else {
        board.put(path, []);
        publisher?.forget(path);
      }
    },
    pulled(path) {
      schedule.settle(path);
      const report = board.report(path);
      return report === undefined ? undefined : pulledOf(report);
    },
    *pulledFiles() {
      for (const report of board.reports()) yield pulledOf(report);
    },
    refresh() {
      board.restamp();
      publisher?.publishDifferences(board.reports());
    },
    end() {
      schedule.stop();
      for (const { path } of board.reports()) publisher?.forget(path);
    },
  };
}
