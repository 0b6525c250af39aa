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
  const { apiVersion, kind, metadata: _, status: __, spec, ...rest } = object;
  const metadata = liveObject(object, 'metadata') ?? {};
  const { [lastApplied]: ___, ...annotations } = liveObject(metadata, 'annotations') ?? {};
  const { group, kind: kindName } = idOfObject(object);
  return {
    apiVersion,
    kind,
    metadata: {
      name: metadata['name'],
      ...(metadata['namespace'] === undefined ? {} : { namespace: metadata['namespace'] }),
      ...filled('labels', liveObject(metadata, 'labels') ?? {}),
      ...filled('annotations', annotations),
    },
    ...(spec === undefined ? {} : { spec }),
    ...(findKind(group, kindName) === undefined ? rest : {}),
  };
}

const filled = (name: string, values: LiveObject): LiveObject =>
  Object.keys(values).length === 0 ? {} : { [name]: values };
