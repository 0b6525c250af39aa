import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { returnCommands } from '../../../../client/status/freeze/way-back-text';
import { temporaryFolder } from '../../host/temporary-folder';

test('the way back over merges leaves the files as they were, and nothing of the user’s own is lost', (context) => {
  const folder = temporaryFolder(context);
  const environment = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const run = (command: string, ...args: readonly string[]): string =>
    execFileSync(command, args, { cwd: folder, env: environment, encoding: 'utf8', stdio: 'pipe' }).trim();
  const git = (...args: readonly string[]): string => run('git', ...args);
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  const commit = (message: string): string => {
    git('add', '-A');
    git('commit', '-qm', message);
    return git('rev-parse', 'HEAD');
  };
  git('init', '-q', '-b', 'main');
  git('config', 'user.name', 'a');
  git('config', 'user.email', 'a@example.com');
  write('apps.yaml', 'one\n');
  const good = commit('good');
  git('switch', '-qc', 'side');
  write('added.yaml', 'new\n');
  commit('side');
  git('switch', '-q', 'main');
  write('apps.yaml', 'two\n');
  commit('main');
  git('merge', '-q', '--no-edit', 'side');
  const bad = git('rev-parse', 'HEAD');
  assert.throws(() => git('revert', '--no-edit', `${good}..${bad}`), /is a merge/);
  git('revert', '--quit');
  git('reset', '-q', '--hard', bad);

  const [, , , back = ''] = returnCommands({ cluster: 'c', source: 'f/s', good, bad, branch: 'main' });
  const carryOut = (): string => run('sh', '-c', back);
  write('apps.yaml', 'my own\n');
  assert.throws(carryOut, /not uptodate/);
  git('checkout', '-q', '--', '.');
  write('untracked.txt', 'mine\n');
  carryOut();
  assert.equal(git('rev-parse', 'HEAD^{tree}'), git('rev-parse', `${good}^{tree}`));
  assert.equal(git('rev-parse', 'HEAD^'), bad);
  assert.equal(git('status', '--porcelain'), '?? untracked.txt');
});
