import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { finish } from '../../../server/model/steps';
import { findPushes, type Pushes, pushedTo } from '../../../server/workspace/sources/pushed-artifacts';
import { Repository } from '../../../server/workspace/repository';
import { memoryFiles } from '../../support/memory-files';

const remotes = ['github.com/me/fleet'];

function pushes(files: Readonly<Record<string, string>>, known: readonly string[] = remotes): Pushes {
  const all = { 'live/apps/a.yaml': 'a: b', 'root.yaml': 'a: b', ...files };
  return finish(findPushes(finish(Repository.read(memoryFiles(all))), known));
}

/** Each push as `url:tag folder`, a star for what is not known. */
const shown = (found: Pushes): string[] =>
  found.artifacts.map(({ url, tag, folder }) => `${url.map((part) => part ?? '*').join('')}:${tag ?? '*'} ${folder}`);

const workflow = (run: string, more = ''): Readonly<Record<string, string>> => ({
  '.github/workflows/push.yaml': `${more}jobs:\n  push:\n    steps:\n      - run: |\n${run.replace(/^/gm, '          ')}\n`,
});
const inWorkflow = (run: string, more = ''): string[] => shown(pushes(workflow(run, more)));
const rest = '--source="$(git config --get remote.origin.url)" --revision="main@sha1:$(git rev-parse HEAD)"';

