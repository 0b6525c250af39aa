import { type BuildResult, type RenderedObject } from '../build/build';
import { objectDifference } from '../build/object-difference';
import { baseName, directoryOf, type FilePath } from '../model/file-path';
import { type DocumentRef } from '../model/resource';
import { pauseEvery, type Steps } from '../model/steps';
import { differingBuilds } from '../workspace/build-map';
import { type Cluster, type RenderedCluster } from '../workspace/cluster';
import { type Snapshot } from '../workspace/snapshot';
import { type ClusterRule, type KustomizationRule, type ObjectRule, type Report } from './rule';
import { type Subject } from './place-report';
import { answers, WatchedCluster } from './watched-cluster';

type RenderedRule = ObjectRule | KustomizationRule | ClusterRule;

/** What a rule said about something rendered, and for which cluster. */
export interface RenderedReport {
  readonly rule: RenderedRule;
  readonly report: Report;
  readonly subject: Subject;
  readonly cluster: Cluster;
}

/** What is judged as one: an object, a build, or by a rule of clusters ({@link clusterUnit}) a cluster. */
type Unit = RenderedObject | BuildResult | string;

/** A unit as it was judged; judged again when an answer it got changes. */
interface JudgedUnit {
  readonly cluster: string;
  readonly asked: ReadonlySet<string>;
}

const clusterUnit = ({ code }: ClusterRule, path: string): string => `${code} ${path}`;

/** What came into a cluster and what went from it, with the cluster's path. */
interface Difference {
  readonly path: string;
  readonly come: readonly Unit[];
  readonly gone: readonly Unit[];
}

interface ClusterMemory {
  readonly builds: ReadonlyMap<string, BuildResult>;
}

const isSameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((key) => b.has(key));

/** Runs the rules on rendered objects, again only where something changed. */
export class ObjectPass {
  readonly #units = new Map<Unit, JudgedUnit>();
  readonly #reports = new Map<Unit, readonly RenderedReport[]>();
  readonly #askers = new Map<string, Set<Unit>>();
  /** Units to judge, each with the path of its cluster, and answers that changed, since the last pass that came to its end. */
  readonly #pending = new Map<Unit, string>();
  readonly #announced = new Set<string>();
  #clusters = new Map<string, ClusterMemory>();
  readonly #byKind = new Map<string, readonly ObjectRule[]>();
  readonly #clusterRules: readonly ClusterRule[];

  constructor(
    private readonly rules: readonly RenderedRule[],
    private readonly run: (rule: RenderedRule, check: () => void) => void,
  ) {
    this.#clusterRules = rules.filter((rule) => rule.scope === 'cluster');
  }

