import { type BuildResult, type RenderedObject } from '../build/build';
import { isUnknownAt } from '../build/unknown';
import { lastDifference } from '../model/differing-part';
import { type FilePath } from '../model/file-path';
import { objectAt, stringAt } from '../model/json';
import { type ResourceId, resourceKey, type ResourceKey } from '../model/resource-id';
import { type YamlFile } from '../yaml/file';
import { nodeAt } from '../yaml/locate';
import { type RenderedCluster } from './cluster';

/** What a Flux Kustomization says of decryption, as it is rendered. */
export type Decryption =
  | { readonly kind: 'none' }
  /** A layer that is not known may change it, or the provider is none that Flux has. */
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'sops';
      /** The Secret with the keys; undefined: the controller brings its own, or a cloud identity. */
      readonly secret: (ResourceId & { readonly key: ResourceKey }) | undefined;
      readonly serviceAccount: string | undefined;
    };

const provider = 'sops';

// Rendered objects never change, and rules of whole clusters ask of each after every edit.
const known = new WeakMap<RenderedObject, Decryption>();

export function decryptionOf(object: RenderedObject): Decryption {
  let decryption = known.get(object);
  if (decryption === undefined) known.set(object, (decryption = readDecryption(object)));
  return decryption;
}

function readDecryption({ value, unknown, id }: RenderedObject): Decryption {
  if (value === undefined || isUnknownAt(unknown, ['spec', 'decryption'])) return { kind: 'unknown' };
  const decryption = objectAt(value, 'spec', 'decryption');
  if (decryption === undefined) return { kind: 'none' };
  if (stringAt(decryption, 'provider') !== provider) return { kind: 'unknown' };
  const name = stringAt(decryption, 'secretRef', 'name');
  const secret = name === undefined ? undefined : { group: '', kind: 'Secret', namespace: id.namespace, name };
  return {
    kind: 'sops',
    secret: secret && { ...secret, key: resourceKey(secret) },
    serviceAccount: stringAt(decryption, 'serviceAccountName'),
  };
}

/** An object that a build applies and whose document is encrypted. */
export interface EncryptedObject {
  readonly object: RenderedObject;
  readonly file: YamlFile;
  readonly document: number;
}

// Several rules ask this of builds that may hold a whole cluster, of which an edit changed one object.
const withStanza = new WeakMap<readonly RenderedObject[], readonly RenderedObject[]>();
const hasStanza = ({ resource }: RenderedObject): boolean => resource?.isEncrypted === true;

/** Objects of a build whose documents have a stanza. */
export function objectsWithStanza({ objects }: BuildResult): readonly RenderedObject[] {
  const known = withStanza.get(objects);
  if (known !== undefined) return known;
  const since = lastDifference(objects);
  const before = since && withStanza.get(since.list);
  const differing = [...(since?.part.before ?? []), ...(since?.part.now ?? [])];
  const found = before !== undefined && !differing.some(hasStanza) ? before : objects.filter(hasStanza);
  withStanza.set(objects, found);
  return found;
}

/** Objects of a build with a stanza, but those that Flux is told not to decrypt. */
export function* encryptedObjects(
  build: BuildResult,
  read: (file: FilePath) => YamlFile | undefined,
): Iterable<EncryptedObject> {
  for (const object of objectsWithStanza(build)) {
    const { resource } = object;
    if (resource === undefined) continue;
    const file = read(resource.file);
    const document = file?.documents[resource.document]?.document;
    if (file === undefined || document === undefined) continue;
    // kustomize-controller internal/decryptor, IsDecryptionDisabled.
    const node = nodeAt(document, [...resource.at, 'metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/decrypt']);
    if (node?.kind === 'scalar' && node.text.toLowerCase() === 'disabled') continue;
    yield { object, file, document: resource.document };
  }
}

export const kustomizationKind = { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization' } as const;

/**
 * The value of `spec.decryption` that a Kustomization most likely needs, as YAML: with the Secret from which most
 * Kustomizations of its namespace take their keys.
 */
export function decryptionText({ id }: RenderedObject, cluster: RenderedCluster): string {
  const counts = new Map<string, number>();
  for (const other of cluster.objectsOf(kustomizationKind.group, kustomizationKind.kind)) {
    const decryption = decryptionOf(other);
    const secret = decryption.kind === 'sops' ? decryption.secret : undefined;
    if (secret?.namespace === id.namespace) counts.set(secret.name, (counts.get(secret.name) ?? 0) + 1);
  }
  const [[name] = ['sops-age']] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return `provider: sops\nsecretRef:\n  name: ${name}`;
}