describe('pushes of a repository', () => {
  it('are read from CI files and task runners', () => {
    const command = `flux push artifact oci://r.example/a:v1 --path=./live ${rest}`;
    const found = ['r.example/a:v1 live'];
    assert.deepEqual(inWorkflow(command), found);
    for (const [file, text] of Object.entries({
      '.forgejo/workflows/x.yml': `jobs: { a: { steps: [{ run: '${command}' }] } }`,
      '.gitea/workflows/x.yml': `jobs: { a: { steps: [{ run: '${command}' }] } }`,
      '.gitlab-ci.yml': `a:\n  script:\n    - echo\n    - ${command}`,
      Makefile: `push:\n\t@${command}\n`,
      justfile: `push:\n  ${command}\n`,
      'Taskfile.yaml': `tasks:\n  push:\n    cmds:\n      - echo\n      - cmd: ${command}\n`,
    }))
      assert.deepEqual(shown(pushes({ [file]: text })), found, file);
    for (const file of ['docs/push.yaml', '.github/workflows/below/x.yaml', 'live/Makefile', '.github/actions/x.yaml'])
      assert.deepEqual(shown(pushes({ [file]: command })), [], file);
  });

  it('are read as a shell reads words', () => {
    const a = ['r.example/a:latest live'];
    assert.deepEqual(inWorkflow(`flux push artifact \\\n  oci://r.example/a \\\n  -f "live" ${rest}`), a);
    assert.deepEqual(
      inWorkflow(`digest=$(flux push artifact 'oci://r.example/a:latest' --path live -o json | jq .x)`),
      a,
    );
    assert.deepEqual(inWorkflow('flux push artifact oci://r.example/a --path=live/ && echo --path=apps'), a);
    assert.deepEqual(inWorkflow('flux push artifact oci://R.example:5000/A --path=.'), ['r.example:5000/a:latest ']);
    assert.deepEqual(inWorkflow('flux push artifact oci://r.example/a --path=live # --path=.'), a);
    assert.deepEqual(inWorkflow('# flux push artifact oci://r.example/a --path=live'), []);
    assert.deepEqual(inWorkflow('flux push artifact oci://r.example/a\necho --path=live'), []);
    assert.deepEqual(inWorkflow('reflux push artifact oci://r.example/a --path=live'), []);
    assert.deepEqual(inWorkflow('flux push artifacts oci://r.example/a --path=live'), []);
  });

  it('count as far as they are known', () => {
    const at = (url: string, more = ''): string[] => inWorkflow(`flux push artifact ${url} --path=live`, more);
    const mine = ['ghcr.io/me/fleet/a:* live'];
    assert.deepEqual(at('oci://ghcr.io/${{ github.repository }}/a:$(git rev-parse --short HEAD)'), mine);
    assert.deepEqual(at('oci://ghcr.io/${GITHUB_REPOSITORY,,}/a:${{ github.sha }}'), mine);
    assert.deepEqual(at('oci://ghcr.io/${{ github.repository_owner }}/fleet/a:${TAG}'), mine);
    assert.deepEqual(at('oci://ghcr.io/me/${{ github.event.repository.name }}/a:$TAG'), mine);
    assert.deepEqual(at('${{ env.URL }}:$TAG', 'env:\n  URL: oci://ghcr.io/${{ github.repository }}/a\n'), mine);
    assert.deepEqual(at('$URL', 'env: { URL: "oci://r.example/$NAME", NAME: a }\n'), ['r.example/a:latest live']);
    assert.deepEqual(at('oci://ghcr.io/${{ secrets.ORG }}/$UNSET'), ['ghcr.io/*/*:latest live']);
    assert.deepEqual(at('$URL', 'env: { URL: oci://a.example/a }\nother: { env: { URL: oci://b.example/b } }\n'), []);
    assert.deepEqual(at('$A', 'env: { A: $B, B: $A }\n'), []);
    const without = pushes(workflow('flux push artifact oci://ghcr.io/$GITHUB_REPOSITORY --path=live'), []);
    assert.deepEqual(shown(without), ['ghcr.io/*:latest live']);
    const makefile = {
      Makefile: 'URL ?= oci://r.example\npush:\n\tflux push artifact $(URL)/a:$$(git tag) --path=live\n',
    };
    assert.deepEqual(shown(pushes(makefile)), ['r.example/a:* live']);
  });

  it('say nothing where their folder is not certain', () => {
    const command = 'flux push artifact oci://r.example/a --path=live';
    assert.equal(inWorkflow(command).length, 1);
    for (const path of ['-', '/live', '../live', 'nowhere', 'live/apps/a.yaml', '$FOLDER', 'live/$X'])
      assert.deepEqual(inWorkflow(`flux push artifact oci://r.example/a --path=${path}`), [], path);
    for (const line of [
      'cp -r more live/',
      'cd live',
      'kustomize build apps -o live',
      'helm template x > live/x.yaml',
      'git clone https://git.example.com/x',
      'curl https://x.example | tee live/x.yaml',
    ])
      assert.deepEqual(inWorkflow(`${line}\n${command}`), [], line);
    for (const line of ['kustomize build apps | kubeconform', 'echo x >> "$GITHUB_OUTPUT"', 'test -f x 2>/dev/null'])
      assert.equal(inWorkflow(`${line}\n${command}`).length, 1, line);
    const steps = (...all: string[]): string[] =>
      shown(pushes({ '.github/workflows/x.yaml': `jobs: { a: { steps: [${all.join(', ')}] } }` }));
    const step = `{ run: ${command} }`;
    assert.equal(steps('{ uses: actions/checkout@v5 }', step).length, 1);
    assert.deepEqual(steps('{ uses: actions/checkout@v5, with: { repository: me/x } }', step), []);
    assert.deepEqual(steps('{ uses: actions/checkout@v5, with: { path: below } }', step), []);
    assert.deepEqual(steps('{ uses: actions/download-artifact@v4 }', step), []);
    assert.deepEqual(steps('{ run: cp a live/b }', step), []);
    assert.deepEqual(steps(`{ run: ${command}, working-directory: live }`), []);
    const below = `{ run: ${command.replace('=live', '=apps')}, working-directory: live }`;
    assert.deepEqual(steps(below), ['r.example/a:latest live/apps']);
    assert.deepEqual(steps('{ run: ls }', below.replace('directory: live', 'directory: $X')), []);
    const moved = `defaults: { run: { working-directory: x } }\njobs: { a: { steps: [${step}] } }`;
    assert.deepEqual(shown(pushes({ '.github/workflows/x.yaml': moved })), []);
    const handed = `made: { script: [make], artifacts: { paths: [live] } }\npush: { script: ["${command}"] }`;
    assert.deepEqual(shown(pushes({ '.gitlab-ci.yml': handed })), []);
  });

  it('tell what stays behind', () => {
    const ignoreOf = (more: string): string | undefined =>
      pushes(workflow(`flux push artifact oci://r.example/a --path=live ${more}`)).artifacts[0]?.ignore;
    assert.equal(ignoreOf(''), '');
    assert.equal(ignoreOf('--ignore-paths="a,b/" --add-ignore-paths c'), 'a\nb/\nc');
    assert.equal(ignoreOf('--ignore-paths=$X'), undefined);
  });

  it('are bounded on hostile input', () => {
    const variables = Array.from({ length: 40 }, (_, index) => `  V${index}: "${`$V${index + 1}`.repeat(200)}"`);
    const started = Date.now();
    inWorkflow(`flux push artifact oci://$V0 --path=live`, `env:\n${variables.join('\n')}\n  V40: x\n`);
    inWorkflow(`flux push artifact oci://${'${{'.repeat(9000)} --path=live`);
    inWorkflow(`${'helm '.repeat(5000)}\nflux push artifact oci://r.example/a --path=live`);
    assert.ok(Date.now() - started < 2000);
  });
});

