import { type FilePath } from '../../server/model/file-path';
import { type Files } from '../../server/model/ports';
import { finish } from '../../server/model/steps';
import { rules } from '../../server/rules/index';
import { createJudge, type Judge, type Verdict } from '../../server/rules/judge';
import { type Kubernetes } from '../../server/validation/kubernetes';
import { createSchemas } from '../../server/workspace/schemas';
import { type Snapshot } from '../../server/workspace/snapshot';
import { createWorkspace, type Workspace, type WorkspaceOptions } from '../../server/workspace/workspace';

/** A workspace and a judge over given files, with everything of the world left out. */
export interface Analysis {
  readonly workspace: Workspace;
  readonly judge: Judge;
  /** Messages at warning level and above, which no test expects. */
  readonly complaints: string[];
  run(): { snapshot: Snapshot; verdict: Verdict };
}

export function analyse(
  files: Files,
  options: WorkspaceOptions = {},
  kubernetes: () => Kubernetes | undefined = () => undefined,
): Analysis {
  const complaints: string[] = [];
  const log = {
    write: (level: string, message: string, fields?: object) => {
      if (level === 'warn' || level === 'error') complaints.push(`${message} ${JSON.stringify(fields ?? {})}`);
    },
  };
  const ports = {
    files,
    git: { remotes: () => undefined, isTracked: () => undefined },
    clock: {
      now: () => 0,
      yield: (callback: () => void) => callback(),
      after: (_: number, callback: () => void) => callback(),
    },
    log,
  };
  const workspace = createWorkspace(ports, options);
  const judge = createJudge(rules, createSchemas(kubernetes), log);
  return {
    workspace,
    judge,
    complaints,
    run: () => {
      const snapshot = finish(workspace.link());
      const open = [...workspace.openFiles()].map((file) => file.path);
      return { snapshot, verdict: finish(judge.judge(snapshot, open)) };
    },
  };
}

/** Everything an edit may alter, as comparable text: findings, clusters, what they apply and from which files. */
export function summarize({ snapshot, verdict }: { snapshot: Snapshot; verdict: Verdict }): unknown {
  const byPath = ([a]: readonly [FilePath, unknown], [b]: readonly [FilePath, unknown]): number => (a < b ? -1 : 1);
  return {
    findings: [...verdict.findings].sort(byPath),
    disabled: verdict.disabled,
    unapplied: snapshot.unapplied,
    clusters: snapshot.clusters.map(({ cluster, builds }) => ({
      path: cluster.path,
      flux: cluster.flux,
      evidence: cluster.evidence.map((evidence) => evidence.text),
      builds: [...builds.values()]
        .map((build) => ({
          key: build.owner.key,
          path: build.owner.path,
          objects: build.objects.map(({ key, resource, unknown, value, changes }) => [
            key,
            resource?.file,
            unknown,
            value,
            changes,
          ]),
          holes: build.holes.map((hole) => hole.message),
          faults: build.faults,
          inputs: [...build.inputs].sort(byPath),
        }))
        .sort((a, b) => (a.key < b.key ? -1 : 1)),
    })),
  };
}
