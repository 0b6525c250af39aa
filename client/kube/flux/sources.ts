import { describe, splitApiVersion, type ResourceId } from '../../../server/model/resource-id';
import { type LiveObject, type LiveValue } from '../../status/object-sink';
import { fieldAt, textAt } from '../api/json';
import { fail } from '../failure';

const group = 'source.toolkit.fluxcd.io';
const kinds = ['GitRepository', 'OCIRepository', 'Bucket', 'HelmRepository', 'HelmChart'];

/**
 * What reconciling an object "with source" asks first: the object whose artifact it takes (flux2 cmd/flux:
 * reconcile_with_source.go, reconcile_helmrelease.go, reconcile_kustomization.go). A HelmChart is asked with its own source
 * in turn.
 * @returns undefined for kinds that take none. Throws `refused` where the CLI cannot either.
 */
export function sourceOf(id: ResourceId, object: LiveObject): ResourceId | undefined {
  const spec = fieldAt(object, 'spec');
  if (id.kind === 'Kustomization') return named(id, fieldAt(spec, 'sourceRef'));
  if (id.kind === 'HelmChart') return named(id, { ...refOf(spec, 'sourceRef'), namespace: id.namespace });
  if (id.kind !== 'HelmRelease') return undefined;
  const chartRef = fieldAt(spec, 'chartRef');
  if (chartRef !== undefined && chartRef !== null) return named(id, chartRef);
  // Flux 2.10: the template describes an OCI source, and no chart is made of it.
  if (textAt(spec, 'chart', 'kind') === 'OCIRepository') {
    return { group, kind: 'OCIRepository', namespace: id.namespace, name: `${id.namespace}-${id.name}` };
  }
  // The chart that helm-controller makes of the template stands beside the source.
  const namespace = textAt(spec, 'chart', 'spec', 'sourceRef', 'namespace') || id.namespace;
  return { group, kind: 'HelmChart', namespace, name: `${id.namespace}-${id.name}` };
}

/** Kinds whose objects nothing reconciles: a HelmRepository of type oci is only an address. */
export function isStatic({ kind }: ResourceId, object: LiveObject): boolean {
  return kind === 'HelmRepository' && textAt(object, 'spec', 'type') === 'oci';
}

function named(id: ResourceId, reference: LiveValue | undefined): ResourceId {
  const kind = textAt(reference, 'kind');
  const apiGroup = splitApiVersion(textAt(reference, 'apiVersion')).group;
  if (!kinds.includes(kind) || (apiGroup !== '' && apiGroup !== group)) {
    fail(
      'refused',
      `${describe(id)} takes its content from ${kind || 'no source'}, which cannot be reconciled on request.`,
    );
  }
  const namespace = textAt(reference, 'namespace') || id.namespace;
  return { group, kind, namespace, name: textAt(reference, 'name') };
}

function refOf(spec: LiveValue | undefined, field: string): LiveObject {
  const reference = fieldAt(spec, field);
  return { kind: textAt(reference, 'kind'), name: textAt(reference, 'name') };
}
