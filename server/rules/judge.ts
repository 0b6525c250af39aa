import { type BuildResult } from '../build/build';
import { objectDifference } from '../build/object-difference';
import { differingBuilds } from '../workspace/build-map';
import { type FilePath } from '../model/file-path';
import { type Finding } from '../model/finding';
import { type Log } from '../model/ports';
import { type DocumentRef } from '../model/resource';
import { finish, type Steps } from '../model/steps';
import { type Configuration, emptyConfiguration } from '../workspace/configuration';
import { assumedFlux } from '../workspace/flux-target';
import { type WorkspaceSchemas } from '../workspace/schemas';
import { type Snapshot } from '../workspace/snapshot';
import { type YamlFile } from '../yaml/file';
import { collect } from './collect';
import { DocumentPass, settingsOf } from './document-pass';
import { ObjectPass, type RenderedReport } from './object-pass';
import { FilePass } from './file-pass';
import { isIgnoredFile } from './ignored-file';
import { type DocumentRule, type FileRule, type Report, type Rule } from './rule';
import { toFinding } from './to-finding';

/** All findings of one snapshot, by file; files without findings are absent. Sorted by place, then code. */
export interface Verdict {
  readonly generation: number;
  readonly findings: ReadonlyMap<FilePath, readonly Finding[]>;
  /** Files whose findings differ from the verdict before. */
  readonly changed: ReadonlySet<FilePath>;
  /** Rules that threw: disabled for this generation, logged. */
  readonly disabled: readonly string[];
}

/** Runs the rules; keeps what it found for every unit whose inputs did not change. */
export interface Judge {
  /**
   * Pass A: findings of one open file by its own text; what the last verdict said about it from rendering is
   * added with ranges of unchanged documents moved along.
   */
  judgeFile(file: YamlFile, snapshot: Snapshot | undefined): Steps<readonly Finding[]>;
  /**
   * Pass B: everything, repeated only where an input changed.
   * @param open files judged even where no cluster reads them.
   */
  judge(snapshot: Snapshot, open?: Iterable<FilePath>): Steps<Verdict>;
}

/** A judge over one root. */
export function createJudge(rules: readonly Rule[], schemas: WorkspaceSchemas, log: Log): Judge {
  return new RootJudge(rules, schemas, log);
}

/** A pass that came to its end. */
interface JudgedSnapshot {
  readonly snapshot: Snapshot;
  readonly verdict: Verdict;
  /** Findings as they were found, of which the verdict was collected. */
  readonly found: ReadonlyMap<FilePath, readonly Finding[]>;
  readonly open: ReadonlySet<FilePath>;
}

class RootJudge implements Judge {
  readonly #rules: readonly Rule[];
  readonly #schemas: WorkspaceSchemas;
  readonly #log: Log;
  readonly #disabled = new Set<string>();
  readonly #documents: DocumentPass;
  readonly #files: FilePass;
  readonly #objects: ObjectPass;
  /** Findings from the text of each file, and from rendering by the file they show in. */
  readonly #fromText = new Map<FilePath, readonly Finding[]>();
  /** Files judged by passes since the last that came to its end. */
  readonly #unfinished = new Set<FilePath>();
  #fromRendering = new Map<FilePath, RenderedReport[]>();
  #last: JudgedSnapshot | undefined;

