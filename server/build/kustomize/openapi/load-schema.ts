import { type TransformContext } from '../context';
import { faultAt, isFault, type EngineFault } from '../fault';
import { configValue } from '../generate/scalar';
import { type TextMap } from '../kustomization';
import { readCustomSchema, type CustomSchema } from './custom-schema';

/** Versions of Kubernetes whose schema is part of kustomize 5.8.1 (kyaml/openapi/kubernetesapi). */
const builtInVersions: ReadonlySet<string> = new Set(['v1.21.2']);

/**
 * The schema that `openapi` of a kustomization asks for (kyaml/openapi/openapi.go, SetSchema); the first kustomization
 * of a build that asks for one, the outermost before all, decides for the whole build.
 * @returns undefined where it asks for none, or for the built-in one
 */
export function loadSchema(
  openapi: TextMap,
  context: TransformContext,
): CustomSchema | 'built-in' | undefined | EngineFault {
  const path = openapi.get('path');
  const version = openapi.get('version');
  if (path === undefined) {
    if (version === undefined || version === '') return undefined;
    if (builtInVersions.has(version)) return 'built-in';
    const message = `The OpenAPI version ${version} is not part of kustomize. Flux cannot build this.`;
    return context.fault('openapi-version', message, ['openapi', 'version']);
  }
  const content = context.readFile(path, ['openapi', 'path']);
  if (isFault(content)) return content;
  if (version !== undefined) {
    const message = 'openapi names both a version and a file. Flux cannot build this.';
    return context.fault('openapi-version-and-path', message, ['openapi']);
  }
  const roots = context.readValues(content.text, { file: content.file }, ['openapi', 'path'], 'kustomization');
  if (isFault(roots)) return roots;
  const schema = roots[0] && readCustomSchema(configValue(roots[0]));
  if (schema !== undefined) return schema;
  return faultAt({ file: content.file }, 'openapi-invalid', `${path} is no OpenAPI document. Flux cannot build this.`);
}
