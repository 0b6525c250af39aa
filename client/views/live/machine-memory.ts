import type * as vscode from 'vscode';
import { type MachineStorage } from '../../status/binding/machine-storage';

const prefix = 'live:';

/** Texts kept on this machine: none of their keys is given to `setKeysForSync`, so nothing synchronizes them. */
export function machineMemory(memory: vscode.Memento): MachineStorage & { keys(): readonly string[] } {
  return {
    get(key) {
      const value = memory.get<unknown>(prefix + key);
      return typeof value === 'string' ? value : undefined;
    },
    set: async (key, value) => memory.update(prefix + key, value),
    keys: () => memory.keys().flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : [])),
  };
}