  /**
   * All reports on the snapshot. What is left to judge is remembered until it was judged, so a pass that is dropped
   * half-way loses nothing.
   * @param changed files that came, went or changed; they may alter answers about paths.
   */
  *reports(snapshot: Snapshot, changed: ReadonlySet<FilePath> | 'everything'): Steps<readonly RenderedReport[]> {
    if (changed === 'everything') this.#forgetEverything();
    else for (const path of changed) this.#announcePath(path);
    const clusters = new Map<string, ClusterMemory>();
    const differences: Difference[] = [];
    for (const cluster of snapshot.clusters) {
      const { path } = cluster.cluster;
      clusters.set(path, { builds: cluster.builds });
      differences.push(yield* this.#compare(cluster, this.#clusters.get(path)));
    }
    // Not before all is known: a pass that is dropped on the way must leave what it found.
    for (const { path, come, gone } of differences) {
      for (const unit of gone) this.#drop(unit);
      for (const unit of come) this.#pending.set(unit, path);
    }
    for (const [path, memory] of this.#clusters) if (!clusters.has(path)) this.#forgetCluster(path, memory);
    this.#clusters = clusters;
    for (const key of this.#announced) {
      for (const unit of this.#askers.get(key) ?? []) this.#pending.set(unit, this.#units.get(unit)?.cluster ?? '');
    }
    this.#announced.clear();
    if (this.#pending.size > 0) yield* this.#judgePending(snapshot);
    return [...this.#reports.values()].flat();
  }

  *#judgePending(snapshot: Snapshot): Steps<void> {
    const clusters = new Map(snapshot.clusters.map((cluster) => [cluster.cluster.path, cluster]));
    for (const [unit, path] of this.#pending) {
      const cluster = clusters.get(path);
      if (cluster === undefined) continue;
      if (typeof unit === 'string') this.#judgeCluster(snapshot, cluster, unit);
      else if ('objects' in unit) this.#judgeBuild(snapshot, cluster, unit);
      else this.#judgeObject(snapshot, cluster, unit);
      this.#pending.delete(unit);
      yield;
    }
    this.#pending.clear();
  }

  #announcePath(path: FilePath): void {
    if (baseName(path) === '.sourceignore') this.#announced.add(answers.ignoreFiles);
    for (let at = path; ; at = directoryOf(at)) {
      this.#announced.add(answers.path(at));
      if (at === '') break;
    }
  }

  /** Finds what came and what went, and announces both. */
  *#compare(cluster: RenderedCluster, before: ClusterMemory | undefined): Steps<Difference> {
    const { path } = cluster.cluster;
    const { come, gone } = differingBuilds(before?.builds, cluster.builds);
    if (come.length === 0 && gone.length === 0) return { path, come, gone };
    for (const build of come) this.#announceReaders(build, before?.builds.get(build.owner.key));
    for (const build of gone) this.#announceReaders(build, cluster.builds.get(build.owner.key));
    const lost: RenderedObject[] = [];
    const gained: RenderedObject[] = [];
    for (const build of come) {
      const { key } = build.owner;
      const old = before?.builds.get(key);
      if (old?.tree !== build.tree) this.#announced.add(answers.tree(path, key));
      const difference = objectDifference(old, build);
      lost.push(...difference.gone);
      for (const object of difference.come) {
        this.#announce(path, object);
        gained.push(object);
        if (gained.length % pauseEvery === 0) yield;
      }
    }
    for (const build of gone) if (!cluster.builds.has(build.owner.key)) lost.push(...build.objects);
    for (const object of lost) this.#announce(path, object);
    this.#announced.add(answers.everything(path));
    const holesBefore = new Set(gone.map((build) => build.holes));
    const hasOtherHoles = come.some(({ holes }) => holes.length > 0 && !holesBefore.delete(holes));
    if (hasOtherHoles || [...holesBefore].some((holes) => holes.length > 0)) this.#announced.add(answers.holes(path));
    const units = before === undefined ? this.#clusterRules.map((rule) => clusterUnit(rule, path)) : [];
    return { path, come: [...gained, ...come, ...units], gone: [...lost, ...gone] };
  }

  /** A build reads files that its other form does not. */
  #announceReaders(build: BuildResult, other: BuildResult | undefined): void {
    if (build.inputs === other?.inputs) return;
    for (const file of build.inputs.keys()) {
      if (other?.inputs.has(file) !== true) this.#announced.add(answers.readers(file));
    }
  }

  #announce(cluster: string, object: RenderedObject): void {
    this.#announced.add(answers.object(cluster, object.key));
    this.#announced.add(answers.kind(cluster, object.id.group, object.id.kind));
  }

  #forgetCluster(path: string, memory: ClusterMemory): void {
    for (const rule of this.#clusterRules) this.#drop(clusterUnit(rule, path));
    for (const build of memory.builds.values()) {
      this.#drop(build);
      this.#announceReaders(build, undefined);
      for (const object of build.objects) {
        this.#announce(path, object);
        this.#drop(object);
      }
    }
    this.#announced.add(answers.everything(path));
  }

