import { directoryOf, type FilePath, isWithin, joinPath } from '../model/file-path';
import { itemsAt, objectAt, stringAt } from '../model/json';
import { type Resource } from '../model/resource';
import { type FluxTarget } from './cluster';
import { type ClusterConfiguration } from './configuration';
import { type EntryPoint } from './entry-point';
import { assumedFlux, readFluxVersion } from './flux-target';
import { type Repository } from './repository';
import { normalizeUrl } from './sources/source-mapping';

const fluxRepository = 'github.com/fluxcd/flux2';

/** Version line that `flux install` writes at the top of gotk-components.yaml. */
function versionOfComponents(repository: Repository, entry: EntryPoint): FluxTarget | undefined {
  for (const directory of [`${entry.path}/flux-system`, entry.path, directoryOf(entry.declared?.file ?? '')]) {
    const file = joinPath(directory, 'gotk-components.yaml') ?? '';
    if (repository.stat(file) !== 'file') continue;
    const version = /^# Flux Version:\s*(\S+)/m.exec(repository.text(file)?.slice(0, 2000) ?? '')?.[1];
    if (version !== undefined) return readFluxVersion(version, file);
  }
  return undefined;
}

/** A remote base or a source of Flux's own installation manifests, anywhere in the repository. */
function versionOfManifests(
  repository: Repository,
  resources: readonly Resource[],
  entry: EntryPoint,
): FluxTarget | undefined {
  for (const resource of resources) {
    const url = stringAt(resource.value, 'spec', 'url');
    if (resource.id.kind !== 'GitRepository' || url === undefined || normalizeUrl(url) !== fluxRepository) continue;
    const tag = stringAt(resource.value, 'spec', 'ref', 'tag');
    if (tag !== undefined && isWithin(resource.file, directoryOf(entry.path)))
      return readFluxVersion(tag, resource.file);
  }
  for (const file of repository.yamlFiles()) {
    if (!/kustomization\.ya?ml$/.test(file) || !isWithin(file, directoryOf(entry.path))) continue;
    const match = remoteVersion(repository, file);
    if (match !== undefined) return readFluxVersion(match, file);
  }
  return undefined;
}

function remoteVersion(repository: Repository, file: FilePath): string | undefined {
  const text = repository.text(file) ?? '';
  // Cheap test first: this looks at every kustomization of a cluster without other evidence.
  if (!text.includes(fluxRepository)) return undefined;
  for (const entry of itemsAt(repository.facts(file)?.documents[0]?.kustomization, 'resources')) {
    const match =
      typeof entry === 'string'
        ? /fluxcd\/flux2\/.*[?&]ref=([^&]+)|fluxcd\/flux2\/releases\/download\/([^/]+)\//.exec(entry)
        : null;
    if (match !== null) return match[1] ?? match[2];
  }
  return undefined;
}

/** Which Flux a cluster runs: command line, configuration, repository, else the newest is assumed (design 2). */
export function findFluxTarget(
  repository: Repository,
  resources: readonly Resource[],
  entry: EntryPoint,
  configured: ClusterConfiguration | undefined,
  option: string | undefined,
): FluxTarget {
  const stated = option ?? configured?.flux;
  if (stated !== undefined) {
    const target = readFluxVersion(stated, option === undefined ? '.fluxwright.yaml' : '--flux-version');
    if (target !== undefined) return target;
  }
  const components = versionOfComponents(repository, entry);
  if (components !== undefined) return components;
  if (entry.instance !== undefined) {
    const version = stringAt(objectAt(entry.instance.spec, 'distribution'), 'version') ?? '2.x';
    const target = readFluxVersion(version, entry.instance.text);
    if (target !== undefined) return target;
  }
  return versionOfManifests(repository, resources, entry) ?? assumedFlux;
}
