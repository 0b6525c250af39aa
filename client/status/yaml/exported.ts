import { findKind } from '../../../schemas/kinds';
import { liveObject } from '../live/live-value';
import { type LiveObject } from '../object-sink';
import { idOfObject } from './read-objects';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The part of an object that a file would hold: of the kinds of Flux what `flux export` prints (flux2 cmd/flux/export*.go:
 * identity, labels, annotations, spec), of others everything but status and what the server sets. The copy that
 * `kubectl apply` keeps in an annotation is left out, which the CLI leaves in.
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
    ...Object.fromEntries(fields),
    metadata: {
      name: metadata['name'],
      ...(metadata['namespace'] === undefined ? {} : { namespace: metadata['namespace'] }),
      ...filled('labels', liveObject(metadata, 'labels') ?? {}),
      ...filled('annotations', Object.fromEntries(annotations.filter(([key]) => key !== lastApplied))),
    },
  };
}

const filled = (name: string, values: LiveObject): LiveObject =>
  Object.keys(values).length === 0 ? {} : { [name]: values };
