import { resolveScalar } from '../../../yaml/scalar';
import { type Node } from '../node';

/**
 * True for text that kustomize quotes when it sets it by itself, because YAML 1.1 takes it for no text
 * (kyaml/yaml/compatibility.go, `IsValueNonString`).
 */
export function wouldBeQuoted(text: string): boolean {
  if (text === '' || text.includes('\n')) return false;
  const { kind } = resolveScalar({ kind: 'scalar', style: 'plain', text, start: 0, end: 0 }, 'kustomization');
  return kind !== 'string' && kind !== 'timestamp';
}

/** Text to go-yaml v3, a truth value to YAML 1.1. */
const oldTruth = /^(?:[yYnN]|[yY]es|YES|[nN]o|NO|[oO]n|ON|[oO]ff|OFF)$/;

/**
 * A value as it is when kustomize sets it again in the map it stands in, which a strategic merge patch does with all:
 * text that YAML 1.1 would take for something else gets quotes.
 */
export function requoted(node: Node): Node {
  if (node.kind !== 'scalar' || node.style !== 'plain') return node;
  if (node.tag === undefined && node.isBare === undefined)
    return oldTruth.test(node.text) ? { ...node, style: 'double' } : node;
  if ((node.tag ?? '!!str') !== '!!str' || !wouldBeQuoted(node.text)) return node;
  const { isBare, ...quoted } = node;
  return { ...quoted, style: 'double', ...(isBare && { tag: '!!str' }) };
}
