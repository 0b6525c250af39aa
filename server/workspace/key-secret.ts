import { isObject, type Path } from '../model/json';
import { type YamlDocument } from '../yaml/document';
import { nodeAt } from '../yaml/locate';
import { valueOf } from '../yaml/scalar';

/** True for a name under which Flux looks for a key (kustomize-controller internal/decryptor, ImportKeys). */
export function isKeyName(name: string): boolean {
  return /\.(agekey|asc)$/.test(name) || /^sops\.(vault-token|aws-kms|azure-kv|gcp-kms)$/.test(name);
}

/** Names of the values of a Secret; empty for what is no Secret, as where a generator makes it. */
export function keysOf(document: YamlDocument, at: Path): string[] {
  const kind = nodeAt(document, [...at, 'kind']);
  if (kind?.kind !== 'scalar' || kind.text !== 'Secret') return [];
  return ['data', 'stringData'].flatMap((field) => {
    const node = nodeAt(document, [...at, field]);
    const values = node && valueOf(document, node);
    return isObject(values) ? [...values.keys()] : [];
  });
}
