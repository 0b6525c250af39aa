import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decryptionChains } from '../../../server/features/secrets/decryption-chain';
import { finish } from '../../../server/model/steps';
import { type Snapshot } from '../../../server/workspace/snapshot';
import { createWorkspace } from '../../../server/workspace/workspace';
import { recipientFrom } from '../../support/bech32';
import { memoryFiles } from '../../support/memory-files';

const alice = recipientFrom(1);
const cluster = recipientFrom(2);

const value =
  'ENC[AES256_GCM,data:aGVsbG8=,iv:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=,tag:AAECAwQFBgcICQoLDA0ODw==,type:str]';

const stanza = (recipients: readonly string[]): string => `sops:
  age:
${recipients
  .map(
    (recipient) => `    - recipient: ${recipient}
      enc: |
        -----BEGIN AGE ENCRYPTED FILE-----
        YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBBQUFB
        -----END AGE ENCRYPTED FILE-----
`,
  )
  .join('')}  lastmodified: "2026-01-31T12:00:00Z"
  mac: ${value}
  encrypted_regex: ^(data|stringData)$
  version: 3.13.3
`;

const secret = (name: string, namespace: string, key: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nstringData:\n  ${key}: ${value}\n`;

const kustomization = (decryption: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
${decryption}`;

const withSecret = '  decryption:\n    provider: sops\n    secretRef:\n      name: sops-age\n';

/** A repository in which everything is right. */
const right: Readonly<Record<string, string>> = {
  'clusters/home/flux-system/gotk-sync.yaml': '',
  'clusters/home/apps.yaml': kustomization(withSecret),
  'clusters/home/keys.yaml': secret('sops-age', 'flux-system', 'age.agekey') + stanza([alice]),
  '.sops.yaml': `creation_rules:\n  - encrypted_regex: ^(data|stringData)$\n    age: ${alice}\n`,
  'apps/db.yaml': secret('db', 'default', 'password') + stanza([alice]),
};

function chains(changes: Readonly<Record<string, string>>, path = 'apps/db.yaml') {
  const files = memoryFiles({ ...right, ...changes });
  const git = { remotes: () => undefined, isTracked: () => undefined };
  const clock = {
    now: () => 0,
    yield: (callback: () => void) => callback(),
    after: (_: number, callback: () => void) => callback(),
  };
  const snapshot: Snapshot = finish(createWorkspace({ files, git, clock, log: { write: () => undefined } }).link());
  const file = snapshot.yaml(path);
  assert.ok(file);
  return decryptionChains(snapshot, file);
}

/** `link state` of the only chain. */
function states(changes: Readonly<Record<string, string>>, path?: string): string[] {
  const found = chains(changes, path);
  assert.equal(found.length, 1);
  return found.flatMap(({ links }) => links).map(({ link, state }) => `${link} ${state}`);
}

function broken(changes: Readonly<Record<string, string>>) {
  const [found, ...more] = chains(changes).flatMap(({ links }) => links.filter(({ state }) => state === 'broken'));
  assert.ok(found);
  assert.deepEqual(more, []);
  return found;
}

describe('the chain from an encrypted file to the key of a cluster', () => {
  it('holds where everything is right', () => {
    assert.deepEqual(states({}), [
      'file ok',
      'rule ok',
      'recipients ok',
      'kustomization ok',
      'decryption ok',
      'key-secret ok',
    ]);
    const [chain] = chains({});
    assert.ok(chain);
    assert.equal(chain.cluster, 'clusters/home');
    assert.match(chain.kustomization ?? '', /Kustomization\/flux-system\/apps$/);
  });

  it('breaks where the file is plain, or its entry is damaged', () => {
    assert.equal(broken({ 'apps/db.yaml': secret('db', 'default', 'password') }).action, 'encrypt');
    assert.equal(
      broken({ 'apps/db.yaml': (right['apps/db.yaml'] ?? '').replace(/ +lastmodified.*\n/, '') }).link,
      'file',
    );
  });

  it('breaks where the rule has other keys', () => {
    const link = broken({ '.sops.yaml': `creation_rules:\n  - age: ${alice},${cluster}\n` });
    assert.equal(link.link, 'recipients');
    assert.equal(link.action, 'update-keys');
  });

  it('breaks where the Kustomization does not decrypt, and says how to repair it', () => {
    const link = broken({ 'clusters/home/apps.yaml': kustomization('') });
    assert.equal(link.link, 'decryption');
    assert.deepEqual(
      link.fix?.edits.map(({ file, newText }) => [file, newText.trim()]),
      [['clusters/home/apps.yaml', 'decryption:\n    provider: sops\n    secretRef:\n      name: sops-age']],
    );
  });

  it('breaks where a ConfigMap takes the file in', () => {
    const link = broken({
      'apps/kustomization.yaml': 'configMapGenerator:\n  - name: a\n    files:\n      - db.yaml\n',
    });
    assert.match(link.message, /configMapGenerator/);
  });

  it('breaks where the Secret holds the key under another name', () => {
    const link = broken({ 'clusters/home/keys.yaml': secret('sops-age', 'flux-system', 'age.key') + stanza([alice]) });
    assert.equal(link.link, 'key-secret');
    assert.match(link.message, /holds age\.key, but the file needs a key whose name ends in \.agekey/);
  });

  it('is open where only the cluster knows', () => {
    assert.equal(states({ 'clusters/home/keys.yaml': '' }).at(-1), 'key-secret unknown');
    const noSecret = kustomization('  decryption:\n    provider: sops\n');
    assert.equal(states({ 'clusters/home/apps.yaml': noSecret }).at(-1), 'key-secret unknown');
    assert.equal(
      states({ 'other/db.yaml': right['apps/db.yaml'] ?? '' }, 'other/db.yaml').at(-1),
      'kustomization unknown',
    );
  });

  it('has one path for each Kustomization that applies the file', () => {
    const twice = `${kustomization(withSecret)}---\n${kustomization('').replace('name: apps', 'name: again')}`;
    assert.equal(chains({ 'clusters/home/apps.yaml': twice }).length, 2);
  });
});
