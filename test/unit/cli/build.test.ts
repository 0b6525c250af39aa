import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { run } from '../../../server/cli/run';
import { fakeIo } from './fake-io';

const root = mkdtempSync(join(tmpdir(), 'fluxwright-build-'));
after(() => rmSync(root, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';
write({
  '.git/HEAD': '',
  'shared.yaml': object,
  'app/kustomization.yaml': 'resources: [../shared.yaml]\nnamePrefix: p-\n',
  'old/kustomization.yaml': 'bases: [../app]\n',
  'bad/kustomization.yaml': 'resources:\n  - gone.yaml\n',
  'part/kustomization.yaml': 'kind: Component\nnamePrefix: p-\n',
});

async function build(...args: string[]) {
  const io = fakeIo();
  const code = await run(['build', ...args], io);
  return { code, ...io.printed };
}

describe('fluxwright build', () => {
  test('prints the objects and nothing else', async () => {
    const out = object.replace('name: a', 'name: p-a');
    assert.deepEqual(await build(join(root, 'app')), { code: 0, out, err: '' });
  });

  test('says what is old on standard error', async () => {
    const { code, err } = await build(join(root, 'old'));
    assert.equal(code, 0);
    assert.match(err, /^# Warning: 'bases' is deprecated\. Please use 'resources' instead\. .+\n$/);
  });

  test('fails with the place and the reason', async () => {
    const err = 'Error: bad/kustomization.yaml:2:5: gone.yaml does not exist. Flux cannot build this.\n';
    assert.deepEqual(await build(join(root, 'bad')), { code: 1, out: '', err });
  });

  test('reads nothing outside the root it is given', async () => {
    const { code, err } = await build(join(root, 'app'), '--root', join(root, 'app'));
    assert.equal(code, 1);
    assert.match(err, /is outside the repository/);
  });

  for (const args of [['a', 'b'], ['--out', 'x'], ['--all', 'x'], ['--all', 'x', '--out', 'y', 'z'], ['--bogus']]) {
    test(`refuses ${args.join(' ')}`, async () => {
      const { code, out } = await build(...args);
      assert.deepEqual([code, out], [2, '']);
    });
  }

  test('writes all outputs of a repository and an index', async () => {
    const out = join(root, '..', `${root}-out`);
    after(() => rmSync(out, { recursive: true, force: true }));
    const { code } = await build('--all', root, '--out', out);
    assert.equal(code, 0);
    assert.deepEqual(readdirSync(out).sort(), ['app.yaml', 'index.tsv', 'old.yaml']);
    assert.equal(
      readFileSync(join(out, 'index.tsv'), 'utf8'),
      [
        'app\tbuilt\t1\n',
        'bad\terror\tbad/kustomization.yaml: gone.yaml does not exist. Flux cannot build this.\n',
        'old\tbuilt\t1\n',
        'part\tcomponent\t\n',
      ].join(''),
    );
  });
});

test('sizes that the editor leaves alone are built whole', async () => {
  const data = Array.from(
    { length: 40_000 },
    (_, index) => `  key-${String(index).padStart(5, '0')}: value ${index}\n`,
  );
  const large = `apiVersion: v1\ndata:\n${data.join('')}kind: ConfigMap\nmetadata:\n  name: large\n`;
  const text = 'line\n'.repeat(300_000);
  write({
    'large/kustomization.yaml': 'resources: [large.yaml]\n',
    'large/large.yaml': large,
    'entry/kustomization.yaml':
      'configMapGenerator: [{ name: a, files: [text.txt] }]\ngeneratorOptions: { disableNameSuffixHash: true }\n',
    'entry/text.txt': text,
  });
  assert.deepEqual(await build(join(root, 'large')), { code: 0, out: large, err: '' });
  const { code, out } = await build(join(root, 'entry'));
  assert.equal(code, 0);
  assert.equal(out.split('\n').filter((line) => line === '    line').length, 300_000);
});
