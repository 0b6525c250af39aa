/** What is known of the window, which keeps the secret storage even where the extension runs on another machine. */
export interface WindowFacts {
  readonly isBrowser: boolean;
  /** The extension runs on another machine than the window. */
  readonly isRemote: boolean;
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * What to say about where a stored key is kept. An extension cannot ask for the keyring: a browser has none, and on Linux none can
 * be reached without a session bus (freedesktop.org Secret Service). Elsewhere nobody knows.
 */
export function keyringNote({ isBrowser, isRemote, platform, environment }: WindowFacts): string {
  const better = 'A file that only you can read, where SOPS looks for keys, is safer.';
  if (isBrowser) {
    return `This editor runs in a browser and has no keyring of the system, so the key is kept in the browser's storage or only until the window closes. ${better}`;
  }
  const bus = environment['DBUS_SESSION_BUS_ADDRESS'] ?? '';
  if (!isRemote && platform === 'linux' && bus === '') {
    return `This session has no keyring of the system, so the editor keeps the key with weak encryption or only until it closes. ${better}`;
  }
  return 'The editor keeps it in the keyring of the system. Where there is none, it says so itself and keeps the key less well.';
}
