import { type BuildResult, type RenderedObject } from '../build/build';
import { itemsAt, type JsonObject, type JsonValue } from '../model/json';
import { type ResourceId, resourceKey, type ResourceKey } from '../model/resource-id';
import { type GeneratedArtifact, hasUnknownArtifacts } from './sources/artifact-generators';
import { type ClusterIndex } from './cluster-index';
import { type EntryPoint, kustomizeGroup, sourceGroup } from './entry-point';
import { patchInstallation } from './instance-patches';

function map(entries: Readonly<Record<string, JsonValue>>): JsonObject {
  return new Map(Object.entries(entries));
}

/** An object that stands in the cluster without standing in a file. */
export function impliedObject(
  cluster: string,
  owner: ResourceKey,
  id: ResourceId,
  apiVersion: string,
  spec: JsonObject,
): RenderedObject {
  const key = resourceKey(id);
  const metadata = map({ name: id.name, namespace: id.namespace });
  return {
    address: { cluster, owner, object: key },
    key,
    id,
    apiVersion,
    resource: undefined,
    value: new Map<string, JsonValue>([
      ['apiVersion', apiVersion],
      ['kind', id.kind],
      ['metadata', metadata],
      ['spec', spec],
    ]),
    unknown: [],
    changes: [],
  };
}

/** What an installation made: the objects that no file declares, and the controller as far as it is known. */
export interface Installation {
  readonly kustomization: RenderedObject;
  readonly source: RenderedObject;
  readonly controller: JsonValue | undefined;
}

const installations = new WeakMap<EntryPoint, Installation>();

/** What the installation behind an entry point made, the identical objects for one entry point. */
export function installationOf(entry: EntryPoint): Installation {
  let made = installations.get(entry);
  if (made === undefined) {
    const kustomization = impliedKustomization(entry);
    const source = impliedSource(entry);
    made = patchInstallation(itemsAt(entry.instance?.spec, 'kustomize', 'patches'), kustomization, source);
    installations.set(entry, made);
  }
  return made;
}

/** The Kustomization an installation made, when no file declares it (flux2 manifestgen/sync, FluxInstance sync). */
function impliedKustomization(entry: EntryPoint): RenderedObject {
  const { source, kustomization } = entry;
  const sourceRef = map({ kind: source.kind, name: source.name, namespace: source.namespace });
  const spec = map({ interval: '10m0s', path: `./${entry.syncPath}`, prune: true, sourceRef });
  const made = impliedObject(entry.path, resourceKey(kustomization), kustomization, `${kustomizeGroup}/v1`, spec);
  // A folder alone does not say what the Kustomization that applies it does to its objects.
  const isInstalled = entry.evidence.some(({ kind }) => kind !== 'clusters-folder' && kind !== 'configuration');
  return isInstalled ? made : { ...made, unknown: [['spec', 'postBuild']] };
}

/** The source an installation made. */
function impliedSource(entry: EntryPoint): RenderedObject {
  const spec = map(entry.url === undefined ? {} : { url: entry.url });
  return impliedObject(entry.path, resourceKey(entry.kustomization), entry.source, `${entry.source.group}/v1`, spec);
}

/** The artifacts that a generator makes, as objects of its owner. */
export function impliedArtifacts(
  generator: RenderedObject,
  artifacts: readonly GeneratedArtifact[],
): readonly RenderedObject[] {
  const { cluster, owner } = generator.address;
  const isUnknown = hasUnknownArtifacts(generator);
  const { kind, name: generatorName, namespace: generatorNamespace } = generator.id;
  const sourceRef = map({
    ...{ apiVersion: generator.apiVersion, kind, name: generatorName, namespace: generatorNamespace },
  });
  return artifacts.map(({ name, namespace }) => {
    const id = { group: sourceGroup, kind: 'ExternalArtifact', namespace, name };
    const made = impliedObject(cluster, owner, id, `${sourceGroup}/v1`, map({ sourceRef }));
    return isUnknown ? { ...made, unknown: 'everything' } : made;
  });
}

/** Adds the sync objects of the installation, where no file declares them. */
export function withInstallation(
  entry: EntryPoint,
  builds: ReadonlyMap<ResourceKey, BuildResult>,
  base: ClusterIndex,
): ClusterIndex {
  let index = base;
  const root = builds.get(resourceKey(entry.kustomization));
  if (root === undefined) return index;
  const implied = [root.owner.object, installationOf(entry).source].filter((object) => object.resource === undefined);
  for (const object of implied) {
    const stands = index.byKey.get(object.key);
    if (stands === undefined) index = index.with(object);
  }
  return index;
}
