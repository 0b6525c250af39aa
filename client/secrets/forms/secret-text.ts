import { generateX25519Identity } from 'age-encryption';
import { writeScalar } from '../../../server/yaml/edit';
import { type FluxSecret, type FluxSecretKey } from './flux-secrets';
import { newSshKeyPair } from './ssh-key-pair';

/** What is asked before a Secret is made. */
export interface SecretPlace {
  readonly name: string;
  readonly namespace: string;
  /** Host of a registry; used where the form has one. */
  readonly registry?: string;
}

/** The manifest of a Secret in clear, in memory only: it goes on to be encrypted. Keys that are made new stand in it. */
export async function secretText(form: FluxSecret, { name, namespace, registry = '' }: SecretPlace): Promise<string> {
  const ssh = form.keys.some(({ from }) => from === 'ssh-private') ? newSshKeyPair() : undefined;
  const valueOf = async (from: FluxSecretKey['from']): Promise<string> => {
    switch (from) {
      case 'empty':
        return '';
      case 'ssh-private':
        return ssh?.privateKey ?? '';
      case 'ssh-public':
        return ssh?.publicKey ?? '';
      case 'age':
        return generateX25519Identity();
      case 'registry':
        return JSON.stringify({ auths: { [registry]: { username: '', password: '' } } });
    }
  };
  const lines = [
    'apiVersion: v1',
    'kind: Secret',
    'metadata:',
    `  name: ${writeScalar(name)}`,
    `  namespace: ${writeScalar(namespace)}`,
    ...(form.type === undefined ? [] : [`type: ${writeScalar(form.type)}`]),
    'stringData:',
  ];
  for (const { key, from } of form.keys) lines.push(`  ${writeScalar(key)}: ${JSON.stringify(await valueOf(from))}`);
  return `${lines.join('\n')}\n`;
}
