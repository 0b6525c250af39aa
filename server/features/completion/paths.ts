import { CompletionItemKind } from 'vscode-languageserver-types';
import { baseName, directoryOf, type FilePath, joinPath } from '../../model/file-path';
import { type DocumentRef } from '../../model/resource';
import { type FeatureContext } from '../context';
import { type DocumentKind, isKustomizationFile } from '../document-schema';
import { type PathField, pathFieldAt } from '../path-field';
import { sourceFolder } from '../source-folder';
import { tablePath } from '../table-path';
import { type Cursor } from './cursor';
import { type Offer } from './offer';

/** Files and folders for a path that is being typed; undefined when the place holds no path. */
export function offerPaths(
  context: FeatureContext,
  document: DocumentRef,
  kind: DocumentKind,
  cursor: Cursor,
): Offer[] | undefined {
  const field = pathFieldAt(kind, cursor.path);
  if (field === undefined) return undefined;
  const base = field.from === 'file' ? directoryOf(document.file) : sourceFolder(context.snapshot, document);
  const isGeneratorFile = tablePath(cursor.path).endsWith('Generator[].files[]');
  const key = isGeneratorFile ? cursor.prefix.slice(0, cursor.prefix.indexOf('=') + 1) : '';
  const typed = cursor.prefix.slice(key.length).replace(/["']$/, '');
  if (typed.startsWith('/') || /^[a-z+]+:/i.test(typed)) return [];
  const head = typed.slice(0, typed.lastIndexOf('/') + 1);
  const directory = joinPath(base, head);
  if (directory === undefined) return [];
  const prefix = key + (head === '' && field.from === 'source' ? './' : head);
  return context.files.list(directory).flatMap((entry): Offer[] => {
    const path: FilePath = directory === '' ? entry.name : `${directory}/${entry.name}`;
    if (!isOffered(path, entry.kind, field, document)) return [];
    const isFolder = entry.kind === 'directory';
    const text = `${prefix}${entry.name}`;
    return [
      {
        label: isFolder ? `${entry.name}/` : entry.name,
        kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
        text: /[:#'"]|^[-&*!|>%@`\s]/.test(text) ? JSON.stringify(text) : text,
        filter: text,
        rank: isFolder === (field.offers === 'directories') ? 2 : 3,
      },
    ];
  });
}

function isOffered(path: FilePath, kind: 'file' | 'directory', field: PathField, document: DocumentRef): boolean {
  const name = baseName(path);
  if (name === '.git' || name === 'node_modules' || path === document.file) return false;
  if (kind === 'directory') return true;
  if (field.offers === 'directories') return false;
  // A kustomization file is named by its folder.
  return field.offers === 'files' || (/\.(ya?ml|json)$/.test(name) && !isKustomizationFile(path));
}
