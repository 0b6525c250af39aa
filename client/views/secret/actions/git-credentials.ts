import * as vscode from 'vscode';
import { documentsRequest } from '../../../../server/protocol/messages';
import type * as Secrets from '../../../secrets/secrets';
import { type SecretEditor } from '../secret-editor';
import { pathInRoot, readText } from '../secret-files';
import { isEncryptedText } from '../encrypted-text';
import { tellFault } from './target';

type Candidate = Secrets.CredentialFile & { readonly uri: vscode.Uri };

/** Finds the encrypted Secrets that Git sources of the workspace name, and opens the chosen one at the value to change. */
export async function rotateGitCredentials(editor: SecretEditor): Promise<void> {
  const candidates = await findCandidates(editor);
  const found = editor.host.secrets.gitCredentials(candidates);
  if (found.length === 0) {
    return tellFault('No encrypted Secret of the workspace is named by a Git source in the same namespace.');
  }
  const items = found.map((credentials) => ({
    label: `${credentials.namespace}/${credentials.name}`,
    description: credentials.keys.join(', '),
    detail: `${credentials.file}, read by ${credentials.source}`,
    credentials,
  }));
  const title = 'Rotate Git Credentials';
  const placeHolder = 'Make the new credentials at the Git host first; the old ones are revoked when Flux has the new';
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDetail: true });
  const uri = candidates.find(({ path }) => path === chosen?.credentials.file)?.uri;
  if (chosen === undefined || uri === undefined) return;
  const { keys, at, reads, source } = chosen.credentials;
  const document = await editor.show(uri);
  const text =
    keys.length === 0
      ? `${source} reads ${reads}. The Secret has none of them: add what is missing here.`
      : `Put the new value here and save. Revoke the old credentials once Flux has read the new ones.`;
  document?.reveal(at, text);
}

/** Files with Git sources or encrypted values, with what the server says they render to: kustomizations set namespaces. */
async function findCandidates({ options: { server } }: SecretEditor): Promise<readonly Candidate[]> {
  const files = await vscode.workspace.findFiles('**/*.{yaml,yml}', '**/{node_modules,vendor,.git}/**', 5_000);
  await server.start();
  const candidates: Candidate[] = [];
  for (const uri of files) {
    const text = await readText(uri);
    if (text === undefined || !(/kind:\s*(GitRepository|FluxInstance)/.test(text) || isEncryptedText(text))) continue;
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    const answer = await server.ask(documentsRequest, { uri: uri.toString(), version: open?.version ?? 0 });
    const documents = answer?.available === true ? answer.documents : [];
    candidates.push({ path: pathInRoot(uri), text, rendered: documents.map(({ addresses }) => addresses), uri });
  }
  return candidates;
}
