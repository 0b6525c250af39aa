import assert from 'node:assert/strict';
import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { before, describe, test, type TestContext } from 'node:test';
import { existsSync } from 'node:fs';
import { smallRepository } from './repository';

// The program as it ships.
const program = resolve('dist', 'cli.js');

before(() => assert.ok(existsSync(program), 'dist/cli.js is missing: run npm run build first'));

const environment = { ...process.env, NO_COLOR: '1' };
const fluxwright = (...args: string[]): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', env: environment });

function folder(context: TestContext, files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'fluxwright-test-'));
  context.after(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const withoutFault = (): Record<string, string> => {
  const { 'clusters/home/apps.yaml': apps = '', ...rest } = smallRepository;
  return { ...rest, 'clusters/home/apps.yaml': apps.replace('    - name: absent\n', '') };
};

describe('dist/cli.js', () => {
  test('0: nothing to report', (context) => {
    const { status, stdout, stderr } = fluxwright('check', folder(context, withoutFault()));
    assert.match(stdout, /^0 findings in 7 files · 1 cluster · 3 Kustomizations · \d+\.\d\d s\n$/);
    assert.equal(stderr, '');
    assert.equal(status, 0);
  });

  test('0: no Flux, no files', (context) => {
    const plain = fluxwright('check', folder(context, { 'values.yaml': 'a: ${b}\n', 'chart.tpl': '{{' }));
    assert.match(plain.stdout, /^0 findings in 1 file · no Flux found · /);
    assert.equal(plain.status, 0);
    const empty = fluxwright('check', folder(context, {}));
    assert.match(empty.stdout, /^0 findings: .*fluxwright-test-\w+ holds no YAML file\n$/);
    assert.equal(empty.status, 0);
  });

  test('1: a finding, unless the threshold is higher', (context) => {
    const root = folder(context, smallRepository);
    const { status, stdout } = fluxwright('check', root);
    assert.match(stdout, /^clusters\/home\/apps\.yaml:15:13: error ref-depends-on-not-found .*absent.*\n1 error in /);
    assert.equal(status, 1);
    assert.equal(fluxwright('check', root, '--fail-on', 'none').status, 0);
    const json = fluxwright('check', root, '--format', 'json');
    const report = JSON.parse(json.stdout) as { findings: { file: string }[] };
    assert.deepEqual(
      report.findings.map(({ file }) => file),
      ['clusters/home/apps.yaml'],
    );
    assert.equal(json.status, 1);
    assert.equal(json.stderr, '');
  });

  test('2: wrong usage', () => {
    for (const args of [[], ['nonsense'], ['check', '--nonsense'], ['check', '/no/such/folder'], ['check', program]]) {
      const { status, stdout, stderr } = fluxwright(...args);
      assert.equal(stdout, '', args.join(' '));
      assert.match(stderr, /^fluxwright: .+\n$/, args.join(' '));
      assert.equal(status, 2, args.join(' '));
    }
  });

  test('2: wrong configuration, with its place', (context) => {
    const configuration = 'rules:\n  ks-path-case: loud\ncolour: red\n';
    const root = folder(context, { ...smallRepository, '.fluxwright.yaml': configuration });
    for (const command of ['check', 'graph']) {
      const { status, stdout, stderr } = fluxwright(command, root);
      assert.equal(stdout, '');
      assert.match(stderr, /^\.fluxwright\.yaml:2:17: error configuration .*loud.*$/m);
      assert.match(stderr, /^\.fluxwright\.yaml:3:\d+: error configuration .*colour.*$/m);
      assert.match(stderr, /^fluxwright: .*Correct \.fluxwright\.yaml and run again\.\n$/m);
      assert.equal(status, 2);
    }
  });

  test('bad files stop nothing and print no stack trace', (context) => {
    const root = folder(context, { ...withoutFault(), 'apps/big.yaml': '', 'apps/locked.yaml': 'a: 1' });
    truncateSync(join(root, 'apps/big.yaml'), 100_000_000);
    chmodSync(join(root, 'apps/locked.yaml'), 0);
    writeFileSync(join(root, 'apps/latin1.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xe9]));
    writeFileSync(join(root, 'apps/cut.yaml'), 'apiVersion: v1\nkind: [ConfigMap\n---\n"');
    const list = ['web.yaml', 'big.yaml', 'locked.yaml', 'latin1.yaml', 'cut.yaml', 'gone.yaml'];
    writeFileSync(join(root, 'apps/kustomization.yaml'), `resources:\n${list.map((name) => `  - ${name}\n`).join('')}`);
    const { status, stdout, stderr } = fluxwright('check', root);
    assert.match(stdout, /^apps\/cut\.yaml:/m);
    assert.doesNotMatch(stdout + stderr, /^\s+at /m);
    assert.equal(status, 1);
  });

  test('version and help', () => {
    assert.match(fluxwright('--version').stdout, /^\d+\.\d+\.\d+\n$/);
    assert.match(fluxwright('--help').stdout, /Usage: fluxwright COMMAND/);
    assert.match(fluxwright('check', '--help').stdout, /Usage: fluxwright check/);
  });

  test('graph', (context) => {
    const { status, stdout } = fluxwright('graph', folder(context, smallRepository));
    assert.match(
      stdout,
      /^clusters\/home Flux 2\.10 assumed, 3 Kustomizations\n└─ Kustomization flux-system\/flux-system/,
    );
    assert.equal(status, 0);
  });

  test('a reader that leaves early is no failure', { skip: process.platform === 'win32' }, async (context) => {
    const root = folder(context, smallRepository);
    const child = spawn(process.execPath, [program, 'graph', root, '--format', 'json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    await new Promise((done) => child.on('close', done));
    assert.equal(stderr, '');
  });
});
