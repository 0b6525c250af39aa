import * as vscode from 'vscode';

const code = 'sops-plain-secret';

/** A file with a Secret in plain text that a rule would encrypt, and what the finding says. */
export interface PlainSecretFile {
  readonly uri: vscode.Uri;
  readonly message: string;
}

/** All that findings name now, by path. */
export function plainSecrets(): readonly PlainSecretFile[] {
  return vscode.languages
    .getDiagnostics()
    .flatMap(([uri, found]) => {
      const message = found.find(isPlainSecret)?.message;
      return message === undefined ? [] : [{ uri, message }];
    })
    .sort((a, b) => (a.uri.path < b.uri.path ? -1 : 1));
}

/**
 * Shows files with Secrets in plain text that a rule would encrypt: a group of the Source Control view, there while such a file
 * is, and the context `fluxwright.plainSecrets`, unset while there is none. The rows of Git cannot be told apart by the menus of
 * another extension; and where the view shows one repository alone, a button of that leads to the same files.
 */
export function followPlainSecrets(): vscode.Disposable {
  const messages = new Map<string, PlainSecretFile>();
  let view: { readonly control: vscode.SourceControl; readonly group: vscode.SourceControlResourceGroup } | undefined;

  const show = (): void => {
    const found = [...messages.values()].sort((a, b) => (a.uri.path < b.uri.path ? -1 : 1));
    void vscode.commands.executeCommand(
      'setContext',
      'fluxwright.plainSecrets',
      found.length === 0 ? undefined : found.map(({ uri }) => uri),
    );
    if (found.length === 0) {
      view?.control.dispose();
      view = undefined;
      return;
    }
    view ??= createView();
    view.control.count = found.length;
    view.group.resourceStates = found.map(({ uri, message }) => ({
      resourceUri: uri,
      command: { command: 'vscode.open', title: 'Open', arguments: [uri] },
      decorations: { tooltip: message, iconPath: new vscode.ThemeIcon('unlock', new vscode.ThemeColor(errorColor)) },
    }));
  };
  const look = (uris: readonly vscode.Uri[]): void => {
    let isOther = false;
    for (const uri of uris) {
      const key = uri.toString();
      const message = vscode.languages.getDiagnostics(uri).find(isPlainSecret)?.message;
      if (messages.get(key)?.message === message) continue;
      isOther = true;
      if (message === undefined) messages.delete(key);
      else messages.set(key, { uri, message });
    }
    if (isOther) show();
  };
  look(vscode.languages.getDiagnostics().map(([uri]) => uri));
  return vscode.Disposable.from(
    vscode.languages.onDidChangeDiagnostics(({ uris }) => look(uris)),
    { dispose: () => view?.control.dispose() },
  );
}

const errorColor = 'list.errorForeground';

function createView() {
  const control = vscode.scm.createSourceControl('fluxwright', 'Flux');
  control.inputBox.visible = false;
  const group = control.createResourceGroup('plainSecrets', 'Secrets in plain text: encrypt before the commit');
  group.hideWhenEmpty = true;
  return { control, group };
}

function isPlainSecret(diagnostic: vscode.Diagnostic): boolean {
  if (diagnostic.source !== 'flux') return false;
  return (typeof diagnostic.code === 'object' ? diagnostic.code.value : diagnostic.code) === code;
}
