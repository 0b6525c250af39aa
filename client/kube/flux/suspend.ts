import { describe, type ResourceId } from '../../../server/model/resource-id';
import { type ApiClient } from '../api/client';
import { asObject, fieldAt } from '../api/json';
import { findWatched } from '../api/watched-kinds';
import { fail } from '../failure';
import { type KubePorts } from '../ports';
import { type KindFinder } from '../requests/kinds';
import { getObject, mergePatch } from '../requests/objects';
import { reconcileToken, resumePatch, suspendPatch, type SuspendNote } from './patches';

interface Needs {
  readonly client: ApiClient;
  readonly kinds: KindFinder;
  readonly ports: Pick<KubePorts, 'clock' | 'random'>;
}

/** Suspends one object as the CLI of Flux does; throws `refused` for kinds that cannot be. */
export async function suspend(
  id: ResourceId,
  note: SuspendNote,
  { client, kinds }: Needs,
  signal?: AbortSignal,
): Promise<void> {
  const entry = findWatched(id.group, id.kind);
  const patch = entry === undefined ? undefined : suspendPatch(entry, note);
  if (patch === undefined) fail('refused', `${describe(id)} cannot be suspended.`);
  const served = await kinds.find(id.group, id.kind, undefined, signal);
  await mergePatch(client, { id, served }, patch, 'suspend', signal);
}

/** Resumes one object as the CLI of Flux does, and takes off who suspended it and why. */
export async function resume(id: ResourceId, { client, kinds, ports }: Needs, signal?: AbortSignal): Promise<void> {
  const entry = findWatched(id.group, id.kind);
  if (entry === undefined) fail('refused', `${describe(id)} cannot be resumed.`);
  const place = { id, served: await kinds.find(id.group, id.kind, undefined, signal) };
  const object = await getObject(client, place, signal);
  const noted = Object.keys(asObject(fieldAt(object, 'metadata', 'annotations')) ?? {});
  const patch = resumePatch(entry, noted, reconcileToken(ports.clock.now(), ports.random));
  if (patch === undefined) fail('refused', `${describe(id)} cannot be resumed.`);
  await mergePatch(client, place, patch, 'resume', signal);
}
