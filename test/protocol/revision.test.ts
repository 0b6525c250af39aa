import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { configMap, minimal, repository, scenario, startScene, type Scene } from './scene';

const hasGit = spawnSync('git', ['--version']).status === 0;

function git({ folder }: Scene, ...args: string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, '-C', folder, ...args], { encoding: 'utf8', stdio: 'pipe' }).trim();
}

interface Rendered {
  readonly available: boolean;
  readonly reason?: string;
  readonly text?: string;
  readonly commit?: string;
  readonly generation: number;
}

const owner = 'clusters/staging|kustomize.toolkit.fluxcd.io/Kustomization/flux-system/apps|';

if (!hasGit) test('rendering of a commit', { skip: 'git is not installed' }, () => undefined);
else {
  scenario('what is rendered at a commit, whatever stands in the files now', async (context) => {
    const scene = startScene(context);
    git(scene, 'init', '--quiet', '--initial-branch=main');
    scene.write('apps/old.yaml', configMap('old'));
    // Links are files of their own in a commit.
    scene.write('shared/linked.yaml', configMap('linked'));
    symlinkSync('../shared/linked.yaml', join(scene.folder, 'apps/link.yaml'));
    symlinkSync('../shared', join(scene.folder, 'apps/folder'));
    symlinkSync('../../outside', join(scene.folder, 'apps/out.yaml'));
    scene.write('apps/kustomization.yaml', 'resources: [config.yaml, old.yaml, link.yaml]\n');
    git(scene, 'add', '.');
    git(scene, 'commit', '--quiet', '--message=one');
    const first = git(scene, 'rev-parse', 'HEAD');
    rmSync(join(scene.folder, 'apps/old.yaml'));
    scene.write('apps/kustomization.yaml', 'namePrefix: new-\nresources: [config.yaml]\n');
    git(scene, 'commit', '--quiet', '--all', '--message=two');
    const { client } = scene;
    await client.initialize(minimal, [scene.uri()]);
    await client.next('fluxwright/snapshotChanged');
    const ask = (ref?: string, object = ''): Promise<Rendered> =>
      client.request<Rendered>('fluxwright/rendered', {
        ...{ root: scene.uri(), address: owner + object },
        ...(ref !== undefined && { ref }),
      });
    const names = ({ text = '' }: Rendered): string[] =>
      [...text.matchAll(/^ {2}name: (.*)$/gm)].map(([, name = '']) => name);

    // Neither what is typed nor what lies on the disk alone is in a commit.
    client.open(scene.uri('apps/config.yaml'), configMap('typed'));
    await client.next('fluxwright/snapshotChanged');
    assert.deepEqual(names(await ask()), ['new-typed']);
    const head = await ask('main');
    assert.deepEqual(names(head), ['new-apps']);
    assert.equal(head.commit, git(scene, 'rev-parse', 'main'));
    const before = await ask('HEAD~1');
    assert.deepEqual(names(before), ['apps', 'old', 'linked']);
    assert.equal(before.commit, first);
    assert.ok(before.generation > 0);
    assert.deepEqual(names(await ask(first.slice(0, 10), '/ConfigMap/default/old')), ['old']);
    assert.equal((await ask('main', '/ConfigMap/default/old')).reason, 'not-found');
    for (const name of ['nowhere', '--help', '', 'HEAD:apps']) {
      assert.equal((await ask(name)).reason, 'no-revision', name);
    }
  });

  scenario('no commit is looked at where no program may run', async (context) => {
    const scene = startScene(context, repository);
    git(scene, 'init', '--quiet');
    git(scene, 'add', '.');
    git(scene, 'commit', '--quiet', '--message=one');
    await scene.client.initialize(minimal, [scene.uri()], { initializationOptions: { isTrusted: false } });
    await scene.client.next('fluxwright/snapshotChanged');
    const address = owner;
    const answer = await scene.client.request<Rendered>('fluxwright/rendered', {
      ...{ root: scene.uri(), address, ref: 'HEAD' },
    });
    assert.equal(answer.reason, 'no-revision');
  });
}
