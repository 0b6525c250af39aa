import type * as vscode from 'vscode';
import { storeFormatOf } from '../../../../server/sops/store-format';
import type * as Secrets from '../../../secrets/secrets';
import { compareText } from '../compare-text';
import { type SecretEditor } from '../secret-editor';
import { nearestConfig, pathInRoot } from '../secret-files';
import { chooseTwo, type FileState, revisionsOf, stateAt } from './file-revisions';
import { isAllowed, tellFault } from './target';

/** Compares two revisions of a file, key by key; both are decrypted in memory, and what is shown holds no value. */
export async function compareRevisions(editor: SecretEditor, uri: vscode.Uri): Promise<void> {
  if (!(await isAllowed())) return;
  const file = pathInRoot(uri);
  const history = await revisionsOf(editor, uri);
  if ('reason' in history) return tellFault(history.reason);
  if (history.revisions.length === 0) return tellFault(`No commit holds ${file} yet, so there is nothing to compare.`);
  const chosen = await chooseTwo(history.revisions);
  if (chosen === undefined) return;
  const states: FileState[] = [];
  for (const revision of chosen) {
    const state = await stateAt(editor, uri, revision);
    if ('reason' in state) return tellFault(state.reason);
    states.push(state);
  }
  const opened: Secrets.OpenedFile[] = [];
  const { secrets } = editor.host;
  try {
    const access = editor.host.access();
    for (const { name, text } of states) {
      const result = await secrets.openEncrypted(text, storeFormatOf(uri.path), access, true);
      if (!result.ok) {
        await tellFault(`${file} in ${name}: ${secrets.describeFault(result.fault)}`);
        return;
      }
      opened.push(result.value);
    }
    await showReport(editor, uri, states, opened);
  } finally {
    opened.forEach(secrets.closeFile);
  }
}

async function showReport(
  { host: { secrets, names }, reports }: SecretEditor,
  uri: vscode.Uri,
  states: readonly FileState[],
  opened: readonly Secrets.OpenedFile[],
): Promise<void> {
  const [before, after] = opened;
  const [from, to] = states;
  if (before === undefined || after === undefined || from === undefined || to === undefined) return;
  const config = await nearestConfig(uri);
  const [old, now] = opened.map(({ metadata }) => secrets.recipientsOf(metadata, config, names()));
  const file = pathInRoot(uri);
  const text = compareText({
    file,
    from: { name: from.name, recipients: old ?? [], isVerified: before.isVerified },
    to: { name: to.name, recipients: now ?? [], isVerified: after.isVerified },
    differences: secrets.compareFiles(before, after),
  });
  await reports.show(`${file.replaceAll('/', ' ')}, ${from.name} and ${to.name}`, text);
}