describe('what is pushed to a URL', () => {
  const folderOf = (run: string, url: string, tag: string | undefined, isOwn = false): string | undefined =>
    pushedTo(pushes(workflow(run), []), url, tag, isOwn)?.folder;
  const push = (url: string, path = 'live'): string => `flux push artifact oci://${url} --path=${path}`;

  it('is found by the whole URL, or by host and name', () => {
    assert.equal(folderOf(push('r.example/a'), 'r.example/a', 'latest'), 'live');
    assert.equal(folderOf(push('r.example/a'), 'r.example/ab', 'latest'), undefined);
    assert.equal(folderOf(push('r.example/$ORG/a'), 'r.example/me/a', 'latest', true), 'live');
    assert.equal(folderOf(push('r.example/$ORG/a:$TAG'), 'r.example/me/a', 'latest'), 'live');
    assert.equal(folderOf(push('r.example/$ORG/a:$TAG'), 'r.example/a', 'latest'), undefined);
    assert.equal(folderOf(push('r.example/$ORG/a:$TAG'), 'r.example/me/b', 'latest'), undefined);
    assert.equal(folderOf(push('r.example/$ORG:$TAG'), 'r.example/me/a', 'latest'), undefined);
    assert.equal(folderOf(push('r.example/$ORG:$TAG'), 'r.example/me/a', 'latest', true), 'live');
    assert.equal(folderOf(push('r.example/$ORG:$TAG'), 'other.example/me/a', 'latest', true), undefined);
    assert.equal(folderOf(push('r.example/$ORG/a-$X/b'), 'r.example/me/a-1/b', 'latest', true), 'live');
    assert.equal(folderOf(push('r.example/$ORG/a-$X/b'), 'r.example/me/a-/b', 'latest', true), undefined);
  });

  it('is the content of the tag that is read', () => {
    const both = `${push('r.example/a:staging', 'live')}\n${push('r.example/a:production', 'live/apps')}`;
    assert.equal(folderOf(both, 'r.example/a', 'production'), 'live/apps');
    assert.equal(folderOf(both, 'r.example/a', 'staging'), 'live');
    assert.equal(folderOf(both, 'r.example/a', 'other'), undefined);
    assert.equal(folderOf(both, 'r.example/a', 'other', true), undefined);
    assert.equal(folderOf(push('r.example/a:$TAG'), 'r.example/a', 'main'), 'live');
    assert.equal(folderOf(push('r.example/a:$TAG'), 'r.example/a', 'v1.2.3'), undefined);
    assert.equal(folderOf(push('r.example/a:$TAG'), 'r.example/a', undefined), undefined);
    const twice = `${push('r.example/a:$X', 'live')}\n${push('r.example/a:$Y', 'live/apps')}`;
    assert.equal(folderOf(twice, 'r.example/a', 'main'), undefined);
  });
});
