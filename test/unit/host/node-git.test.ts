import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, test } from 'node:test';
import { normaliseRemote, parseGitConfig } from '../../../server/host/git-config';
import { createNodeGit } from '../../../server/host/node-git';
import { rootOfFolder } from '../../../server/host/root';
import { findGit } from '../../../server/host/run-git';
import { temporaryFolder } from './temporary-folder';

const withoutGit = spawnSync('git', ['--version']).status === 0 ? false : 'git is not installed';

const git = (folder: string, ...args: string[]): void => {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org'];
  execFileSync('git', [...identity, '-c', 'protocol.file.allow=always', '-C', folder, ...args], { stdio: 'ignore' });
};

class TestClock {
  time = 0;
  now = (): number => this.time;
  yield = (callback: () => void): void => callback();
  after = (_: number, callback: () => void): void => callback();
}

describe('remotes', () => {
  const remotes: readonly (readonly [string, string | undefined])[] = [
    ['https://github.com/Org/Repo.git', 'github.com/org/repo'],
    ['https://user:token@github.com/org/repo', 'github.com/org/repo'],
    ['ssh://git@github.com:22/org/repo.git', 'github.com/org/repo'],
    ['ssh://git@github.com/org/repo/', 'github.com/org/repo'],
    ['git@github.com:org/repo.git', 'github.com/org/repo'],
    ['github.com:org/repo', 'github.com/org/repo'],
    ['https://dev.azure.com/o/p/_git/r', 'dev.azure.com/o/p/_git/r'],
    ['/srv/git/repo.git', undefined],
    ['../repo', undefined],
    ['C:\\repos\\a', undefined],
    ['file:///srv/git/repo.git', undefined],
    ['', undefined],
  ];
  for (const [url, expected] of remotes) test(url, () => assert.equal(normaliseRemote(url), expected));

  test('the configuration file', () => {
    const config = [
      '# comment',
      '[core]',
      '\tbare = false ; trailing',
      '[remote "origin"] url = "https://a.example/x#1" # c',
      '[Remote "o\\"dd]"]',
      '  URL = git@b.example:\\',
      'y',
      '  fetch',
    ].join('\n');
    assert.deepEqual(parseGitConfig(config), [
      { section: 'core', subsection: '', key: 'bare', value: 'false' },
      { section: 'remote', subsection: 'origin', key: 'url', value: 'https://a.example/x#1' },
      { section: 'remote', subsection: 'o"dd]', key: 'url', value: 'git@b.example:y' },
    ]);
  });

  test('read without running a program', (context) => {
    const root = temporaryFolder(context, {
      'repo/.git/config': '[remote "origin"]\n\turl = git@github.com:o/r.git\n[remote "fork"]\nurl = /tmp/x\n',
      'repo/.git/worktrees/w/commondir': '../..\n',
      'repo/.git/modules/m/config': '[remote "origin"]\n\turl = https://example.org/m\n',
      'w/.git': `gitdir: ../repo/.git/worktrees/w\n`,
      'repo/m/.git': 'gitdir: ../.git/modules/m\n',
      'broken/.git': 'gitdir: nowhere\n',
      'repo/apps/x': '',
    });
    const of = (folder: string): readonly string[] | undefined =>
      createNodeGit(join(root, folder), new TestClock(), { runsPrograms: false }).remotes();
    assert.deepEqual(of('repo'), ['github.com/o/r']);
    assert.deepEqual(of('repo/apps'), ['github.com/o/r']);
    assert.deepEqual(of('w'), ['github.com/o/r']);
    assert.deepEqual(of('repo/m'), ['example.org/m']);
    assert.equal(of('broken'), undefined);
    assert.equal(of('.'), undefined);
  });
});

