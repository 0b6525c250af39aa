import { type Snapshot } from '../../workspace/snapshot';
import { kustomizationKeys } from '../kustomizations';

/** The figures that close a report. */
export interface Summary {
  /** YAML files below the root. */
  readonly files: number;
  /** Objects declared in the files that are judged; patches and what generators read declare none. */
  readonly resources: number;
  readonly clusters: number;
  /** Flux Kustomizations, counted once per cluster. */
  readonly kustomizations: number;
  /** Of these, how many were rendered. */
  readonly builds: number;
  readonly seconds: number;
}

/** @param seconds what the check took. */
export function summarise(snapshot: Snapshot, seconds: number): Summary {
  let resources = 0;
  for (const file of snapshot.judgedFiles()) {
    const role = snapshot.use(file)?.role;
    if (role === 'patch' || role === 'data') continue;
    for (const document of snapshot.facts(file)?.documents ?? []) resources += document.resources.length;
  }
  let kustomizations = 0;
  let builds = 0;
  for (const cluster of snapshot.clusters) {
    kustomizations += kustomizationKeys(cluster).length;
    builds += cluster.builds.size;
  }
  return {
    files: snapshot.fileCount,
    resources,
    clusters: snapshot.clusters.length,
    kustomizations,
    builds,
    seconds: Math.round(seconds * 1000) / 1000,
  };
}

/** True when nothing below the root has to do with Flux. */
export function isWithoutFlux(snapshot: Snapshot): boolean {
  return snapshot.clusters.length === 0 && snapshot.unapplied.length === 0;
}
