import { findKind } from '../../../schemas/kinds';
import { liveObject } from '../live/live-value';
import { type LiveObject, type LiveValue } from '../object-sink';
import { idOfObject } from './read-objects';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The part of an object that a file would hold: of the kinds of Flux what `flux export` prints (flux2 cmd/flux/export*.go:
 * identity, labels, annotations, spec), of others everything but status and what the server sets. The copy that
 * `kubectl apply` keeps in an annotation is left out, which the CLI leaves in; so are switches that are off, as the CLI's
 * types leave them out.
 */
export function exported(object: LiveObject): LiveObject {
  const metadata = liveObject(object, 'metadata') ?? {};
  const { group, kind } = idOfObject(object);
  const isOfFlux = findKind(group, kind) !== undefined;
  const fields = Object.entries(object).filter(([field]) => {
    return isOfFlux ? ['apiVersion', 'kind', 'spec'].includes(field) : !['metadata', 'status'].includes(field);
  });
  const annotations = Object.entries(liveObject(metadata, 'annotations') ?? {});
  return {
    ...Object.fromEntries(isOfFlux ? fields.map(withoutOff) : fields),
    metadata: {
      name: metadata['name'],
      ...(metadata['namespace'] === undefined ? {} : { namespace: metadata['namespace'] }),
      ...filled('labels', liveObject(metadata, 'labels') ?? {}),
      ...filled('annotations', Object.fromEntries(annotations.filter(([key]) => key !== lastApplied))),
    },
  };
}

// Of the switches in a spec of Flux only this one is written when it is off: it is required.
const required = 'prune';

function withoutOff([field, value]: [string, LiveValue | undefined]): [string, LiveValue | undefined] {
  const map = field === 'spec' ? liveObject({ value }, 'value') : undefined;
  if (map === undefined) return [field, value];
  return [field, Object.fromEntries(Object.entries(map).filter(([key, one]) => one !== false || key === required))];
}

const filled = (name: string, values: LiveObject): LiveObject =>
  Object.keys(values).length === 0 ? {} : { [name]: values };