  #forgetEverything(): void {
    this.#units.clear();
    this.#reports.clear();
    this.#askers.clear();
    this.#pending.clear();
    this.#announced.clear();
    this.#clusters = new Map();
  }

  #drop(unit: Unit): void {
    this.#pending.delete(unit);
    for (const key of this.#units.get(unit)?.asked ?? []) {
      const askers = this.#askers.get(key);
      askers?.delete(unit);
      if (askers?.size === 0) this.#askers.delete(key);
    }
    this.#units.delete(unit);
    this.#reports.delete(unit);
  }

  #judgeObject(snapshot: Snapshot, cluster: RenderedCluster, object: RenderedObject): void {
    const rules = object.isSample === true ? [] : this.#rulesFor(object);
    if (rules.length === 0) return;
    this.#judge(object, cluster, (note, reports) => {
      const watched = new WatchedCluster(cluster, note);
      for (const rule of rules) {
        const context = {
          cluster: watched,
          clustersReading: (file: FilePath) => {
            note(answers.readers(file));
            return snapshot.use(file)?.clusters ?? [];
          },
          otherClusters: () =>
            snapshot.clusters.filter((other) => other !== cluster).map((other) => new WatchedCluster(other, note)),
          report: (report: Report) =>
            void reports.push({ rule, report, subject: { object }, cluster: cluster.cluster }),
        };
        this.run(rule, () => rule.check(object, context));
      }
    });
  }

  #judgeBuild(snapshot: Snapshot, cluster: RenderedCluster, build: BuildResult): void {
    if (build.owner.object.isSample === true) return;
    this.#judge(build, cluster, (note, reports) => {
      const watched = new WatchedCluster(cluster, note);
      for (const rule of this.rules) {
        if (rule.scope !== 'kustomization') continue;
        const add = (subject: Subject, report: Report): void =>
          void reports.push({ rule, report, subject, cluster: cluster.cluster });
        const context = {
          cluster: watched,
          yaml: (file: FilePath) => {
            note(answers.path(file));
            return snapshot.yaml(file);
          },
          reportAt: (document: DocumentRef, report: Report): void => add({ document }, report),
          reportOn: (object: RenderedObject, report: Report): void => add({ object }, report),
        };
        this.run(rule, () => rule.check(build, context));
      }
    });
  }

  #judgeCluster(snapshot: Snapshot, cluster: RenderedCluster, unit: string): void {
    const rule = this.#clusterRules.find((candidate) => clusterUnit(candidate, cluster.cluster.path) === unit);
    if (rule === undefined) return;
    this.#judge(unit, cluster, (note, reports) => {
      const reportOn = (object: RenderedObject, report: Report): void =>
        void reports.push({ rule, report, subject: { object }, cluster: cluster.cluster });
      this.run(rule, () => rule.check(new WatchedCluster(cluster, note), { snapshot, reportOn }));
    });
  }

  #judge(
    unit: Unit,
    { cluster }: RenderedCluster,
    check: (note: (key: string) => void, reports: RenderedReport[]) => void,
  ): void {
    const asked = new Set<string>();
    const reports: RenderedReport[] = [];
    check((key) => asked.add(key), reports);
    const before = this.#units.get(unit);
    if (before?.cluster === cluster.path && isSameSet(before.asked, asked)) {
      // A rule of a whole cluster asks thousands of questions, and the same ones after most edits.
      this.#pending.delete(unit);
      if (reports.length > 0) this.#reports.set(unit, reports);
      else this.#reports.delete(unit);
      return;
    }
    this.#drop(unit);
    if (reports.length > 0) this.#reports.set(unit, reports);
    if (asked.size === 0 && reports.length === 0) return;
    for (const key of asked) {
      const askers = this.#askers.get(key);
      if (askers === undefined) this.#askers.set(key, new Set([unit]));
      else askers.add(unit);
    }
    this.#units.set(unit, { cluster: cluster.path, asked });
  }

  #rulesFor({ id }: RenderedObject): readonly ObjectRule[] {
    const kind = `${id.group}/${id.kind}`;
    let rules = this.#byKind.get(kind);
    if (rules === undefined) {
      rules = this.rules
        .filter((rule) => rule.scope === 'object')
        .filter((rule) => rule.kinds?.includes(kind) !== false);
      this.#byKind.set(kind, rules);
    }
    return rules;
  }
}
