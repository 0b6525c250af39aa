import { type LiveValue } from '../../status/object-sink';
import { describe } from '../../../server/model/resource-id';
import { type ApiClient } from '../api/client';
import { fieldAt, listAt, textAt } from '../api/json';
import { coreKinds, pathOf } from '../api/path';
import { type ObjectPlace } from './objects';

/** One event of an object. Times are RFC 3339, empty when the server gives none. */
export interface ObjectEvent {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  /** How often it came. */
  readonly count: number;
  readonly first: string;
  readonly last: string;
  /** Who reports it: `kustomize-controller`. */
  readonly source: string;
  /** Of the object's reconciled content, as the controllers of Flux annotate it; empty for others. */
  readonly revision: string;
}

const most = 250;

/** The events of one object, newest first. Those of objects of cluster scope are in the namespace `default`. */
export async function eventsOf(
  client: ApiClient,
  { id }: ObjectPlace,
  signal?: AbortSignal,
): Promise<readonly ObjectEvent[]> {
  const selector = [`involvedObject.kind=${id.kind}`, `involvedObject.name=${id.name}`];
  if (id.namespace !== '') selector.push(`involvedObject.namespace=${id.namespace}`);
  const list = await client.json({
    path: pathOf(coreKinds.event, id.namespace === '' ? 'default' : id.namespace),
    query: { fieldSelector: selector.join(','), limit: String(most) },
    what: `list the events of ${describe(id)} of ${client.target.context}`,
    ...(signal && { signal }),
  });
  // Two groups may have a kind of one name, as Knative and others do.
  const events = listAt(list, 'items').filter((item) => {
    const apiVersion = textAt(item, 'involvedObject', 'apiVersion');
    return apiVersion === '' || apiVersion.slice(0, Math.max(0, apiVersion.lastIndexOf('/'))) === id.group;
  });
  return events.map(eventOf).sort((a, b) => compare(b.last, a.last));
}

function eventOf(item: LiveValue): ObjectEvent {
  const made = textAt(item, 'metadata', 'creationTimestamp');
  const first = textAt(item, 'firstTimestamp') || textAt(item, 'eventTime') || made;
  const last = textAt(item, 'series', 'lastObservedTime') || textAt(item, 'lastTimestamp') || first;
  const count = fieldAt(item, 'series', 'count') ?? fieldAt(item, 'count');
  const annotations = fieldAt(item, 'metadata', 'annotations');
  const keys = typeof annotations === 'object' && annotations !== null ? Object.keys(annotations) : [];
  const revision = keys.find((key) => /^[a-z.]+\/revision$/.test(key));
  return {
    type: textAt(item, 'type'),
    reason: textAt(item, 'reason'),
    message: textAt(item, 'message'),
    count: typeof count === 'number' ? count : 1,
    first,
    last,
    source: textAt(item, 'source', 'component') || textAt(item, 'reportingComponent'),
    revision: revision === undefined ? '' : textAt(annotations, revision),
  };
}

const compare = (a: string, b: string): number => {
  const [left, right] = [Date.parse(a), Date.parse(b)];
  return (Number.isNaN(left) ? 0 : left) - (Number.isNaN(right) ? 0 : right);
};
