import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type FileRevision, type HistoryAnswer, type HistoryQuestion } from '../../server/protocol/history';
import { configMap, minimal, repository, scenario, startScene, type Scene } from './scene';

const hasGit = spawnSync('git', ['--version']).status === 0;

function git({ folder }: Pick<Scene, 'folder'>, ...args: string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, '-C', folder, ...args], { encoding: 'utf8', stdio: 'pipe' }).trim();
}

async function ask(scene: Scene, question: HistoryQuestion): Promise<HistoryAnswer | undefined> {
  const asked = { root: scene.uri(), question };
  return (await scene.client.request<{ said?: HistoryAnswer }>('fluxwright/history', asked)).said;
}

const kustomization = (name: string, owner = 'flux-system'): string =>
  `clusters/staging|kustomize.toolkit.fluxcd.io/Kustomization/flux-system/${owner}|kustomize.toolkit.fluxcd.io/Kustomization/flux-system/${name}`;

if (!hasGit) test('the history', { skip: 'git is not installed' }, () => undefined);
else {
  scenario('what Git says of commits, branches, tags and contents', async (context) => {
    const scene = startScene(context);
    git(scene, 'init', '--quiet', '--initial-branch=main');
    git(scene, 'add', '.');
    git(scene, 'commit', '--quiet', '--message=one');
    const first = git(scene, 'rev-parse', 'HEAD');
    git(scene, 'tag', 'v1.0.0');
    git(scene, 'update-ref', 'refs/remotes/fork/main', first);
    git(scene, 'checkout', '--quiet', '-b', 'side');
    scene.write('apps/config.yaml', configMap('side'));
    git(scene, 'commit', '--quiet', '--all', '--message=side');
    const side = git(scene, 'rev-parse', 'HEAD');
    git(scene, 'checkout', '--quiet', 'main');
    rmSync(join(scene.folder, 'infra/config.yaml'));
    scene.write('infra/other.yaml', configMap('other'));
    git(scene, 'add', '--all');
    git(scene, 'commit', '--quiet', '--message=two');
    const second = git(scene, 'rev-parse', 'HEAD');
    git(scene, 'update-ref', 'refs/remotes/origin/main', second);
    await scene.client.initialize(minimal, [scene.uri()]);
    await scene.client.next('fluxwright/snapshotChanged');

    const none = '0'.repeat(40);
    const uri = scene.uri('apps/config.yaml');
    const blob = git(scene, 'rev-parse', `${side}:apps/config.yaml`);
    const changed = ['infra/config.yaml', 'infra/other.yaml'].map((path) => scene.uri(path));
    const cases: readonly (readonly [HistoryQuestion, HistoryAnswer])[] = [
      [{ ask: 'commit', name: 'HEAD' }, second],
      [{ ask: 'commit', name: '--help' }, null],
      [{ ask: 'branch-tip', branch: 'main' }, second],
      [{ ask: 'branch-tip', branch: 'side' }, null],
      [{ ask: 'branch-tip', branch: '*' }, null],
      [{ ask: 'tags' }, ['v1.0.0']],
      [{ ask: 'is-ancestor', commit: first, of: second }, true],
      [{ ask: 'is-ancestor', commit: second, of: second }, true],
      [{ ask: 'is-ancestor', commit: second, of: first }, false],
      [{ ask: 'is-ancestor', commit: side, of: second }, false],
      [{ ask: 'is-ancestor', commit: none, of: second }, null],
      [{ ask: 'is-ancestor', commit: '--help', of: second }, null],
      [{ ask: 'blob', commit: side, uri }, blob],
      [{ ask: 'blob', commit: second, uri: scene.uri('infra/config.yaml') }, ''],
      [{ ask: 'blob', commit: none, uri }, null],
      [{ ask: 'changed-files', commit: second }, changed],
      [{ ask: 'changed-files', commit: none }, null],
    ];
    for (const [question, expected] of cases) {
      assert.deepEqual(await ask(scene, question), expected, JSON.stringify(question));
    }
    const root = (await ask(scene, { ask: 'changed-files', commit: first })) ?? [];
    assert.equal(Array.isArray(root) && root.length, Object.keys(repository).length);

    // What was removed is told by the folder it lay in.
    const { client } = scene;
    const reach = (uris: readonly string[]): Promise<unknown> =>
      client.request('fluxwright/reach', { root: scene.uri(), uris });
    assert.deepEqual(await reach([scene.uri('infra/config.yaml')]), {
      ...{ generation: 1, available: true },
      ...{ kustomizations: [kustomization('infra')], objects: [] },
    });
    assert.deepEqual(await reach([scene.uri('clusters/staging/apps.yaml')]), {
      ...{ generation: 1, available: true },
      ...{ kustomizations: [kustomization('flux-system')], objects: [kustomization('apps')] },
    });
    assert.deepEqual(await reach([scene.uri('README.md')]), {
      ...{ generation: 1, available: true, kustomizations: [], objects: [] },
    });
  });

  scenario('the revisions of a file, and its text at one as Git keeps it', async (context) => {
    const scene = startScene(context);
    const { client } = scene;
    const commit = (subject: string): string => {
      git(scene, 'add', '--all');
      git(scene, 'commit', '--quiet', `--message=${subject}`);
      return git(scene, 'rev-parse', 'HEAD');
    };
    git(scene, 'init', '--quiet', '--initial-branch=main');
    // A repository that decrypts what its users look at: what is asked for is the encrypted text.
    scene.write('.gitattributes', '*.sops.json diff=shown\n');
    git(scene, 'config', 'diff.shown.textconv', 'echo shown');
    scene.write('apps/old.sops.json', '{\n"one": 1,\n"two": 2\n}\n');
    const first = commit('one');
    git(scene, 'mv', 'apps/old.sops.json', 'apps/new.sops.json');
    const second = commit('moved $(x)');
    scene.write('apps/new.sops.json', '{\n"one": 3,\n"two": 2\n}\n');
    const third = commit('three');
    await client.initialize(minimal, [scene.uri()]);
    await client.next('fluxwright/snapshotChanged');

    const uri = scene.uri('apps/new.sops.json');
    const { revisions = [] } = await client.request<{ revisions?: readonly FileRevision[] }>('fluxwright/fileHistory', {
      uri,
    });
    assert.deepEqual(
      revisions.map(({ commit: hash, path, author, subject }) => [hash, path, author, subject]),
      [
        [third, 'apps/new.sops.json', 't', 'three'],
        [second, 'apps/new.sops.json', 't', 'moved $(x)'],
        [first, 'apps/old.sops.json', 't', 'one'],
      ],
    );
    assert.ok(revisions.every(({ date }) => !Number.isNaN(Date.parse(date))));

    const at = (revision: string, path?: string) =>
      client.request<{ available: boolean; text?: string; commit?: string; message?: string }>('fluxwright/fileAt', {
        ...{ uri, revision, ...(path !== undefined && { path }) },
      });
    assert.deepEqual(await at('HEAD~1'), {
      ...{ generation: 1, available: true, commit: second, text: '{\n"one": 1,\n"two": 2\n}\n' },
    });
    assert.equal((await at(first, 'apps/old.sops.json')).text, '{\n"one": 1,\n"two": 2\n}\n');
    assert.match((await at(first)).message ?? '', /^apps\/new\.sops\.json is not in commit /);
    assert.match((await at('--help')).message ?? '', /^Git knows no commit --help/);
    assert.equal((await at('HEAD', '../outside')).available, false);
  });

  scenario('nothing is asked of Git where no program may run', async (context) => {
    const scene = startScene(context, repository);
    git(scene, 'init', '--quiet');
    git(scene, 'add', '.');
    git(scene, 'commit', '--quiet', '--message=one');
    await scene.client.initialize(minimal, [scene.uri()], { initializationOptions: { isTrusted: false } });
    await scene.client.next('fluxwright/snapshotChanged');
    assert.equal(await ask(scene, { ask: 'commit', name: 'HEAD' }), null);
    assert.equal(await ask(scene, { ask: 'tags' }), null);
    const uri = scene.uri('apps/config.yaml');
    for (const [method, more] of [
      ['fluxwright/fileHistory', {}],
      ['fluxwright/fileAt', { revision: 'HEAD' }],
    ] as const) {
      assert.equal((await scene.client.request<{ available: boolean }>(method, { uri, ...more })).available, false);
    }
  });
}
