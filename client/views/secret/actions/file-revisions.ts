import * as vscode from 'vscode';
import { type FileRevision } from '../../../../server/protocol/history';
import { fileAtRequest, fileHistoryRequest } from '../../../../server/protocol/messages';
import { workingFile, type Revision, revisionItems, type RevisionItem } from '../revision-items';
import { type SecretEditor } from '../secret-editor';
import { pathInRoot } from '../secret-files';

/** One state of a file: what it is called, and its encrypted text. */
export interface FileState {
  readonly name: string;
  readonly text: string;
}

/** The two revisions that the user chose, the one to begin with first; undefined where the choice was given up. */
export async function chooseTwo(
  revisions: readonly FileRevision[],
): Promise<readonly [Revision, Revision] | undefined> {
  const before = await choose('Compare: 1 of 2', 'The revision to begin with', revisionItems(revisions));
  if (before === undefined) return undefined;
  const others = [workingFile, ...revisionItems(revisions)].filter(({ revision }) => revision.key !== before.key);
  const after = await choose('Compare: 2 of 2', `What became of ${before.name}`, others);
  return after && [before, after];
}

async function choose(
  title: string,
  placeHolder: string,
  items: readonly RevisionItem[],
): Promise<Revision | undefined> {
  const options = { title, placeHolder, matchOnDescription: true, matchOnDetail: true, ignoreFocusOut: true };
  const chosen = await vscode.window.showQuickPick(items, options);
  if (chosen?.revision.kind !== 'named') return chosen?.revision;
  const prompt = 'A branch, a tag or a commit';
  const name = await vscode.window.showInputBox({ title, prompt, ignoreFocusOut: true });
  return name === undefined || name === '' ? undefined : { kind: 'commit', key: name, name, revision: name };
}

/** The commits that changed a file, newest first; a sentence where Git cannot be asked. */
export async function revisionsOf(
  { options: { server } }: SecretEditor,
  uri: vscode.Uri,
): Promise<{ readonly revisions: readonly FileRevision[] } | { readonly reason: string }> {
  await server.start();
  const answer = await server.ask(fileHistoryRequest, { uri: uri.toString() });
  return answer?.available === true ? answer : { reason: answer?.message ?? noServer };
}

/** The encrypted text of a file at a revision; a sentence where it has none there. */
export async function stateAt(
  editor: SecretEditor,
  uri: vscode.Uri,
  revision: Revision,
): Promise<FileState | { readonly reason: string }> {
  const { name } = revision;
  if (revision.kind !== 'commit') {
    const text = editor.documents.get(uri.toString())?.text ?? (await editor.textOf(uri));
    return text === undefined ? { reason: `${pathInRoot(uri)} cannot be read.` } : { name, text };
  }
  const question = { uri: uri.toString(), revision: revision.revision };
  const { path } = revision;
  const answer = await editor.options.server.ask(fileAtRequest, { ...question, ...(path !== undefined && { path }) });
  return answer?.available === true ? { name, text: answer.text } : { reason: answer?.message ?? noServer };
}

const noServer = 'The language server does not answer. Restart it to have revisions read.';
