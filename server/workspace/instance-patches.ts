import { type RenderedObject } from '../build/build';
import { buildKustomization } from '../build/kustomize/build';
import { type EngineFiles } from '../build/kustomize/load/files';
import { textAt } from '../build/kustomize/node';
import { decodeKustomization } from '../build/kustomize/read/kustomization-file';
import { toValue } from '../build/node-value';
import { controllerName } from '../build/kept-content';
import { isObject, type JsonArray, type JsonObject, type JsonValue } from '../model/json';
import { jsonText } from '../model/json-text';
import { type Installation } from './implied-objects';

const objectsFile = 'objects.yaml';

/** The deployment as the operator writes it, cut to what patches commonly address (flux-operator 0.30 manifests). */
const controller = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: controllerName, labels: { 'app.kubernetes.io/component': controllerName } },
  spec: {
    replicas: 1,
    template: {
      metadata: { annotations: {}, labels: { app: controllerName } },
      spec: {
        containers: [{ name: 'manager', args: ['--watch-all-namespaces=true'], env: [], volumeMounts: [] }],
        volumes: [{ name: 'temp', emptyDir: {} }],
      },
    },
  },
};

/**
 * Lays the patches of a FluxInstance (`spec.kustomize.patches`) over what it installs, as the operator does with
 * kustomize. A patch for something else it installs finds no target here and changes nothing; one that cannot be read
 * leaves everything unknown.
 */
export function patchInstallation(
  patches: JsonArray,
  kustomization: RenderedObject,
  source: RenderedObject,
): Installation {
  const unpatched = { kustomization, source, controller: undefined };
  if (patches.length === 0) return unpatched;
  const fields = new Map<string, JsonValue>([
    ['resources', [objectsFile]],
    ['patches', patches],
  ]);
  const decoded = decodeKustomization(fields);
  const unreadable = { ...unpatched, kustomization: { ...kustomization, unknown: 'everything' as const } };
  if (decoded.kind === 'problem') return unreadable;
  const { namespace } = kustomization.id;
  const deployment = { ...controller, metadata: { ...controller.metadata, namespace } };
  const result = buildKustomization({
    files: filesOf(
      [jsonText(kustomization.value ?? null), jsonText(source.value ?? null), JSON.stringify(deployment)].join(
        '\n---\n',
      ),
    ),
    directory: '',
    reorder: 'none',
    keepsGoing: true,
    root: () => ({
      kind: 'loaded',
      directory: '',
      file: 'kustomization.yaml',
      document: 0,
      kustomization: decoded.kustomization,
      moved: decoded.moved,
    }),
  });
  if (result.kind === 'failed' || result.holes.some(({ fault }) => fault.code === 'patch-unreadable'))
    return unreadable;
  const valueOf = (kind: string): JsonObject | undefined => {
    const found = result.resources.find(({ node }) => textAt(node, 'kind') === kind);
    const value = found && toValue(found.node);
    return isObject(value) ? value : undefined;
  };
  return {
    kustomization: { ...kustomization, value: valueOf('Kustomization') ?? kustomization.value },
    source: { ...source, value: valueOf(source.id.kind) ?? source.value },
    controller: valueOf('Deployment'),
  };
}

/** One file, in memory. */
function filesOf(text: string): EngineFiles {
  return {
    stat: (path) => (path === '' ? 'directory' : path === objectsFile ? 'file' : 'missing'),
    read: (path) => (path === objectsFile ? { kind: 'text', text } : { kind: 'missing' }),
  };
}