  constructor(rules: readonly Rule[], schemas: WorkspaceSchemas, log: Log) {
    this.#rules = rules;
    this.#schemas = schemas;
    this.#log = log;
    const run = (rule: Rule, check: () => void): void => this.#run(rule, check);
    const documentRules = rules.filter((rule): rule is DocumentRule => rule.scope === 'document');
    this.#documents = new DocumentPass(documentRules, run);
    this.#files = new FilePass(
      rules.filter((rule): rule is FileRule => rule.scope === 'file'),
      run,
    );
    this.#objects = new ObjectPass(
      rules.filter((rule) => rule.scope !== 'document' && rule.scope !== 'file' && rule.scope !== 'repository'),
      run,
    );
  }

  #run(rule: Rule, check: () => void): void {
    if (this.#disabled.has(rule.code)) return;
    try {
      check();
    } catch (error) {
      this.#disabled.add(rule.code);
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#log.write('error', 'a rule failed and is off until the next change', { code: rule.code, reason });
    }
  }

  *judgeFile(file: YamlFile, snapshot: Snapshot | undefined): Steps<readonly Finding[]> {
    const configuration = snapshot?.configuration ?? emptyConfiguration;
    if (isIgnoredFile(file.path, configuration)) return [];
    const read = (path: FilePath): YamlFile | undefined => (path === file.path ? file : snapshot?.yaml(path));
    const fromText = yield* this.#judgeText(file, snapshot, true);
    const rendered = (this.#fromRendering.get(file.path) ?? []).map((report) =>
      this.#place(report, configuration, read),
    );
    const ofFile = snapshot === undefined ? [] : this.#files.judge(file, snapshot);
    return collect([...fromText, ...ofFile, ...rendered.filter((finding) => finding?.file === file.path)]);
  }

  *#judgeText(file: YamlFile, snapshot: Snapshot | undefined, isOpen: boolean): Steps<Finding[]> {
    const schemas = this.#schemas.catalog(snapshot);
    const configuration = snapshot?.configuration ?? emptyConfiguration;
    const findings: (Finding | undefined)[] = [];
    const settingOf = settingsOf(file, snapshot, isOpen);
    for (let index = 0; index < file.documents.length; index++) {
      const setting = settingOf(index);
      if (setting === undefined) continue;
      const subject = { document: { file: file.path, document: index } };
      for (const { rule, report } of yield* this.#documents.reportsOf(file, index, setting, schemas)) {
        findings.push(
          toFinding(rule, report, subject, {
            configuration,
            read: () => file,
            targets: setting.targets,
            clusters: report.releases === undefined ? undefined : setting.clusters,
            resource: setting.rendered[0]?.resource === undefined ? undefined : setting.rendered[0].key,
          }),
        );
      }
      yield;
    }
    return findings.filter((finding) => finding !== undefined);
  }

  #place(
    { rule, report, subject, cluster }: RenderedReport,
    configuration: Configuration,
    read: (file: FilePath) => YamlFile | undefined,
  ): Finding | undefined {
    return toFinding(rule, report, subject, {
      configuration,
      read,
      targets: [cluster.flux],
      clusters: [cluster.path],
      resource: 'object' in subject ? subject.object.key : undefined,
    });
  }

  *judge(snapshot: Snapshot, open: Iterable<FilePath> = []): Steps<Verdict> {
    const openFiles = new Set(open);
    this.#disabled.clear();
    const before = this.#last;
    const isComparable = before !== undefined && hasSameFrame(before.snapshot, snapshot);
    const changed = isComparable ? snapshot.changedSince(before.snapshot.generation) : 'everything';
    // A pass that is dropped leaves `#last` alone; the files it came to are judged again by the next.
    const files = new Set<FilePath>(changed === 'everything' ? snapshot.judgedFiles() : changed);
    if (changed === 'everything') this.#fromText.clear();
    else addFilesOfChangedBuilds(before?.snapshot, snapshot, files);
    for (const file of openFiles) files.add(file);
    for (const file of before?.open ?? []) files.add(file);
    for (const file of this.#unfinished) files.add(file);
    for (const path of files) {
      this.#unfinished.add(path);
      const yaml = isIgnoredFile(path, snapshot.configuration) ? undefined : snapshot.yaml(path);
      const findings = yaml === undefined ? [] : yield* this.#judgeText(yaml, snapshot, openFiles.has(path));
      if (findings.length === 0) this.#fromText.delete(path);
      else this.#fromText.set(path, findings);
      yield;
    }
    const ofFiles = yield* this.#files.findings(snapshot, changed);
    const reports = yield* this.#objects.reports(snapshot, changed);
    const read = (path: FilePath): YamlFile | undefined => snapshot.yaml(path);
    const byFile = new Map<FilePath, Finding[]>();
    const add = (finding: Finding | undefined): void => {
      if (finding === undefined || isIgnoredFile(finding.file, snapshot.configuration)) return;
      const list = byFile.get(finding.file);
      if (list === undefined) byFile.set(finding.file, [finding]);
      else list.push(finding);
    };
    const rendering = new Map<FilePath, RenderedReport[]>();
    for (const report of reports) {
      const finding = this.#place(report, snapshot.configuration, read);
      add(finding);
      if (finding === undefined) continue;
      const list = rendering.get(finding.file);
      if (list === undefined) rendering.set(finding.file, [report]);
      else list.push(report);
      yield;
    }
    for (const findings of this.#fromText.values()) for (const finding of findings) add(finding);
    for (const findings of ofFiles) for (const finding of findings) add(finding);
    for (const finding of yield* this.#judgeRepository(snapshot)) add(finding);
    const findings = new Map<FilePath, readonly Finding[]>();
    const differing = new Set<FilePath>();
    for (const [file, list] of byFile) {
      const old = before?.verdict.findings.get(file);
      if (old !== undefined && isSameList(list, before?.found.get(file))) {
        findings.set(file, old);
        continue;
      }
      const now = collect(list);
      const isSame = JSON.stringify(old) === JSON.stringify(now);
      findings.set(file, isSame && old !== undefined ? old : now);
      if (!isSame) differing.add(file);
      yield;
    }
    for (const file of before?.verdict.findings.keys() ?? []) if (!findings.has(file)) differing.add(file);
    const verdict = { generation: snapshot.generation, findings, changed: differing, disabled: [...this.#disabled] };
    this.#unfinished.clear();
    this.#fromRendering = rendering;
    this.#last = { snapshot, verdict, found: byFile, open: openFiles };
    return verdict;
  }

  *#judgeRepository(snapshot: Snapshot): Steps<(Finding | undefined)[]> {
    const findings: (Finding | undefined)[] = [];
    const details = {
      configuration: snapshot.configuration,
      read: (path: FilePath) => snapshot.yaml(path),
      targets: snapshot.clusters.length === 0 ? [assumedFlux] : snapshot.clusters.map(({ cluster }) => cluster.flux),
      clusters: undefined,
      resource: undefined,
    };
    const reportWith =
      (rule: Rule) =>
      (document: DocumentRef, report: Report): void =>
        void findings.push(toFinding(rule, report, { document }, details));
    for (const rule of this.#rules.filter((candidate) => candidate.scope === 'repository')) {
      this.#run(rule, () => rule.check(snapshot, { reportAt: reportWith(rule) }));
      yield;
    }
    const [cluster] = snapshot.clusters;
    if (cluster === undefined) return findings;
    const overlays = yield* snapshot.unappliedOverlays();
    const yaml = (file: FilePath): YamlFile | undefined => snapshot.yaml(file);
    // Whoever will apply an overlay is not known, so there is nothing to say of it.
    const reportOn = (): void => undefined;
    for (const rule of this.#rules.filter((candidate) => candidate.scope === 'kustomization')) {
      for (const build of overlays) {
        this.#run(rule, () => rule.check(build, { cluster, yaml, reportAt: reportWith(rule), reportOn }));
        yield;
      }
    }
    return findings;
  }
}

/** True when both are judged by the same versions, settings and schemas. */
function hasSameFrame(before: Snapshot, now: Snapshot): boolean {
  const flux = ({ clusters }: Snapshot): string =>
    clusters.map(({ cluster }) => JSON.stringify([cluster.path, cluster.flux])).join();
  return (
    before.definitions === now.definitions &&
    before.guardsSecrets === now.guardsSecrets &&
    flux(before) === flux(now) &&
    JSON.stringify(before.configuration) === JSON.stringify(now.configuration)
  );
}

/** Files of which two snapshots know different things: how a build uses them, or an object that their documents declare. */
function addFilesOfChangedBuilds(before: Snapshot | undefined, now: Snapshot, files: Set<FilePath>): void {
  const builds = new Map(before?.clusters.map((cluster) => [cluster.cluster.path, cluster.builds]));
  for (const { cluster, builds: current } of now.clusters) {
    const old = builds.get(cluster.path);
    builds.delete(cluster.path);
    const { come, gone } = differingBuilds(old, current);
    for (const build of come) addDifferingFiles(old?.get(build.owner.key), build, files);
    for (const build of gone) if (!current.has(build.owner.key)) addDifferingFiles(build, undefined, files);
  }
  for (const old of builds.values()) for (const build of old.values()) addDifferingFiles(build, undefined, files);
}

function addDifferingFiles(before: BuildResult | undefined, now: BuildResult | undefined, files: Set<FilePath>): void {
  if (before === now) return;
  const { come, gone } = objectDifference(before, now);
  for (const { resource } of [...come, ...gone]) if (resource !== undefined) files.add(resource.file);
  if (before?.inputs === now?.inputs) return;
  for (const [one, other] of [
    [before, now],
    [now, before],
  ] as const) {
    for (const [file, role] of one?.inputs ?? []) if (other?.inputs.get(file) !== role) files.add(file);
  }
}

const isSameList = (now: readonly Finding[], before: readonly Finding[] | undefined): boolean =>
  now.length === before?.length && now.every((finding, index) => finding === before[index]);

/** Judges a snapshot to the end at once, for callers that have nothing else to do. */
export function judgeAll(judge: Judge, snapshot: Snapshot): Verdict {
  return finish(judge.judge(snapshot));
}
