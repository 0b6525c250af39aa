// What any other extension can see of a window, written down: every text document with its text, every tab, the clipboard.
// The file `.probe` of the folder names where to.
const { appendFileSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const vscode = require('vscode');

exports.activate = ({ subscriptions }) => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) return;
  const log = readFileSync(join(folder.uri.fsPath, '.probe'), 'utf8').trim();
  const write = (what) => appendFileSync(log, `${JSON.stringify(what)}\n`);
  const look = async () => {
    for (const document of vscode.workspace.textDocuments)
      write({ uri: String(document.uri), text: document.getText() });
    for (const { tabs } of vscode.window.tabGroups.all) {
      for (const { label, input, isDirty } of tabs) write({ label, input, isDirty });
    }
    write({ clipboard: await vscode.env.clipboard.readText() });
  };
  const seen = ({ document }) => write({ changed: String(document.uri), text: document.getText() });
  const timer = setInterval(() => void look().catch(() => undefined), 500);
  subscriptions.push(
    vscode.workspace.onDidOpenTextDocument((document) => seen({ document })),
    vscode.workspace.onDidChangeTextDocument(seen),
    vscode.workspace.onDidSaveTextDocument((document) => seen({ document })),
    vscode.window.tabGroups.onDidChangeTabs(() => void look().catch(() => undefined)),
    { dispose: () => clearInterval(timer) },
  );
  write({ started: vscode.env.appName });
};
