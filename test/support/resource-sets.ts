import assert from 'node:assert/strict';
import { isArray, isObject, type JsonValue } from '../../server/model/json';
import { expandResourceSet } from '../../server/workspace/resource-set';
import { openFile } from '../../server/yaml/file';
import { valueOf } from '../../server/yaml/scalar';
import { analyse } from './analysis';
import { memoryFiles } from './memory-files';

function plain(value: JsonValue | undefined): unknown {
  if (isArray(value)) return value.map(plain);
  if (isObject(value)) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  return value;
}

/** Of kinds that nobody looks into no more than the identity is kept. */
const idOf = ({ kind, namespace, name }: { kind: string; namespace: string; name: string }) => [kind, namespace, name];

function withoutContent(object: unknown): unknown {
  const { kind, metadata } = object as { kind: string; metadata: { name: string; namespace?: string } };
  return ['ConfigMap', 'Secret', 'Kustomization'].includes(kind)
    ? object
    : idOf({ kind, namespace: metadata.namespace ?? '', name: metadata.name });
}

/** What we make of a ResourceSet and the providers behind it, objects as plain values. */
export function expandText(text: string): { readonly isWhole: boolean; readonly objects: readonly unknown[] } {
  const files = memoryFiles({ 'clusters/one/flux-system/gotk-sync.yaml': '', 'clusters/one/case.yaml': text });
  const { snapshot } = analyse(files).run();
  const [cluster] = snapshot.clusters;
  const [set] = cluster?.objectsOf('fluxcd.controlplane.io', 'ResourceSet') ?? [];
  assert.ok(cluster !== undefined && set !== undefined);
  const { objects, isWhole } = expandResourceSet(set, cluster.environment);
  return { isWhole, objects: objects.map(({ value, id }) => plain(value) ?? idOf(id)) };
}

/** What the command line of Flux Operator printed, in the same form. */
export function printedObjects(text: string): unknown[] {
  return openFile('', text, 0).documents.map(({ document }) => withoutContent(plain(valueOf(document, document.root))));
}
