import { type OpenedFile } from '../operations/opened-file';
import { textOf } from '../values/plain-value';

/** The text of a value that stands in clear; undefined for one that is encrypted or not there. */
function clearText(opened: OpenedFile, document: number, ...steps: readonly string[]): string | undefined {
  const path = JSON.stringify(steps);
  const found = opened.tree.values.find(
    ({ at, isEncrypted }) => !isEncrypted && at.document === document && JSON.stringify(at.steps) === path,
  );
  return found && textOf(found.value);
}

/** Kind, namespace and name of the Kubernetes object in a document, as far as they stand in clear; undefined without a kind. */
export function declaredIn(opened: OpenedFile, document: number): string | undefined {
  const kind = clearText(opened, document, 'kind');
  if (kind === undefined) return undefined;
  const name = clearText(opened, document, 'metadata', 'name');
  const namespace = clearText(opened, document, 'metadata', 'namespace');
  return [kind, [namespace, name].filter((part) => part !== undefined).join('/')].join(' ').trim().slice(0, 200);
}

/** True where values below `data` are base64. */
export function isKubernetesSecret(opened: OpenedFile, document: number): boolean {
  return clearText(opened, document, 'kind') === 'Secret' && clearText(opened, document, 'apiVersion') === 'v1';
}
