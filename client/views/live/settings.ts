import * as vscode from 'vscode';
import { type ContextRules } from '../../commands/object-action/write-guard';

/** Settings about contexts. They are the machine's: no repository can weaken them. */
export function contextRules(): ContextRules {
  return { readOnly: texts('readOnlyContexts'), production: texts('productionContexts') };
}

/** Namespaces that are watched where a kind may not be listed in all of them. */
export function watchedNamespaces(): readonly string[] {
  return texts('watchedNamespaces');
}

/** Whether objects may be deleted from here at all. */
export function allowsDelete(): boolean {
  return vscode.workspace.getConfiguration('fluxwright').get<unknown>('allowDelete') === true;
}

function texts(name: string): readonly string[] {
  const value = vscode.workspace.getConfiguration('fluxwright').get<unknown>(name);
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.filter((text): text is string => typeof text === 'string' && text !== '');
}
