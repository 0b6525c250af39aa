import { type DocumentSymbol, SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver-types';
import { type Resource } from '../model/resource';
import { describe } from '../model/resource-id';
import { type Snapshot } from '../workspace/snapshot';
import { type YamlFile } from '../yaml/file';
import { nodeAt } from '../yaml/locate';
import { fileRangeOf } from '../yaml/position';
import { valueOf } from '../yaml/scalar';
import { stringAt } from '../model/json';
import { type FeatureContext } from './context';
import { kindOfDocument } from './document-schema';
import { rangeAt } from './place';

/** One symbol for each document that names its kind, over the whole document. */
export function documentSymbols(file: YamlFile): DocumentSymbol[] {
  return file.documents.flatMap((placed, index) => {
    const { document } = placed;
    const kind = kindOfDocument(file.path, document.text);
    if (kind === undefined || document.root === undefined) return [];
    const value = valueOf(document, document.root);
    const name = stringAt(value, 'metadata', 'name') ?? '';
    const namespace = stringAt(value, 'metadata', 'namespace') ?? '';
    const nameNode = nodeAt(document, ['metadata', 'name']) ?? nodeAt(document, ['kind']) ?? document.root;
    const range = fileRangeOf(placed, document.root);
    const selected = fileRangeOf(placed, nameNode);
    return [
      {
        name: describe({ group: kind.group, kind: kind.kind, namespace, name }).trim() || `document ${index + 1}`,
        detail: kind.group === '' ? kind.version : `${kind.group}/${kind.version}`,
        kind: SymbolKind.Object,
        range,
        selectionRange: nameNode === document.root ? { start: range.start, end: range.start } : selected,
      },
    ];
  });
}

const mostSymbols = 500;

/** Objects declared in files that a cluster reads and whose kind or name holds the letters of the query in order. */
export function workspaceSymbols(context: FeatureContext, snapshot: Snapshot, query: string): WorkspaceSymbol[] {
  const symbols: WorkspaceSymbol[] = [];
  for (const path of snapshot.judgedFiles()) {
    for (const { resources } of snapshot.facts(path)?.documents ?? []) {
      for (const resource of resources) {
        const name = describe(resource.id);
        if (!holdsInOrder(name, query)) continue;
        symbols.push(symbolOf(context, snapshot, resource, name));
        if (symbols.length >= mostSymbols) return symbols;
      }
    }
  }
  return symbols;
}

function symbolOf(context: FeatureContext, snapshot: Snapshot, resource: Resource, name: string): WorkspaceSymbol {
  const file = snapshot.yaml(resource.file);
  const place = file && rangeAt(file, resource, [...resource.at, 'metadata', 'name']);
  const range = place?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  return {
    name,
    kind: SymbolKind.Object,
    containerName: resource.file,
    location: { uri: context.uriOf(resource.file), range },
  };
}

function holdsInOrder(text: string, query: string): boolean {
  const lower = text.toLowerCase();
  let at = 0;
  for (const letter of query.toLowerCase().replace(/\s+/g, '')) {
    at = lower.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
