import * as vscode from 'vscode';
import { parseAddress } from '../../../server/model/object-address';
import { parseResourceKey, type ResourceId } from '../../../server/model/resource-id';
import { type Range } from '../../../server/model/text';
import { documentsRequest } from '../../../server/protocol/messages';
import { rootOfUri } from '../../language/root-of-uri';
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
  if (editor === undefined) return [];
  const { line } = editor.selection.active;
  return objectsOfFile(server, editor.document, ({ start, end }) => start.line <= line && line <= end.line);
}

/** What some documents of a file render to, in each cluster; empty in files of no repository. */
export async function objectsOfFile(
  server: CommandContext['server'],
  document: vscode.TextDocument,
  takes: (range: Range) => boolean,
): Promise<readonly CursorObject[]> {
  if (document.languageId !== 'yaml') return [];
  const uri = document.uri.toString();
  const root = rootOfUri(uri, server.status().clusters.keys());
  if (root === undefined) return [];
  const answer = await server.ask(documentsRequest, { uri, version: document.version });
  if (answer?.available !== true) return [];
  const addresses = answer.documents.filter(({ range }) => takes(range)).flatMap((one) => one.addresses);
  return addresses.flatMap((address): readonly CursorObject[] => {
    const parsed = parseAddress(address);
    const id = parsed && parseResourceKey(parsed.object);
    if (parsed === undefined || id === undefined) return [];
    return [{ id, cluster: parsed.cluster, object: { root, address } }];
  });
}
