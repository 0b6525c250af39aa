import { type Span } from '../../model/text';
import { type YamlDocument } from '../../yaml/document';
import { nodeAt } from '../../yaml/locate';
import { type YamlNode } from '../../yaml/node';
import { type DocumentRule, type Report } from '../rule';

export const yamlDuplicateKey: DocumentRule = {
  code: 'yaml-duplicate-key',
  severity: 'error',
  certainty: 'certain',
  scope: 'document',
  summary: 'A map has the same key twice.',
  documentation: `The same key stands twice in one map. YAML forbids it, and many editors and tools silently take the last one.

kustomize refuses the file: the build fails, and nothing of the whole Kustomization is applied. Annotations of an object
are the exception: kustomize takes the last one, so this is a warning there.

Remove one of the two, or merge their values.`,
  check(context) {
    const { document, role } = context;
    if (role === 'data') return;
    // kustomize reads them into a map of its own and writes them back (kyaml/yaml/rnode.go, GetAnnotations).
    const annotations = role === 'object' ? nodeAt(document, ['metadata', 'annotations']) : undefined;
    const isAnnotation = (start: number): boolean =>
      annotations?.kind === 'map' && annotations.entries.some(({ key }) => key.start === start);
    for (const { code, start, end, message, first } of document.faults) {
      if (code !== 'duplicate-key') continue;
      const fix = removal(document, start);
      context.report({
        span: { start, end },
        message,
        ...(isAnnotation(start) && {
          severity: 'warning',
          message: `${firstSentence(message)} Flux takes the last one.`,
        }),
        ...(first && { related: [{ span: first, message: 'First written here' }] }),
        ...(fix && { fix }),
      });
    }
  },
};

const firstSentence = (text: string): string => text.slice(0, text.lastIndexOf('. ') + 1);

/** Removes the second entry where it stands on lines of its own. */
function removal({ text, root }: YamlDocument, keyStart: number): Report['fix'] {
  const span = root === undefined ? undefined : entrySpan(root, keyStart);
  if (span === undefined) return undefined;
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  if (text.slice(lineStart, span.start).trim() !== '') return undefined;
  const newline = text.indexOf('\n', Math.max(span.end - 1, span.start));
  const lineEnd = newline < 0 ? text.length : newline + 1;
  if (/\S/.test(text.slice(span.end, lineEnd).replace(/\s#.*$/s, ''))) return undefined;
  const edit = { kind: 'text', span: { start: lineStart, end: lineEnd }, text: '' } as const;
  return { title: 'Remove the second one', edits: [edit] };
}

/** From the key that starts at an offset to the end of its value, in a map of block style. */
function entrySpan(node: YamlNode, keyStart: number): Span | undefined {
  if (keyStart < node.start || keyStart > node.end) return undefined;
  if (node.kind === 'sequence') {
    for (const item of node.items) {
      const found = item === undefined ? undefined : entrySpan(item, keyStart);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (node.kind !== 'map') return undefined;
  for (const { key, value } of node.entries) {
    if (key.start === keyStart && !node.flow) return { start: key.start, end: value?.end ?? key.end };
    const found = value === undefined ? undefined : entrySpan(value, keyStart);
    if (found !== undefined) return found;
  }
  return undefined;
}
