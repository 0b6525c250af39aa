import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { test } from 'node:test';
import { identityToRecipient } from 'age-encryption';
import { fluxSecrets } from '../../../client/secrets/forms/flux-secrets';
import { gitCredentials } from '../../../client/secrets/forms/git-credentials';
import { secretText } from '../../../client/secrets/forms/secret-text';
import { openFile } from '../../../server/yaml/file';
import { valueOf } from '../../../server/yaml/scalar';
import { isObject, objectAt, stringAt } from '../../../server/model/json';

const made = async (title: string) => {
  const form = fluxSecrets.find((one) => one.title === title);
  assert.ok(form, title);
  const text = await secretText(form, { name: form.name, namespace: 'flux-system', registry: 'ghcr.io' });
  const [placed] = openFile('', text, 0).documents;
  assert.ok(placed);
  assert.deepEqual(placed.document.faults, []);
  return valueOf(placed.document, placed.document.root);
};

/** What flux create secret writes for the same use, by keys and type (fluxcd/flux2, pkg/manifestgen/sourcesecret). */
const shapes: Readonly<Record<string, string>> = {
  'Git over HTTPS: user name and password': 'username password',
  'Git over HTTPS: bearer token': 'bearerToken',
  'Git over SSH: new key pair': 'identity identity.pub known_hosts',
  'Git over SSH: a key you have': 'identity identity.pub known_hosts',
  'Git by a GitHub App': 'githubAppID githubAppInstallationID githubAppPrivateKey',
  'OCI registry': 'kubernetes.io/dockerconfigjson .dockerconfigjson',
  'Helm repository over HTTPS': 'username password',
  'Client certificate': 'kubernetes.io/tls tls.crt tls.key ca.crt',
  Bucket: 'accesskey secretkey',
  Proxy: 'address username password',
  'Provider: address of a webhook': 'address',
  'Provider: token': 'token',
  'Provider: user name and password': 'username password',
  Receiver: 'token',
  'Decryption: new age key': 'age.agekey',
  'Decryption: an age key you have': 'age.agekey',
};

test('each form gives a Secret with the keys and the type that Flux reads', async () => {
  assert.deepEqual(
    fluxSecrets.map(({ title }) => title),
    Object.keys(shapes),
  );
  for (const [title, shape] of Object.entries(shapes)) {
    const secret = await made(title);
    assert.ok(isObject(secret));
    const type = secret.get('type');
    const keys = [...(objectAt(secret, 'stringData')?.keys() ?? [])];
    assert.equal([...(typeof type === 'string' ? [type] : []), ...keys].join(' '), shape, title);
    assert.equal(stringAt(secret, 'metadata', 'namespace'), 'flux-system');
  }
});

test('a new SSH key is a pair, a new age key an identity, and each is made anew', async () => {
  const text = async (title: string, key: string): Promise<string> =>
    stringAt(await made(title), 'stringData', key) ?? '';
  const secret = await made('Git over SSH: new key pair');
  const identity = stringAt(secret, 'stringData', 'identity') ?? '';
  const [kind, wire = ''] = (stringAt(secret, 'stringData', 'identity.pub') ?? '').trim().split(' ');
  assert.equal(kind, 'ssh-ed25519');
  const spki = createPublicKey(createPrivateKey(identity)).export({ type: 'spki', format: 'der' });
  assert.deepEqual(Buffer.from(wire, 'base64').subarray(-32), spki.subarray(-32));
  const age = await text('Decryption: new age key', 'age.agekey');
  assert.match(await identityToRecipient(age), /^age1/);
  assert.notEqual(await text('Decryption: new age key', 'age.agekey'), age);
});

const source = (namespace: string) => `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: apps
  namespace: ${namespace}
spec:
  secretRef:
    name: git-auth
`;
const secret = `apiVersion: v1
kind: Secret
metadata:
  name: git-auth
  namespace: flux-system
stringData:
  username: ENC[x]
  password: ENC[x]
  caFile: ENC[x]
sops: {}
`;

test('credentials of Git are the encrypted Secrets that a source of the same namespace names', () => {
  const files = (namespace: string, text = secret) => [
    { path: 'source.yaml', text: source(namespace) },
    { path: 'auth.yaml', text },
  ];
  assert.deepEqual(gitCredentials(files('flux-system')), [
    {
      file: 'auth.yaml',
      namespace: 'flux-system',
      name: 'git-auth',
      keys: ['username', 'password'],
      source: 'flux-system/apps',
    },
  ]);
  assert.deepEqual(gitCredentials(files('elsewhere')), []);
  assert.deepEqual(gitCredentials(files('flux-system', secret.replace('sops: {}\n', ''))), []);
});
