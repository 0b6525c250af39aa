import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { identityToRecipient } from 'age-encryption';
import { encryptFile, type EncryptionRule } from '../../client/secrets/operations/encrypt';
import { type OpenedFile } from '../../client/secrets/operations/opened-file';
import { saveChanges } from '../../client/secrets/operations/save';
import { textValue } from '../../client/secrets/values/plain-value';
import { type Selection } from '../../server/sops/selection';
import { storeFormatOf } from '../../server/sops/store-format';
import { must, now } from '../unit/secrets/keys';
import { Bench, benchIsMissing, eventually } from './support/bench';

const missing = benchIsMissing();
if (missing !== undefined) console.log(`SKIPPED: decryption by Flux. ${missing}. Nothing below was proved.`);
// Without the programs of the bench there is no controller to ask; the line above says so aloud.
const skip = missing === undefined ? false : missing;

const namespace = 'sealed';
const folder = 'apps/sealed';
const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
const secret = (name: string, value: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name },
    // Two lines and a comment: what is edited in place has to stay what Flux reads.
    stringData: { password: value, note: 'one\ntwo\n' },
  });
const yamlSecret = (name: string, value: string): string =>
  [
    `apiVersion: v1`,
    `kind: Secret`,
    `metadata:`,
    `  name: ${name}`,
    `stringData:`,
    `  # who may have it`,
    `  password: ${value} # for now`,
    `  note: |`,
    `    one`,
    `    two`,
    ``,
  ].join('\n');
const ofSecrets: Selection = { by: 'encrypted_regex', text: '^(data|stringData)$', isWritten: true };

/** Files that a Kustomization applies, or that generators make Secrets of. */
const files: Readonly<Record<string, { readonly content: string | Buffer; readonly selection?: Selection }>> = {
  'one.yaml': { content: yamlSecret('one', 'in-yaml'), selection: ofSecrets },
  'two.json': { content: secret('two', 'in-json'), selection: ofSecrets },
  'three.env': { content: '# a note\npassword=in-dotenv\nnote=one\\ntwo\n' },
  'four.ini': { content: '[auth]\npassword = in-ini\n' },
  'five.bin': { content: bytes },
  'six.yaml': { content: 'password: in-values # plain to read\nlist:\n  # first\n  - a\n' },
  'seven.json': { content: '{"password": "in-json-values"}\n' },
};

const kustomization = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${namespace}
resources:
  - one.yaml
  - two.json
generatorOptions:
  disableNameSuffixHash: true
secretGenerator:
  - name: generated
    files:
      - four.ini
      - five.bin
      - six.yaml
      - seven.json
  - name: variables
    envs:
      - three.env
`;

describe('the kustomize-controller decrypts what we encrypt', { skip }, () => {
  let bench: Bench;
  let rule: EncryptionRule;
  const written = new Map<string, OpenedFile>();

  const push = (message: string): void => {
    const git = (...args: string[]): void => {
      execFileSync('git', ['-C', join(bench.state, 'seed'), ...args], { stdio: 'ignore' });
    };
    git('add', '-A');
    git('commit', '-q', '-m', message);
    git('push', '-q');
  };
  const write = (name: string, text: string): void => {
    writeFileSync(join(bench.state, 'seed', folder, name), text);
  };
  const reconcile = (): Promise<void> => bench.flux('reconcile', 'kustomization', 'sealed', '--with-source');
  /** undefined until the object is there. */
  const dataOf = async (name: string): Promise<Readonly<Record<string, Buffer>> | undefined> => {
    const found = await bench.kubectl('get', 'secret', name, '-n', namespace, '-o', 'json').catch(() => undefined);
    if (found === undefined) return undefined;
    const { data = {} } = JSON.parse(found) as { data?: Record<string, string> };
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64')]));
  };
  const told = async (): Promise<string> =>
    bench.kubectl('get', 'kustomization', 'sealed', '-n', 'flux-system', '-o', 'jsonpath={.status.conditions}');
  const within = async (what: string, condition: () => Promise<boolean>): Promise<void> => {
    try {
      await eventually(what, condition, 90);
    } catch {
      assert.fail(`${what}: ${await told()}`);
    }
  };

  before(async () => {
    bench = Bench.start();
    const identity = /^AGE-SECRET-KEY-\S+$/m.exec(readFileSync(join(bench.state, 'pki', 'age.agekey'), 'utf8'))?.[0];
    const name = await identityToRecipient(identity ?? '');
    rule = { groups: [[{ type: 'age', name }]], threshold: 0 };
    bench.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    mkdirSync(join(bench.state, 'seed', folder));
    for (const [file, { content, selection }] of Object.entries(files)) {
      const one = { ...rule, ...(selection && { selection }) };
      const made = must(await encryptFile(content, storeFormatOf(file), one, undefined, now));
      assert.doesNotMatch(made.file.text, /in-(?:yaml|json|dotenv|ini|values)/);
      written.set(file, made);
      write(file, made.file.text);
    }
    write('kustomization.yaml', kustomization);
    push('Sealed files');
    bench.apply({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name: 'sealed', namespace: 'flux-system' },
      spec: {
        interval: '1m',
        retryInterval: '5s',
        path: `./${folder}`,
        prune: true,
        sourceRef: { kind: 'GitRepository', name: 'flux-system' },
        decryption: { provider: 'sops', secretRef: { name: 'sops-age' } },
      },
    });
    await reconcile();
    await within('the objects', async () => (await dataOf('variables')) !== undefined);
  });
  after(() => {
    bench.stop();
  });

  for (const [name, value] of [
    ['one', 'in-yaml'],
    ['two', 'in-json'],
  ] as const) {
    test(`a Secret of ${name === 'one' ? 'YAML' : 'JSON'} is applied in clear`, async () => {
      const data = await dataOf(name);
      assert.equal(data?.['password']?.toString(), value);
      assert.equal(data['note']?.toString(), 'one\ntwo\n');
    });
  }

  test('generators take dotenv, INI, binary, YAML and JSON files', async () => {
    const variables = await dataOf('variables');
    assert.equal(variables?.['password']?.toString(), 'in-dotenv');
    const generated = await dataOf('generated');
    assert.deepEqual(generated?.['five.bin'], bytes);
    assert.match(generated['four.ini']?.toString() ?? '', /^\[auth\]\s+password = in-ini\s*$/);
    assert.match(generated['six.yaml']?.toString() ?? '', /^password: in-values$/m);
    assert.deepEqual(JSON.parse(generated['seven.json']?.toString() ?? ''), { password: 'in-json-values' });
  });

  test('what is edited in its place is decrypted again', async () => {
    const set = (file: string, steps: readonly string[]): void => {
      const opened = written.get(file);
      assert.ok(opened);
      const change = { kind: 'set', at: { document: 0, steps }, value: textValue(`edited-${file}`) } as const;
      write(file, must(saveChanges(opened, [change], '2026-03-02T10:00:00Z')).file.text);
    };
    set('one.yaml', ['stringData', 'password']);
    set('two.json', ['stringData', 'password']);
    set('three.env', ['password']);
    push('Edited');
    await reconcile();
    const is = async (name: string, value: string): Promise<boolean> =>
      (await dataOf(name))?.['password']?.toString() === value;
    await within('the edited Secret', () => is('one', 'edited-one.yaml'));
    await within('the edited Secret of JSON', () => is('two', 'edited-two.json'));
    await within('the edited variables', () => is('variables', 'edited-three.env'));
  });
});
