import { type DocumentLink } from 'vscode-languageserver-types';
import { type Path } from '../model/json';
import { type YamlFile } from '../yaml/file';
import { type YamlNode } from '../yaml/node';
import { fileRangeOf } from '../yaml/position';
import { keyText } from '../yaml/scalar';
import { type FeatureContext } from './context';
import { kindOfDocument } from './document-schema';
import { fileToOpen, namedPath } from './targets';

/** A link for every path that names a file here, or a folder with a kustomization file. */
export function linksIn(context: FeatureContext, file: YamlFile): DocumentLink[] {
  const links: DocumentLink[] = [];
  for (const [index, placed] of file.documents.entries()) {
    const kind = kindOfDocument(file.path, placed.document.text);
    if (kind === undefined || !/^kustomize\./.test(kind.group)) continue;
    const document = { file: file.path, document: index };
    for (const { path, node } of scalarsOf(placed.document.root, [])) {
      const named = namedPath(context, document, kind, path, node.text);
      const target = named && fileToOpen(context, named);
      if (target === undefined) continue;
      links.push({ range: fileRangeOf(placed, node), target: context.uriOf(target), tooltip: target });
    }
  }
  return links;
}

// No path field lies deeper, and what an alias repeats is linked where it is written.
const deepest = 4;

function* scalarsOf(
  node: YamlNode | undefined,
  path: Path,
): Generator<{ path: Path; node: Extract<YamlNode, { kind: 'scalar' }> }> {
  if (node === undefined || path.length > deepest) return;
  if (node.kind === 'scalar') yield { path, node };
  else if (node.kind === 'sequence')
    for (const [index, item] of node.items.entries()) yield* scalarsOf(item, [...path, index]);
  else if (node.kind === 'map')
    for (const { key, value } of node.entries) yield* scalarsOf(value, [...path, keyText(key)]);
}
