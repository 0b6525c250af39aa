import { type ResourceId } from '../../../server/model/resource-id';
import type { Outcome, Requests } from '../../kube/kube';
import { compared, type Compared } from '../../status/difference/compared';
import { hasSwitch } from '../../status/difference/metadata-switch';
import { secretKeyNames } from '../../status/difference/secret-key-names';
import { liveFlag } from '../../status/live/live-value';
import { type LiveObject } from '../../status/object-sink';
import { noticeText } from '../object-action/notice-text';

type Asked = Pick<Requests, 'get' | 'mayI' | 'dryRun'>;

/** An object as a repository renders it, and who applies it. */
export interface RenderedObject {
  readonly id: ResourceId;
  readonly rendered: LiveObject;
  /** The Kustomization, as the cluster has it; undefined when it has none or it may not be read. */
  readonly owner: LiveObject | undefined;
}

/**
 * Compares what Git renders with what the cluster has, by a dry run where the login may apply it. Of a Secret nothing is
 * sent, and no value read.
 */
export async function compareObject(
  requests: Asked,
  { id, rendered, owner }: RenderedObject,
  signal: AbortSignal,
): Promise<Outcome<Compared>> {
  const live = await requests.get(id, undefined, signal);
  if (live.failure !== undefined && live.failure.name !== 'absent') return live;
  const isSecret = id.group === '' && id.kind === 'Secret';
  // What is not there yet is shown as Git has it.
  const isAsked = !isSecret && live.value !== undefined;
  const dry = isAsked ? await dryRun(requests, rendered, id, signal) : { object: undefined, note: '' };
  const isForced =
    liveFlag(owner, 'spec', 'force') || [rendered, live.value].some((one) => hasSwitch(one, 'force', 'enabled'));
  if (signal.aborted) return { failure: { name: 'cancelled', message: 'Cancelled.' } };
  return {
    value: compared({
      live: live.value,
      rendered,
      dryRun: dry.object,
      note: isForced && dry.isRefused === true ? `${anew} ${withoutDryRun}` : dry.note,
      owner,
      ...(isSecret ? { secretKeys: live.value === undefined ? [] : secretKeyNames(live.value) } : {}),
    }),
  };
}

const withoutDryRun =
  'Compared without a dry run: defaults of the server are left out, and quantities stand as written.';
const anew = 'The server does not take what differs, and force is on: Flux deletes the object and makes it anew.';

interface DryRun {
  readonly object: LiveObject | undefined;
  readonly note: string;
  /** The object is refused as it is, as when a field cannot be changed. */
  readonly isRefused?: boolean;
}

/** As kustomize-controller applies it, without doing it; not asked where the login may not. */
async function dryRun(requests: Asked, rendered: LiveObject, id: ResourceId, signal: AbortSignal): Promise<DryRun> {
  if (JSON.stringify(rendered).includes('ENC[AES256_GCM'))
    return { object: undefined, note: `It holds encrypted values. ${withoutDryRun}` };
  if (!(await mayPatch(requests, id, signal))) {
    return { object: undefined, note: `Your login may not apply it. ${withoutDryRun}` };
  }
  const outcome = await requests.dryRun(rendered, id, 'kustomize-controller', signal);
  if (outcome.failure === undefined) return { object: outcome.value, note: '' };
  return {
    object: undefined,
    // As kustomize-controller tells it (fluxcd/pkg ssa/errors/immutable.go).
    isRefused: ['invalid', 'conflict'].includes(outcome.failure.name) || outcome.failure.message.includes('immutable'),
    note: `The server refused a dry run: ${noticeText(outcome.failure.message, 400)} ${withoutDryRun}`,
  };
}

/** Asked for the kind and namespace first, which many objects have in common, and by its name where that is denied. */
async function mayPatch(requests: Asked, id: ResourceId, signal: AbortSignal): Promise<boolean> {
  const all = await requests.mayI({ verb: 'patch', id: { ...id, name: '' } }, signal);
  return all.value === true || (await requests.mayI({ verb: 'patch', id }, signal)).value === true;
}
