import { describe, type ResourceId } from '../../../server/model/resource-id';
import { type LiveObject } from '../../status/object-sink';
import { type ApiClient } from '../api/client';
import { fail, outcomeOf, type Outcome } from '../failure';
import { reconcile, type ReconcileOptions, type ReconcileStep } from '../flux/reconcile';
import { resume, suspend } from '../flux/suspend';
import { type SuspendNote } from '../flux/patches';
import { type KubePorts } from '../ports';
import { type Access, createAccess } from './access';
import { type NamedRights } from './access-rules';
import { eventsOf, type ObjectEvent } from './events';
import { createKindFinder, type KindFinder } from './kinds';
import { type ControllerLine, logLines, type LogQuery } from './logs';
import { deleteObject, type Deletion, dryRunApply, getObject, type ObjectPlace } from './objects';

/** A verb on an object, for {@link Requests.mayI}. */
export interface ObjectVerb {
  readonly verb: string;
  readonly id: ResourceId;
  readonly subresource?: string;
}

/**
 * What can be asked of one connected context. Everything answers with a value or a named failure and never rejects; every
 * call can be cancelled. Writes are refused in read-only contexts.
 */
export class Requests {
  private readonly kinds: KindFinder;
  private readonly access: Access;

  constructor(
    private readonly client: ApiClient,
    private readonly ports: KubePorts,
  ) {
    this.kinds = createKindFinder(client, ports.clock);
    this.access = createAccess(client, ports.clock);
  }

  /** The object as it is now; of a Secret its metadata only. @param version undefined: one that the server serves */
  get(id: ResourceId, version?: string, signal?: AbortSignal): Promise<Outcome<LiveObject>> {
    return outcomeOf(async () => getObject(this.client, await this.place(id, version, signal), signal));
  }

  /** Its events, newest first, 250 at most. */
  events(id: ResourceId, signal?: AbortSignal): Promise<Outcome<readonly ObjectEvent[]>> {
    return outcomeOf(async () => {
      const served = { group: id.group, version: '', kind: id.kind, plural: '', namespaced: id.namespace !== '' };
      return eventsOf(this.client, { id, served }, signal);
    });
  }

  /** What the controllers of its kind wrote about it. */
  logs(
    id: ResourceId,
    query: LogQuery,
    onLine: (line: ControllerLine) => void,
    signal?: AbortSignal,
  ): Promise<Outcome<undefined>> {
    return outcomeOf(async () => {
      await logLines(this.client, id, query, onLine, signal);
      return undefined;
    });
  }

  /** Whether the user may do something, asked at most once a minute. */
  mayI({ verb, id, subresource }: ObjectVerb, signal?: AbortSignal): Promise<Outcome<boolean>> {
    return outcomeOf(async () => {
      const { served } = await this.place(id, undefined, signal);
      const { namespace, name } = id;
      const question = { verb, served, namespace, name, ...(subresource === undefined ? {} : { subresource }) };
      return this.access.mayI(question, signal);
    });
  }

  /** The names of objects of a kind and namespace that the user may do something with, apart from what is allowed for all. */
  namesIMay({ verb, id }: Omit<ObjectVerb, 'subresource'>, signal?: AbortSignal): Promise<Outcome<NamedRights>> {
    return outcomeOf(async () => {
      const { served } = await this.place(id, undefined, signal);
      return this.access.namesIMay({ verb, served, namespace: id.namespace }, signal);
    });
  }

  /** How the server names the user; undefined when it does not say. */
  whoAmI(signal?: AbortSignal): Promise<Outcome<string | undefined>> {
    return outcomeOf(() => this.access.whoAmI(signal));
  }

  /** Server-side apply without doing it: the object as it would be. Writes nothing, so read-only contexts allow it. */
  dryRun(object: LiveObject, id: ResourceId, manager: string, signal?: AbortSignal): Promise<Outcome<LiveObject>> {
    return outcomeOf(async () => {
      const apiVersion = object['apiVersion'];
      const version = typeof apiVersion === 'string' ? apiVersion.slice(apiVersion.lastIndexOf('/') + 1) : undefined;
      return dryRunApply(this.client, await this.place(id, version, signal), object, manager, signal);
    });
  }

  /** Asks the controllers to reconcile, and waits. See {@link reconcile}. */
  reconcile(
    id: ResourceId,
    options: ReconcileOptions,
    onStep: (step: ReconcileStep) => void,
    signal?: AbortSignal,
  ): Promise<Outcome<ReconcileStep>> {
    return this.write(id, () => reconcile(id, options, this.needs, onStep, signal));
  }

  suspend(id: ResourceId, note: SuspendNote, signal?: AbortSignal): Promise<Outcome<undefined>> {
    return this.write(id, async () => {
      await suspend(id, note, this.needs, signal);
      return undefined;
    });
  }

  resume(id: ResourceId, signal?: AbortSignal): Promise<Outcome<undefined>> {
    return this.write(id, async () => {
      await resume(id, this.needs, signal);
      return undefined;
    });
  }

  delete(id: ResourceId, deletion: Deletion, signal?: AbortSignal): Promise<Outcome<undefined>> {
    return this.write(id, async () => {
      await deleteObject(this.client, await this.place(id, undefined, signal), deletion, signal);
      return undefined;
    });
  }

  private get needs(): { client: ApiClient; kinds: KindFinder; ports: KubePorts } {
    return { client: this.client, kinds: this.kinds, ports: this.ports };
  }

  private async place(id: ResourceId, version?: string, signal?: AbortSignal): Promise<ObjectPlace> {
    return { id, served: await this.kinds.find(id.group, id.kind, version, signal) };
  }

  private write<T>(id: ResourceId, work: () => Promise<T>): Promise<Outcome<T>> {
    const { context } = this.client.target;
    return outcomeOf(async () => {
      if (this.ports.settings.isReadOnly(context)) {
        fail('read-only', `Context ${context} is read-only; ${describe(id)} was not changed.`);
      }
      return work();
    });
  }
}
