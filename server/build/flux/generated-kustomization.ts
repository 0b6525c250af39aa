import { type JsonValue } from '../../model/json';
import { type Kustomization } from '../kustomize/kustomization';
import { decodeKustomization } from '../kustomize/read/kustomization-file';

/** Namespace of a kustomization without resources, which kustomize would refuse as empty. */
const placeholder = '_placeholder';

/**
 * The kustomization that Flux makes for a folder without one (fluxcd/pkg kustomize/kustomize_generator.go): `resources`
 * are the YAML files below it and the folders with a kustomization, in the order of the walk, relative to the folder.
 */
export function generatedKustomization(resources: readonly string[]): Kustomization {
  const field: [string, JsonValue] = resources.length > 0 ? ['resources', resources] : ['namespace', placeholder];
  const decoded = decodeKustomization(new Map<string, JsonValue>([field]));
  if (decoded.kind === 'problem') throw new TypeError(decoded.message);
  return decoded.kustomization;
}
