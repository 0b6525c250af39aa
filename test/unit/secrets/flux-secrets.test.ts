import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { identityToRecipient } from 'age-encryption';
import { fluxSecrets } from '../../../client/secrets/forms/flux-secrets';
import { gitCredentials } from '../../../client/secrets/forms/git-credentials';
import { secretText } from '../../../client/secrets/forms/secret-text';
import { isKeyName } from '../../../server/workspace/key-secret';
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

/**
 * What `flux create secret` writes for the same use, by keys and type (fluxcd/flux2, pkg/manifestgen/sourcesecret), and what the
 * specifications of the controllers name where it has no such command.
 */
const shapes: Readonly<Record<string, string>> = {
  'Git over HTTPS: user name and password': 'username password',
  'Git over HTTPS: bearer token': 'bearerToken',
  'Git over SSH: new key pair': 'identity identity.pub known_hosts',
  'Git over SSH: a key you have': 'identity identity.pub known_hosts',
  'Git by a GitHub App': 'githubAppID githubAppInstallationID githubAppPrivateKey',
  'OCI registry': 'kubernetes.io/dockerconfigjson .dockerconfigjson',
  'Helm repository over HTTPS': 'username password',
  'Client certificate': 'kubernetes.io/tls tls.crt tls.key ca.crt',
  'Bucket: access key': 'accesskey secretkey',
  'Bucket on Azure: account key': 'accountKey',
  'Bucket on Azure: service principal': 'tenantId clientId clientSecret',
  'Bucket on Google Cloud: service account': 'serviceaccount',
  Proxy: 'address username password',
  'Provider: address of a webhook': 'address',
  'Provider: token': 'token',
  'Provider: address and token': 'address token',
  'Provider: user name and password': 'username password',
  'Provider: headers, a map in YAML': 'headers',
  'Provider: credentials of NATS': 'creds',
  Receiver: 'token',
  'Receiver of Google Artifact Registry': 'token email audience',
  'Decryption: new age key': 'age.agekey',
  'Decryption: an age key you have': 'age.agekey',
  'Decryption: an OpenPGP key you have': 'sops.asc',
  'Decryption: token of Vault': 'sops.vault-token',
  'Another cluster': 'value',
  'Signing of commits': 'git.asc passphrase',
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

test('every type of Provider that Flux knows has a form, and forms name no other', () => {
  const spec = JSON.parse(readFileSync('schemas/flux/provider.fields.json', 'utf8')) as {
    readonly fields: {
      readonly 'spec.type': { readonly enum: { readonly when: readonly (readonly [unknown, string[]])[] } };
    };
  };
  const { when } = spec.fields['spec.type'].enum;
  const newest = when.filter(([releases]) => JSON.stringify(releases).includes('2.10+'));
  const known = new Set(newest.flatMap(([, types]) => types));
  const served = new Set(fluxSecrets.flatMap(({ providers = [] }) => providers));
  // Its documents name no key.
  known.delete('mastodon');
  assert.deepEqual([...served].sort(), [...known].sort());
});

test('keys of decryption are those that Flux looks for', () => {
  for (const { title, keys } of fluxSecrets.filter((form) => form.title.startsWith('Decryption'))) {
    assert.ok(
      keys.every(({ key }) => isKeyName(key)),
      title,
    );
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

const source = (spec: string, namespace = 'flux-system') => `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: apps
  namespace: ${namespace}
spec:
  secretRef:
    name: git-auth
  ${spec}
`;
const secret = (keys: readonly string[], namespace = 'flux-system') => `kind: ConfigMap
---
apiVersion: v1
kind: Secret
metadata:
  name: git-auth
  namespace: ${namespace}
stringData:
${keys.map((key) => `  ${key}: ENC[x]\n`).join('')}sops: {}
`;
const instance = `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata:
  name: flux
  namespace: flux-system
spec:
  sync:
    kind: GitRepository
    url: ssh://git@example.org/r
    pullSecret: git-auth
`;
const file = (path: string, text: string, ...rendered: readonly (readonly string[])[]) => ({ path, text, rendered });
const https = 'url: https://example.org/r';
const all = ['known_hosts', 'username', 'password', 'identity', 'githubAppPrivateKey', 'caFile'];

/** Source, keys of the Secret, and which of them are to be changed; the place is that of the first. */
const rotations: readonly (readonly [string, string, readonly string[], string])[] = [
  ['HTTPS', source(https), all, 'password username'],
  ['HTTPS with a token', source(https), ['bearerToken', 'caFile'], 'bearerToken'],
  ['SSH', source('url: ssh://git@example.org/r'), all, 'identity password'],
  ['a GitHub App', source(`${https}\n  provider: github`), all, 'githubAppPrivateKey'],
  ['an instance of the operator', instance, ['known_hosts', 'identity', 'identity.pub'], 'identity identity.pub'],
];

for (const [title, text, keys, expected] of rotations) {
  test(`credentials of Git: the keys that a source reads over ${title}`, () => {
    const [found, ...others] = gitCredentials([file('source.yaml', text), file('auth.yaml', secret(keys))]);
    assert.deepEqual(others, []);
    assert.equal(found?.keys.join(' '), expected);
    assert.deepEqual(found.at, { document: 1, steps: ['stringData', expected.split(' ')[0]] });
    assert.equal(`${found.namespace}/${found.name}`, 'flux-system/git-auth');
  });
}

test('credentials of Git: where the Secret lacks the keys of its source, the place is its map', () => {
  const [found] = gitCredentials([file('s', source(https)), file('auth.yaml', secret(['identity']))]);
  assert.deepEqual([found?.keys, found?.at], [[], { document: 1, steps: ['stringData'] }]);
  assert.match(found?.reads ?? '', /bearerToken/);
});

test('credentials of Git: a Secret counts where a source of the same namespace names it, as both are rendered', () => {
  const at = (namespace: string, kind: string, cluster = 'clusters/home') => [
    `${cluster}|kustomize.toolkit.fluxcd.io/Kustomization/flux-system/x|${kind}/${namespace}/${kind.endsWith('Secret') ? 'git-auth' : 'apps'}`,
  ];
  const git = 'source.toolkit.fluxcd.io/GitRepository';
  const found = (one: ReturnType<typeof file>, other: ReturnType<typeof file>): number =>
    gitCredentials([one, other]).length;
  const from = source(https);
  assert.equal(found(file('s', source(https, 'elsewhere')), file('a', secret(all))), 0);
  assert.equal(found(file('s', from, at('team', git)), file('a', secret(all), [], at('team', '/Secret'))), 1);
  assert.equal(found(file('s', from, at('team', git)), file('a', secret(all), [], at('flux-system', '/Secret'))), 0);
  const edge = at('team', '/Secret', 'clusters/edge');
  assert.equal(found(file('s', from, at('team', git)), file('a', secret(all), [], edge)), 0);
  assert.equal(found(file('s', from), file('a', secret(all).replace('sops: {}\n', ''))), 0);
});
