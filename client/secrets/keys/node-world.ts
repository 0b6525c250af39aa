import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { runProgram } from '../program/run-program';
import { type KeyWorld } from './key-world';

/**
 * The machine the extension host runs on.
 * @param isTrusted of the workspace: else no program is run
 */
export function nodeKeyWorld(isTrusted: boolean, askPassphrase: KeyWorld['askPassphrase']): KeyWorld {
  return {
    platform: process.platform,
    environment: process.env,
    homeDirectory: homedir(),
    readFile: async (path) => {
      try {
        return await readFile(path, 'latin1');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    runProgram: isTrusted ? runProgram : undefined,
    askPassphrase,
  };
}
