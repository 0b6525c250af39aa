import { type FilePath } from '../model/file-path';
import { type Finding } from '../model/finding';
import { type Clock, type Log } from '../model/ports';
import { finish, finishInSlices, type Steps } from '../model/steps';
import { type Judge, type Verdict } from '../rules/judge';
import { type Snapshot } from '../workspace/snapshot';
import { type Workspace } from '../workspace/workspace';
import { describeError } from './safe';

export interface ScheduleListener {
  /** Pass A has judged an open document by its own text. */
  fileJudged(path: FilePath, findings: readonly Finding[]): void;
  /** Pass B has judged the whole root. */
  rootJudged(verdict: Verdict, snapshot: Snapshot): void;
}

export interface ScheduleOptions {
  readonly workspace: Workspace;
  readonly judge: Judge;
  /** False for documents outside every root: they get pass A alone. */
  readonly links: boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly listener: ScheduleListener;
}

/** Decides when the two passes run over one root. */
export interface Schedule {
  /** The text of an open document changed: judged at once, or as soon as the running slice ends. */
  changed(path: FilePath): void;
  /** Something else changed (disk, configuration). */
  wake(): void;
  /** Does pass A of a document now if it is still due; what is reported afterwards fits its text. */
  settle(path: FilePath): void;
  /** Ends when nothing is left to do. */
  idle(): Promise<void>;
  /** Compares all known files with the disk, then does what that asks for. */
  sweep(): Promise<void>;
  stop(): void;
}

/**
 * No waiting: the first change is judged at once; changes that arrive while pass B runs cancel it at the end of its
 * slice, and all of them are taken together (design 2, "An edit").
 */
export function createSchedule({ workspace, judge, links, clock, log, listener }: ScheduleOptions): Schedule {
  const due = new Set<FilePath>();
  let running: Promise<void> | undefined;
  let judged: Snapshot | undefined;
  let isStopped = false;

  const failed = (path: FilePath, error: unknown): void =>
    log.write('error', 'a document could not be judged', { path, reason: describeError(error) });
  const passAAtOnce = (path: FilePath): void => {
    due.delete(path);
    const file = workspace.openFile(path);
    if (file === undefined) return;
    try {
      listener.fileJudged(path, finish(judge.judgeFile(file, workspace.snapshot)));
    } catch (error) {
      failed(path, error);
    }
  };
  // Due until it is done: who cannot wait does it at once, and a change begins it anew.
  const passA = async (path: FilePath): Promise<void> => {
    const file = workspace.openFile(path);
    const isOver = (): boolean => isStopped || !due.has(path) || workspace.openFile(path) !== file;
    try {
      const findings = file && (await finishInSlices(judge.judgeFile(file, workspace.snapshot), clock, isOver));
      if (isOver()) return;
      due.delete(path);
      if (findings !== undefined) listener.fileJudged(path, findings);
    } catch (error) {
      due.delete(path);
      failed(path, error);
    }
  };
  const openPaths = (): FilePath[] => [...workspace.openFiles()].map(({ path }) => path);
  function* passB(): Steps<{ snapshot: Snapshot; verdict: Verdict }> {
    const snapshot =
      workspace.isStale || workspace.snapshot === undefined ? yield* workspace.link() : workspace.snapshot;
    return { snapshot, verdict: yield* judge.judge(snapshot, openPaths()) };
  }
  const isBehind = (): boolean => links && (workspace.isStale || judged === undefined || judged !== workspace.snapshot);
  // Messages that are on their way come first: questions about what was just typed, documents being opened. A client hands
  // them over one after the other, and turns of the event loop that find nothing are over before the next one is here.
  const listen = (): Promise<void> => new Promise((resolve) => clock.after(1, resolve));
  const run = async (): Promise<void> => {
    while (!isStopped && (due.size > 0 || isBehind())) {
      if (due.size > 0) await listen();
      for (const path of due) await passA(path);
      if (due.size > 0 || !isBehind()) continue;
      await listen();
      if (due.size > 0) continue;
      if (workspace.snapshot === undefined) {
        // Reading the repository is never begun anew because somebody types; what was typed is linked afterwards.
        await finishInSlices(workspace.link(), clock, () => {
          for (const path of due) passAAtOnce(path);
          return isStopped;
        });
        continue;
      }
      const result = await finishInSlices(passB(), clock, () => isStopped || due.size > 0);
      if (result === undefined) continue;
      judged = result.snapshot;
      listener.rootJudged(result.verdict, result.snapshot);
    }
  };
  // A pass that throws ends the run; the next change starts another, so one fault cannot make a busy loop.
  const start = (): void => {
    if (isStopped) return;
    running ??= run()
      .catch((error: unknown) => log.write('error', 'the analysis failed', { reason: describeError(error) }))
      .finally(() => {
        running = undefined;
      });
  };
  const sweep = async (): Promise<void> => {
    try {
      await finishInSlices(workspace.sweep(), clock, () => isStopped);
    } catch (error) {
      log.write('error', 'looking for lost changes failed', { reason: describeError(error) });
    }
    start();
  };
  return {
    changed(path) {
      due.add(path);
      start();
    },
    wake: start,
    settle(path) {
      if (due.has(path)) passAAtOnce(path);
    },
    async idle() {
      while (running !== undefined) await running;
    },
    sweep,
    stop() {
      isStopped = true;
    },
  };
}
