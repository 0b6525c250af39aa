import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { generateKeyPairSync } from 'node:crypto';
import { type KeyName } from '../../../client/secrets/data-key/key-name';
import { type Keyring } from '../../../client/secrets/data-key/keyring';
import { UserKeyring } from '../../../client/secrets/keys/user-keyring';
import { ed25519Wire } from '../../../client/secrets/age/ssh-ed25519';

/** Keys of one test run, made when it starts. */
export interface TestKeys {
  readonly identities: readonly string[];
  readonly names: readonly KeyName[];
  /** PKCS #8. */
  readonly sshPrivateKey: string;
  readonly ssh: KeyName;
}

export async function makeTestKeys(): Promise<TestKeys> {
  const identities = [await generateX25519Identity(), await generateX25519Identity(), await generateHybridIdentity()];
  const names: KeyName[] = [];
  for (const identity of identities) names.push({ type: 'age', name: await identityToRecipient(identity) });
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const wire = ed25519Wire(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'));
  return {
    identities,
    names,
    sshPrivateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ssh: { type: 'age', name: `ssh-ed25519 ${wire.toString('base64')}` },
  };
}

/** A keyring with these identities alone: nothing of the machine's own is read. */
export function keyringOf({ identities, sshPrivateKey }: Pick<TestKeys, 'identities' | 'sshPrivateKey'>): Keyring {
  return new UserKeyring(
    {
      platform: 'linux',
      environment: { SOPS_AGE_KEY: identities.join('\n'), SOPS_AGE_SSH_PRIVATE_KEY_FILE: '/keys/ssh' },
      homeDirectory: '/home/nobody',
      readFile: (path) => Promise.resolve(path === '/keys/ssh' ? sshPrivateKey : undefined),
      runProgram: undefined,
      askPassphrase: () => Promise.resolve(undefined),
    },
    undefined,
  );
}
