import type * as vscode from 'vscode';
import { storeFormatOf } from '../../../../server/sops/store-format';
import { compareText } from '../compare-text';
import { type SecretEditor } from '../secret-editor';
import { pathInRoot } from '../secret-files';
import { textAt } from './git-revision';
import { isAllowed, tellFault } from './target';

/** Compares a file with its revision in Git, key by key; what is shown holds no value. */
export async function compareWithHead(editor: SecretEditor, uri: vscode.Uri): Promise<void> {
  if (!(await isAllowed())) return;
  const { secrets, access } = editor.host;
  const file = pathInRoot(uri);
  const old = await textAt(uri, 'HEAD');
  if ('reason' in old) return tellFault(old.reason);
  const document = editor.documents.get(uri.toString());
  const text = document?.text ?? (await editor.textOf(uri));
  if (text === undefined) return tellFault(`${file} cannot be read.`);
  const keys = access();
  const format = storeFormatOf(uri.path);
  const before = await secrets.openEncrypted(old.text, format, keys, true);
  if (!before.ok) return tellFault(`${file} of HEAD: ${secrets.describeFault(before.fault)}`);
  const after = await secrets.openEncrypted(text, format, keys, true);
  try {
    if (!after.ok) {
      await tellFault(`${file}: ${secrets.describeFault(after.fault)}`);
      return;
    }
    const report = compareText(file, 'HEAD', secrets.compareFiles(before.value, after.value));
    await editor.reports.show(`${file.replaceAll('/', ' ')} against HEAD`, report);
  } finally {
    secrets.closeFile(before.value);
    if (after.ok) secrets.closeFile(after.value);
  }
}
