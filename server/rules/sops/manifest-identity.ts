import { looksEncrypted } from '../../sops/encrypted-value';
import { stanzaOf } from '../../sops/encryption';
import { defaultSelection } from '../../sops/selection';
import { type YamlDocument } from '../../yaml/document';
import { nodeAt } from '../../yaml/locate';

/** Paths of an object that kustomize reads before anything is decrypted. */
const identity = [['apiVersion'], ['kind'], ['metadata', 'name'], ['metadata', 'namespace']] as const;

/** Fields of an encrypted object by which it is told from others, by whether they are encrypted; empty for other YAML. */
export function identityFields(document: YamlDocument): {
  readonly plain: readonly string[];
  readonly encrypted: readonly string[];
} {
  const plain: string[] = [];
  const encrypted: string[] = [];
  const hasAll = [['apiVersion'], ['kind'], ['metadata']].every((path) => nodeAt(document, path) !== undefined);
  for (const path of hasAll ? identity : []) {
    const node = nodeAt(document, path);
    if (node?.kind === 'scalar') (looksEncrypted(node.text) ? encrypted : plain).push(path.join('.'));
  }
  return { plain, encrypted };
}

/**
 * True for an object that stands in plain text although its stanza selects nothing, so that SOPS takes every value for
 * encrypted: one fault, and not one for each value.
 */
export function isPlainManifest(document: YamlDocument): boolean {
  const selection = stanzaOf(document)?.metadata.selection;
  // SOPS writes down what it takes for granted.
  const isDefault = selection?.by === defaultSelection.by && selection.text === defaultSelection.text;
  return isDefault && identityFields(document).plain.length > 0;
}
