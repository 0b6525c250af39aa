import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isGitIgnored } from '../../../server/workspace/git-ignore';
import { concernsSecrets, isOtherSecretFile } from '../../../server/workspace/secret-files';
import { analyse } from '../../support/analysis';
import { identityFrom, recipientFrom } from '../../support/bech32';
import { memoryFiles } from '../../support/memory-files';

describe('files that concern secrets', () => {
  it('are told by their text or name', () => {
    for (const text of ['kind: Secret', '{"kind":"Secret"}', 'sops:\n', '"sops": {', 'a: ENC[AES256_GCM,data:x]']) {
      assert.equal(concernsSecrets('a.yaml', text), true, text);
    }
    assert.equal(concernsSecrets('a.yaml', 'kind: SecretStore\nspec:\n  sopsy: 1'), false);
    assert.equal(concernsSecrets('a.sops.yaml', ''), true);
    assert.equal(concernsSecrets('a/.decrypted~b.yaml', ''), true);
  });

  it('of other kinds are small files in which keys are kept', () => {
    for (const path of ['age.agekey', 'a/keys.txt', '.env', 'id_ed25519', 'a.sops.toml', 'LICENSE', 'x.json']) {
      assert.equal(isOtherSecretFile(path), true, path);
    }
    for (const path of ['a.ts', 'image.png', 'notes.txt', 'node_modules/a/key.pem', 'a/vendor/b/key.pem', 'a.yaml']) {
      assert.equal(isOtherSecretFile(path), false, path);
    }
  });
});

describe('.gitignore', () => {
  const ignored = (texts: Readonly<Record<string, string>>, file: string): boolean =>
    isGitIgnored(file, (path) => texts[path]);

  it('says what Git leaves alone', () => {
    const top = { '.gitignore': '# comment\n*.agekey\n/local/\nlogs\nsecret/*.yaml\n!keep.agekey\n**/tmp/*.yml\n' };
    for (const file of ['a.agekey', 'x/a.agekey', 'local/a', 'x/logs/a', 'secret/a.yaml', 'x/y/tmp/a.yml']) {
      assert.equal(ignored(top, file), true, file);
    }
    for (const file of ['a.yaml', 'x/local/a', 'x/keep.agekey', 'x/secret/a.yaml', 'secret/b/a.yaml', 'local']) {
      assert.equal(ignored(top, file), false, file);
    }
  });

  it('counts in its folder, later ones over earlier ones, and nothing comes back below what is left out', () => {
    assert.equal(ignored({ '.gitignore': '*.key', 'a/.gitignore': '!b.key' }, 'a/b.key'), false);
    assert.equal(ignored({ '.gitignore': 'a/', 'a/.gitignore': '!b.key' }, 'a/b.key'), true);
    assert.equal(ignored({ 'a/.gitignore': '/b.key' }, 'a/b.key'), true);
    assert.equal(ignored({ 'a/.gitignore': '/b.key' }, 'b.key'), false);
  });
});

describe('rules of files, again and again', () => {
  const secret =
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n  namespace: default\nstringData:\n  a: correct horse\n';
  const config = (pattern: string) => `creation_rules:\n  - path_regex: ${pattern}\n    age: ${recipientFrom(1)}\n`;

  it('follow the file, its configuration, what Git ignores, and files of any kind', () => {
    const files = memoryFiles({
      'clusters/home/flux-system/gotk-sync.yaml': '',
      '.sops.yaml': config('^apps/'),
      'apps/db.yaml': secret,
    });
    const analysis = analyse(files);
    const { workspace, complaints } = analysis;
    const codes = (): string[] =>
      [...analysis.run().verdict.findings]
        .flatMap(([file, found]) => found.map(({ code }) => `${file} ${code}`))
        .sort();
    const change = (path: string, text: string | undefined): string[] => {
      if (text === undefined) files.delete(path);
      else files.set(path, text);
      workspace.touch([path]);
      return codes();
    };
    const plain = 'apps/db.yaml sops-plain-secret';
    assert.deepEqual(codes(), [plain]);
    assert.deepEqual(change('.sops.yaml', config('^other/')), ['.sops.yaml sops-config-unused-rule']);
    assert.deepEqual(change('other/a.yaml', 'a: 1\n'), []);
    assert.deepEqual(change('apps/.sops.yaml', config('db')), [plain]);
    assert.deepEqual(change('.gitignore', 'db.yaml\n'), []);
    assert.deepEqual(change('.gitignore', undefined), [plain]);
    assert.deepEqual(change('apps/.sops.yaml', undefined), []);
    assert.deepEqual(change('age.agekey', `${identityFrom(1)}\n`), ['age.agekey sops-private-key-committed']);
    assert.deepEqual(change('age.agekey', 'gone\n'), []);
    workspace.setText('apps/db.yaml', `${secret}  key: ${identityFrom(1)}\n`, 2);
    assert.deepEqual(codes(), ['apps/db.yaml sops-private-key-committed']);
    workspace.clearText('apps/db.yaml');
    assert.deepEqual(codes(), []);
    assert.deepEqual(complaints, []);
  });

  it('are silent where nobody asked: no Flux, no SOPS', () => {
    const analysis = analyse(memoryFiles({ 'key.yaml': `key: ${identityFrom(1)}\n` }));
    assert.deepEqual([...analysis.run().verdict.findings], []);
  });

  it('speak at once of an open text', () => {
    const files = memoryFiles({
      'clusters/home/flux-system/gotk-sync.yaml': '',
      '.sops.yaml': config('.'),
      'a.yaml': 'a: 1\n',
    });
    const analysis = analyse(files);
    const { workspace, judge } = analysis;
    analysis.run();
    const typed = workspace.setText('a.yaml', secret, 2);
    const steps = judge.judgeFile(typed, workspace.snapshot);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    assert.deepEqual(
      step.value.map(({ code }) => code),
      ['sops-plain-secret'],
    );
  });
});
