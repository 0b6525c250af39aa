import * as vscode from 'vscode';

/** `fluxwright.sops.recipientNames`: what the user calls recipients. */
export function recipientNames(): Readonly<Record<string, string>> {
  const value = vscode.workspace.getConfiguration('fluxwright').get<unknown>('sops.recipientNames');
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== ''),
  );
}
