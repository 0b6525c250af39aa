import { type RenderedObject } from '../build/build';
import { isUnknownAt } from '../build/unknown';
import { type FilePath } from '../model/file-path';
import { stringAt } from '../model/json';
import { type ResourceId } from '../model/resource-id';
import { artifactPath } from './sources/artifact-path';
import { sourceGroup } from './entry-point';

/** Id of the source a Kustomization reads; undefined when it is not known. */
export function sourceOf(object: RenderedObject): ResourceId | undefined {
  if (isUnknownAt(object.unknown, ['spec', 'sourceRef'])) return undefined;
  const kind = stringAt(object.value, 'spec', 'sourceRef', 'kind');
  const name = stringAt(object.value, 'spec', 'sourceRef', 'name');
  if (kind === undefined || name === undefined) return undefined;
  const namespace = stringAt(object.value, 'spec', 'sourceRef', 'namespace') ?? object.id.namespace;
  return { group: sourceGroup, kind, namespace, name };
}

/** True for a Kustomization whose objects live in another cluster. */
export function isRemote(object: RenderedObject): boolean {
  return (
    object.value?.get('spec') instanceof Map &&
    (object.value.get('spec') as ReadonlyMap<string, unknown>).has('kubeConfig')
  );
}

/** Folder a Kustomization applies; undefined when it is not known or leads out of the artifact. */
export function pathOf(object: RenderedObject): FilePath | undefined {
  if (isUnknownAt(object.unknown, ['spec', 'path'])) return undefined;
  return artifactPath(stringAt(object.value, 'spec', 'path') ?? '');
}
