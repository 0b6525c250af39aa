import { type LiveObject } from '../../status/object-sink';
import { describe, type ResourceId } from '../../../server/model/resource-id';
import { type ApiClient } from '../api/client';
import { asObject, fieldAt } from '../api/json';
import { pathOf, type ServedKind } from '../api/path';
import { fail } from '../failure';

/** One object and how it is asked for. */
export interface ObjectPlace {
  readonly id: ResourceId;
  readonly served: ServedKind;
}

/** What the CLI of Flux calls itself; kustomize-controller takes back what managers named `kubectl…` have set. */
export const fieldManager = 'flux';

const metadataOnly = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
const isSecret = ({ group, kind }: ResourceId): boolean => group === '' && kind === 'Secret';
const nameOf = (client: ApiClient, { id }: ObjectPlace): string => `${describe(id)} of ${client.target.context}`;

export function objectPath({ id, served }: ObjectPlace, ...rest: readonly string[]): string {
  return pathOf(served, served.namespaced ? id.namespace : undefined, id.name, ...rest);
}

/**
 * The object as the server holds it now, managedFields included. A Secret comes as metadata only, without the copy that
 * `kubectl apply` leaves in an annotation: its values never reach this process.
 */
export async function getObject(client: ApiClient, place: ObjectPlace, signal?: AbortSignal): Promise<LiveObject> {
  const object = await client.json({
    path: objectPath(place),
    what: `read ${nameOf(client, place)}`,
    ...(isSecret(place.id) ? { accept: metadataOnly } : {}),
    ...(signal && { signal }),
  });
  if (!isSecret(place.id)) return object;
  const annotations = { ...asObject(fieldAt(object, 'metadata', 'annotations')) };
  Reflect.deleteProperty(annotations, 'kubectl.kubernetes.io/last-applied-configuration');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { ...asObject(object['metadata']), annotations },
  };
}

/** A JSON merge patch as field manager `flux`; answers the object after it. */
export async function mergePatch(
  client: ApiClient,
  place: ObjectPlace,
  patch: LiveObject,
  what: string,
  signal?: AbortSignal,
): Promise<LiveObject> {
  return client.json({
    method: 'PATCH',
    path: objectPath(place),
    query: { fieldManager },
    contentType: 'application/merge-patch+json',
    ...(isSecret(place.id) ? { accept: metadataOnly } : {}),
    body: patch,
    what: `${what} ${nameOf(client, place)}`,
    ...(signal && { signal }),
  });
}

/**
 * What a server-side apply of the object would leave, without doing it. Refused for Secrets, whose values would come back.
 * @param manager whose fields it would be: the controller's, so that fields it dropped show
 */
export async function dryRunApply(
  client: ApiClient,
  place: ObjectPlace,
  object: LiveObject,
  manager: string,
  signal?: AbortSignal,
): Promise<LiveObject> {
  if (isSecret(place.id)) fail('refused', 'Secrets are compared by the names of their keys only.');
  return client.json({
    method: 'PATCH',
    path: objectPath(place),
    query: { dryRun: 'All', fieldManager: manager, force: 'true' },
    contentType: 'application/apply-patch+yaml',
    body: object,
    what: `compare ${nameOf(client, place)}`,
    ...(signal && { signal }),
  });
}

export interface Deletion {
  readonly propagation: 'Foreground' | 'Background' | 'Orphan';
  /** The object that was looked at: one that was made anew since is not deleted. */
  readonly uid: string;
  /** Also refuse when it has changed since. */
  readonly resourceVersion?: string;
  /** Ask whether it would be allowed, and do nothing. */
  readonly dryRun?: boolean;
}

/** Deletes exactly the object that was looked at; `conflict` when it is another one by now. */
export async function deleteObject(
  client: ApiClient,
  place: ObjectPlace,
  { propagation, uid, resourceVersion, dryRun }: Deletion,
  signal?: AbortSignal,
): Promise<void> {
  await client.json({
    method: 'DELETE',
    path: objectPath(place),
    ...(dryRun === true ? { query: { dryRun: 'All' } } : {}),
    body: {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: propagation,
      preconditions: { uid, ...(resourceVersion === undefined ? {} : { resourceVersion }) },
    },
    // What a deletion answers may be the object itself.
    ...(isSecret(place.id) ? { accept: metadataOnly } : {}),
    what: `delete ${nameOf(client, place)}`,
    ...(signal && { signal }),
  });
}
