import { type RenderedObject } from '../build/build';
import { type JsonObject, type JsonValue } from '../model/json';
import { type ResourceId, resourceKey, type ResourceKey } from '../model/resource-id';
import { type EntryPoint, kustomizeGroup } from './entry-point';
import { artifactsOf } from './sources';

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

/** The Kustomization an installation made, when no file declares it (flux2 manifestgen/sync, FluxInstance sync). */
export function impliedKustomization(entry: EntryPoint): RenderedObject {
  const { source, kustomization } = entry;
  const sourceRef = map({ kind: source.kind, name: source.name, namespace: source.namespace });
  const spec = map({ interval: '10m0s', path: `./${entry.syncPath}`, prune: true, sourceRef });
  return impliedObject(entry.path, resourceKey(kustomization), kustomization, `${kustomizeGroup}/v1`, spec);
}

/** The source an installation made. */
export function impliedSource(entry: EntryPoint): RenderedObject {
  const spec = map(entry.url === undefined ? {} : { url: entry.url });
  return impliedObject(entry.path, resourceKey(entry.kustomization), entry.source, `${entry.source.group}/v1`, spec);
}

/** The artifacts that a generator makes, as objects of its owner. */
export function impliedArtifacts(generator: RenderedObject): RenderedObject[] {
  const { namespace } = generator.id;
  const { cluster, owner } = generator.address;
  return [...artifactsOf(generator)].map(({ name }) =>
    impliedObject(
      cluster,
      owner,
      { group: 'source.toolkit.fluxcd.io', kind: 'ExternalArtifact', namespace, name },
      'source.toolkit.fluxcd.io/v1',
      map({}),
    ),
  );
}
