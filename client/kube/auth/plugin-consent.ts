import { createHash } from 'node:crypto';
import { fail } from '../failure';
import { type ExecEntry } from '../kubeconfig/kubeconfig';
import { type KubePorts } from '../ports';

/**
 * Asks once whether a program may be run to log in; the yes is remembered by a hash of command, arguments and environment,
 * so that a kubeconfig that changes any of them is asked about again. Throws `plugin-refused`.
 */
export async function askConsent(
  context: string,
  { command, args, env }: ExecEntry,
  { prompts, storage }: Pick<KubePorts, 'prompts' | 'storage'>,
): Promise<void> {
  const pairs = env.map(({ name, value }) => [name, value]);
  const hash = createHash('sha256')
    .update(JSON.stringify([command, args, pairs]))
    .digest('hex');
  const key = `plugin-allowed:${hash}`;
  if (storage.get(key) === 'yes') return;
  if (!(await prompts.allowPlugin({ context, command, args, variables: env.map(({ name }) => name) }))) {
    fail(
      'plugin-refused',
      `Context ${context} needs ${command} to log in, which is not allowed to run. Connect it to be asked.`,
    );
  }
  await storage.set(key, 'yes');
}
