import * as vscode from 'vscode';
import type * as Secrets from '../../secrets/secrets';

const indexKey = 'fluxwright.ageKeys';

/** Keys that the user put into the editor's secret storage. Their index holds names and public keys only, and is not synced. */
export function storedKeys(
  secrets: typeof Secrets,
  own: Pick<vscode.ExtensionContext, 'secrets' | 'globalState'>,
): Secrets.StoredKeys {
  return new secrets.StoredKeys(own.secrets, {
    read: () => {
      const list = own.globalState.get<unknown>(indexKey);
      const items: readonly unknown[] = Array.isArray(list) ? list : [];
      return items.filter(isStoredKey);
    },
    write: (keys) => own.globalState.update(indexKey, keys),
  });
}

/** The keys of the machine the extension runs on; programs are run in trusted workspaces only. */
export function keyAccess(secrets: typeof Secrets, stored: Secrets.StoredKeys): Secrets.KeyAccess {
  const { isTrusted } = vscode.workspace;
  const keyring = new secrets.UserKeyring(secrets.nodeKeyWorld(isTrusted, askPassphrase), stored);
  return { keyring, bridge: isTrusted ? new secrets.SopsProgram(secrets.runProgram) : undefined };
}

async function askPassphrase(place: string): Promise<string | undefined> {
  return vscode.window.showInputBox({
    password: true,
    title: 'Passphrase of a Key',
    prompt: `The key in ${place} is locked.`,
    ignoreFocusOut: true,
  });
}

function isStoredKey(value: unknown): value is Secrets.StoredKey {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['id', 'recipient', 'label'].every((name) => typeof (value as Record<string, unknown>)[name] === 'string')
  );
}
