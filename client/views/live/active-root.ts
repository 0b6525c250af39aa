import * as vscode from 'vscode';
import { type LanguageServer } from '../../language/language-server';
import { rootOfUri } from '../../language/root-of-uri';

/** The repository of the active editor, else the first one; undefined where none is open. */
export function activeRoot(server: Pick<LanguageServer, 'status'>): string | undefined {
  const roots = [...server.status().clusters.keys()];
  const uri = vscode.window.activeTextEditor?.document.uri.toString();
  return (uri === undefined ? undefined : rootOfUri(uri, roots)) ?? roots[0];
}