describe('tracked files', { skip: withoutGit }, () => {
  test('tracked, addable and ignored ones', (context) => {
    const root = temporaryFolder(context, {
      '.gitignore': 'out/\n',
      'a/b.yaml': '',
      'out/x.yaml': '',
      'é "q".yaml': '',
    });
    git(root, 'init', '-q');
    git(root, 'add', '.');
    const clock = new TestClock();
    const port = createNodeGit(root, clock, { runsPrograms: true });
    assert.equal(port.isTracked('a/b.yaml'), true);
    assert.equal(port.isTracked('a'), true);
    assert.equal(port.isTracked('é "q".yaml'), true);
    assert.equal(port.isTracked('out/x.yaml'), false);
    writeFileSync(join(root, 'new.yaml'), '');
    assert.equal(port.isTracked('new.yaml'), false);
    clock.time = 6000;
    assert.equal(port.isTracked('new.yaml'), true);
    assert.equal(createNodeGit(root, clock, { runsPrograms: false }).isTracked('a'), undefined);
  });

  test('paths are those below a root inside the work tree', (context) => {
    const top = temporaryFolder(context, { 'sub/a.yaml': '', 'b.yaml': '' });
    git(top, 'init', '-q');
    const port = createNodeGit(join(top, 'sub'), new TestClock(), { runsPrograms: true });
    assert.equal(port.isTracked('a.yaml'), true);
    assert.equal(port.isTracked('b.yaml'), false);
  });

  test('nothing is known outside a work tree', (context) => {
    const root = temporaryFolder(context, { 'a.yaml': '' });
    assert.equal(createNodeGit(root, new TestClock(), { runsPrograms: true }).isTracked('a.yaml'), undefined);
  });

  test('programs of the repository are not run', (context) => {
    const root = temporaryFolder(context, { 'a.yaml': '' });
    git(root, 'init', '-q');
    const trap = join(root, 'trap.sh');
    writeFileSync(trap, `#!/bin/sh\ntouch '${join(root, 'sprung')}'\n`, { mode: 0o755 });
    for (const setting of ['core.fsmonitor', 'core.pager', 'core.sshCommand', 'core.editor', 'diff.external']) {
      git(root, 'config', setting, trap);
    }
    mkdirSync(join(root, 'hooks'));
    writeFileSync(join(root, 'hooks', 'post-index-change'), `#!/bin/sh\n${trap}\n`, { mode: 0o755 });
    git(root, 'config', 'core.hooksPath', join(root, 'hooks'));
    const port = createNodeGit(root, new TestClock(), { runsPrograms: true });
    assert.equal(port.isTracked('a.yaml'), true);
    assert.equal(existsSync(join(root, 'sprung')), false);
  });

  test('a program named git inside the root, or in a relative folder of PATH, is none', (context) => {
    const root = temporaryFolder(context);
    const other = temporaryFolder(context);
    for (const folder of [root, other]) writeFileSync(join(folder, 'git'), '#!/bin/sh\n', { mode: 0o755 });
    assert.equal(findGit(root, `${root}:${relative(process.cwd(), other)}:.:`), undefined);
    assert.equal(findGit(root, `${root}:${other}`), join(other, 'git'));
  });
});

describe('the root of an opened folder', { skip: withoutGit }, () => {
  test('as Git tracks it', (context) => {
    const top = temporaryFolder(context, { 'repo/apps/a.yaml': '', 'repo/scratch/b.yaml': '', 'plain/c.yaml': '' });
    const repo = join(top, 'repo');
    git(repo, 'init', '-q');
    git(repo, 'add', 'apps');
    assert.equal(rootOfFolder(repo, true), repo);
    assert.equal(rootOfFolder(join(repo, 'apps'), true), repo);
    assert.equal(rootOfFolder(join(repo, 'scratch'), true), join(repo, 'scratch'));
    assert.equal(rootOfFolder(join(top, 'plain'), true), join(top, 'plain'));
    assert.equal(rootOfFolder(join(repo, 'apps'), false), join(repo, 'apps'));
  });
});
