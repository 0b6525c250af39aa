import type { SecretActionName } from '../views/secret/secret-editor';
import { type Command } from './command';

const names: readonly SecretActionName[] = [
  'openSecret',
  'encryptFile',
  'encryptPlainSecret',
  'newSecretFile',
  'newFluxSecret',
  'rotateDataKey',
  'updateKeys',
  'compareSecret',
  'explainDecryption',
  'rotateGitToken',
  'storeAgeKey',
  'forgetAgeKey',
];

/** The commands on encrypted files, which load the ciphers when one is run. */
export const secretCommands: readonly Command[] = names.map((name) => ({
  id: `fluxwright.${name}`,
  run: async ({ secrets }, argument) => (await secrets()).run(name, argument),
}));
