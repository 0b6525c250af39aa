import * as vscode from 'vscode';
import { parseAddress } from '../../../server/model/object-address';
import { parseResourceKey, type ResourceId } from '../../../server/model/resource-id';
import { documentsRequest } from '../../../server/protocol/messages';
import { type CommandContext } from '../command';
import { type FileObject } from './file-object';

/** An object that the document under the cursor renders to. */
export interface CursorObject {
  readonly id: ResourceId;
  /** Folder of the cluster. */
  readonly cluster: string;
  readonly object: FileObject;
}

/** What the document under the cursor renders to, in each cluster; empty in files of no repository. */
export async function objectsAtCursor({ server }: Pick<CommandContext, 'server'>): Promise<readonly CursorObject[]> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== 'yaml') return [];
  const { document, selection } = editor;
  const uri = document.uri.toString();
  const roots = [...server.status().clusters.keys()].filter((root) => uri.startsWith(`${root.replace(/\/$/, '')}/`));
  const root = roots.sort((a, b) => b.length - a.length)[0];
  if (root === undefined) return [];
  const answer = await server.ask(documentsRequest, { uri, version: document.version });
  if (answer?.available !== true) return [];
  const line = selection.active.line;
  const here = answer.documents.find(({ range }) => range.start.line <= line && line <= range.end.line);
  return (here?.addresses ?? []).flatMap((address): readonly CursorObject[] => {
    const parsed = parseAddress(address);
    const id = parsed && parseResourceKey(parsed.object);
    if (parsed === undefined || id === undefined) return [];
    return [{ id, cluster: parsed.cluster, object: { root, address } }];
  });
}
