import { createNodeClock } from '../host/node-clock';
import { createNodeFiles } from '../host/node-files';
import { createNodeGit } from '../host/node-git';
import { createNodeLog } from '../host/node-log';
import { type Clock } from '../model/ports';
import { rules } from '../rules/index';
import { createJudge, type Verdict } from '../rules/judge';
import { configurationFile } from '../workspace/configuration';
import { readConfiguration } from '../workspace/configuration-file';
import { createSchemas } from '../workspace/schemas';
import { type Snapshot } from '../workspace/snapshot';
import { createWorkspace } from '../workspace/workspace';
import { nodeAt } from '../yaml/locate';
import { fileRangeOf } from '../yaml/position';
import { type Io, plain } from './io';
import { createKubernetes } from './kubernetes';
import { createProgress } from './progress';
import { type Target } from './target';

/** What is known of a folder, and what is wrong in it when that was asked. */
export interface Analysis {
  readonly snapshot: Snapshot;
  readonly verdict: Verdict | undefined;
  /** What it took, from the call on. */
  readonly seconds: () => number;
}

export interface AnalyseOptions {
  readonly judges: boolean;
  readonly isDebug: boolean;
}

/** Reads and judges a folder; on a terminal it says what takes long. */
export function analyse({ root, fluxVersion }: Target, io: Io, { judges, isDebug }: AnalyseOptions): Analysis {
  const clock: Clock = createNodeClock();
  const start = clock.now();
  const log = createNodeLog(isDebug ? 'debug' : 'error', (line) => io.err(line));
  const ports = { files: createNodeFiles(root), git: createNodeGit(root, clock, { runsPrograms: true }), clock, log };
  const progress = createProgress(io, clock);
  try {
    const workspace = createWorkspace(ports, fluxVersion === undefined ? {} : { fluxVersion });
    const snapshot = progress.run('Reading', workspace.link());
    const schemas = createSchemas(createKubernetes(io.programFolder));
    const verdict = judges ? progress.run('Checking', createJudge(rules, schemas, log).judge(snapshot)) : undefined;
    return { snapshot, verdict, seconds: () => (clock.now() - start) / 1000 };
  } finally {
    progress.end();
  }
}

/** Lines about what is wrong in `.fluxwright.yaml`, in the form of findings; empty when nothing is. */
export function configurationFaults(snapshot: Snapshot): string[] {
  const file = snapshot.yaml(configurationFile);
  const placed = file?.documents[0];
  if (file === undefined || placed === undefined) return [];
  return readConfiguration(file).faults.map(({ path, message }) => {
    const node = nodeAt(placed.document, path) ?? placed.document.root;
    const { start } = fileRangeOf(placed, { start: node?.start ?? 0, end: node?.start ?? 0 });
    return `${configurationFile}:${start.line + 1}:${start.character + 1}: error configuration ${plain(message)}`;
  });
}
