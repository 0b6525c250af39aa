import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHash } from 'node:crypto';
import { kubeconfigFor, kubeconfigPath, kubeWorld } from './support/scene';

const server = 'https://api.example:6443';
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

async function hashOf(cluster: string, files: Readonly<Record<string, string>> = {}): Promise<string | undefined> {
  const world = kubeWorld(kubeconfigFor(server, 'token: t', cluster));
  for (const [path, text] of Object.entries(files)) world.files.texts.set(path, text);
  const { contexts } = await world.contexts.known();
  world.contexts.dispose();
  assert.equal(world.files.reads[0], kubeconfigPath);
  return contexts[0]?.caHash;
}

test('a context tells its authority by a hash: of the data, of the file, of none', async () => {
  const data = Buffer.from('PEM text\n').toString('base64');
  assert.equal(await hashOf(`certificate-authority-data: ${data}`), sha('PEM text'));
  assert.equal(await hashOf('certificate-authority: /ca.pem', { '/ca.pem': 'PEM text\n' }), sha('PEM text'));
  assert.equal(await hashOf(''), '');
});

test('a file that cannot be read is another authority than the one it held', async () => {
  const gone = await hashOf('certificate-authority: /ca.pem');
  assert.notEqual(gone, '');
  assert.notEqual(gone, sha('PEM text'));
});
