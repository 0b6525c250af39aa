import { isFault } from '../build/kustomize/fault';
import { printKustomization } from '../build/print';
import { isUnknownAt } from '../build/unknown';
import { createBuildFiles } from '../host/build-files';
import { nearest } from '../model/nearest';
import { resourceKey } from '../model/resource-id';
import { type RenderedCluster } from '../workspace/cluster';
import { analyse, configurationFaults } from './analyse';
import { describeFault } from './describe-fault';
import { type ExitCode, exitCodes, type Io, plain } from './io';
import { kustomizationKeys, kustomizationKind } from './kustomizations';
import { type Given } from './options';
import { refuse, refuseConfiguration } from './refuse';
import { readTarget } from './target';

/** `fluxwright build --kustomization NAMESPACE/NAME`: prints what Flux applies for it. */
export function buildOneKustomization(given: Given, io: Io, nextStep: string): ExitCode {
  const asked = given.values.get('kustomization') ?? '';
  const [, namespace = '', name = ''] = /^([^/]+)\/([^/]+)$/.exec(asked) ?? [];
  if (name === '') return refuse(io, `--kustomization takes NAMESPACE/NAME, not ${asked}.`, nextStep);
  const found = readTarget(given);
  if ('fault' in found) return refuse(io, found.fault, nextStep);
  const { snapshot } = analyse(found.target, io, { judges: false, isDebug: given.flags.has('debug') });
  const faults = configurationFaults(snapshot);
  if (faults.length > 0) return refuseConfiguration(io, faults);

  const key = resourceKey({ ...kustomizationKind, namespace, name });
  const path = given.values.get('cluster');
  const clusters = snapshot.clusters.filter(
    ({ cluster }) => path === undefined || cluster.path === path.replace(/\/+$/, ''),
  );
  const paths = snapshot.clusters.map(({ cluster }) => cluster.path).join(', ');
  if (clusters.length === 0) {
    return refuse(
      io,
      path === undefined ? 'No cluster is found here.' : `There is no cluster ${path}; there is ${paths}.`,
      nextStep,
    );
  }
  const holders = clusters.filter((cluster) => cluster.kustomization(key) !== undefined);
  const [cluster, second] = holders;
  if (cluster === undefined) return refuse(io, unknownName(asked, clusters), nextStep);
  if (second !== undefined) {
    const names = holders.map((one) => one.cluster.path).join(', ');
    return refuse(io, `${asked} is in several clusters: ${names}.`, 'Name one with --cluster.');
  }
  return print(cluster, key, found.target.root, io);
}

function unknownName(asked: string, clusters: readonly RenderedCluster[]): string {
  const names = clusters
    .flatMap((cluster) => kustomizationKeys(cluster).map((key) => cluster.kustomization(key)?.object.id))
    .filter((id) => id !== undefined)
    .map((id) => `${id.namespace}/${id.name}`);
  const [near] = nearest(asked, names, 1);
  return `No cluster has a Flux Kustomization ${asked}.${near === undefined ? '' : ` Did you mean ${near}?`}`;
}

function print(cluster: RenderedCluster, key: string, root: string, io: Io): ExitCode {
  const kustomization = cluster.kustomization(key);
  const { tree, path, object } = kustomization ?? {};
  const name = `${object?.id.namespace ?? ''}/${object?.id.name ?? ''}`;
  const fail = (message: string): ExitCode => {
    io.err(`Error: ${plain(message)}\n`);
    return exitCodes.findings;
  };
  if (kustomization === undefined || tree === undefined || path === undefined) {
    return fail(
      `The files that ${name} applies are not in this repository. Say which folder its source serves under sources of the cluster in .fluxwright.yaml.`,
    );
  }
  if (isUnknownAt(kustomization.object.unknown, ['spec'])) {
    return fail(
      `A part of the spec of ${name} is not known, since a layer above it uses what is not in this repository.`,
    );
  }
  const printed = printKustomization({ ...kustomization, tree, path }, cluster.environment);
  if (isFault(printed)) return fail(describeFault(createBuildFiles(root), printed));
  io.out(printed.text);
  return exitCodes.good;
}
