import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildKustomization } from '../../../server/build/kustomize/build';
import { nodeAt } from '../../../server/build/kustomize/node';
import { openFile, type YamlFile } from '../../../server/yaml/file';
import { analyse, summarize } from '../../support/analysis';
import { memoryFiles } from '../../support/memory-files';
import { readTree } from '../../support/tree';

/** One file, and its text after the change; undefined deletes it. */
type Change = readonly [path: string, edit: (text: string) => string | undefined];

/** Makes one change after the other and asks for what a fresh start gives. */
function change(folder: string, ...changes: readonly Change[]): void {
  const files = memoryFiles(readTree(folder));
  const analysis = analyse(files);
  analysis.run();
  for (const [path, edit] of changes) {
    const before = files.text(path) ?? '';
    const after = edit(before);
    assert.notEqual(after, before, `${path} is changed`);
    if (after === undefined) files.delete(path);
    else files.set(path, after);
    analysis.workspace.touch([path]);
    analysis.run();
  }
  assert.deepEqual(summarize(analysis.run()), summarize(analyse(files).run()));
}

const without =
  (entry: string) =>
  (text: string): string =>
    text.replace(`  - ${entry}\n`, '');

test('a folder is made anew when its kustomization loses an entry', () => {
  change('examples/homelab', ['apps/base/wiki/kustomization.yaml', without('release.yaml')]);
});

test('a source whose generator is gone serves nothing', () => {
  const path = 'deploy/clusters/home/sets.yaml';
  change('test/repos/operator-oci', [path, (text) => text.slice(text.indexOf('---\n') + 4)]);
});

const composed = 'test/repos/composed-sources';
const replace =
  (text: string, by: string) =>
  (whole: string): string =>
    whole.replace(text, by);

test('what a source includes is known again, and again unknown, when the included repository changes', () => {
  const sources = 'clusters/main/combined.yaml';
  const vendor = 'url: https://git.example.com/vendor/manifests';
  const own = 'url: https://git.example.com/me/composed # included';
  change(composed, [sources, replace('tag: v1.0.0', 'branch: main')], [sources, replace(vendor, own)]);
  change(
    composed,
    [sources, replace('tag: v1.0.0', 'branch: main')],
    [sources, replace(vendor, own)],
    [sources, replace(own, vendor)],
  );
  change(composed, [sources, replace('name: vendor', 'name: vendors')]);
});

test('what CI pushes is read again when the file that pushes it changes', () => {
  const ci = '.github/workflows/push.yaml';
  const sets = 'clusters/main/released.yaml';
  const push = 'push:\n\tflux push artifact oci://registry.example.com/composed:latest --path=deploy\n';
  change(composed, [ci, replace('--path=./released', '--path=./deploy')]);
  change(composed, [ci, replace('--path=./released', '--path=$X')]);
  change(composed, [ci, () => undefined]);
  change(composed, [sets, replace('./notes', './note')], [ci, replace('.com/composed', '.com/other')]);
  change(composed, [ci, () => undefined], ['Makefile', () => push]);
});

test('a sync that is guessed is no guess once its folder is known', () => {
  const folder = 'test/repos/operator-oci';
  const reads = (name: string, path: string): string =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: flux-system }\n` +
    `spec: { path: ${path}, prune: true, sourceRef: { kind: OCIRepository, name: flux-system } }\n`;
  const more: Change = [
    'deploy/clusters/home/more.yaml',
    () => [reads('a', './apps/media'), reads('b', './components'), reads('c', './nowhere')].join('---\n'),
  ];
  const push = 'push:\n\tflux push artifact oci://registry.example.com/home/fleet:latest --path=deploy\n';
  const made: Change = ['Makefile', () => push];
  change(folder, more, made);
  change(folder, made, more, ['Makefile', () => undefined]);
  change(folder, more, made, ['Makefile', replace('--path=deploy', '--path=$X')]);
  change(folder, more, ['deploy/clusters/home/more.yaml', replace('./nowhere', './apps')]);
});

test('an include fails while a folder stands in its place', () => {
  const [path, text] = ['vendored/base/note.yaml', 'a: b'];
  change(composed, [path, () => text]);
  change(composed, [path, () => text], [path, () => undefined]);
});

test('folders that a path pattern matches come and go', () => {
  const [path, text] = ['teams/blue/db/db.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: db }\n'];
  const sets = 'clusters/main/artifacts.yaml';
  change(composed, [path, () => text]);
  change(composed, [sets, replace('name: blue-web\n  namespace', 'name: blue-db\n  namespace')], [path, () => text]);
  change(composed, [sets, replace('    name: blue-web', '    name: blue-db')], [path, () => text]);
  change(
    composed,
    [path, () => text],
    [sets, replace('    name: blue-web', '    name: blue-db')],
    [path, () => undefined],
  );
});

test('a path inside an artifact is judged again when a file comes there', () => {
  const sets = 'clusters/main/artifacts.yaml';
  change(composed, [sets, replace('path: ./app', 'path: ./app/below')], ['teams/red/api/below/x.yaml', () => 'a: b']);
  const files = '- from: "@repo/deploy/base/**"\n          to: "@artifact/"';
  const more = '- from: "@repo/overlays/none/**"\n          to: "@artifact/x/none/"';
  change(
    composed,
    [
      sets,
      replace('- from: "@repo/teams/{team}/{app}/**"\n          to: "@artifact/app/"', `${files}\n        ${more}`),
    ],
    [sets, replace('path: ./app', 'path: ./x/none')],
    ['overlays/none/x.yaml', () => 'a: b'],
  );
});

test('ignore files come along with what is included', () => {
  change(composed, ['deploy/base/parts/.sourceignore', () => 'part.yaml']);
});

test('a cluster that reads a file no more is not meant by what is said of it', () => {
  change(
    'examples/homelab',
    ['apps/base/wiki/kustomization.yaml', without('repository.yaml')],
    ['apps/staging/kustomization.yaml', () => undefined],
  );
});

test('a patch that another build has read keeps the places of its own build', () => {
  const texts: Readonly<Record<string, string>> = {
    'kustomization.yaml': 'resources: [a.yaml]\npatches:\n- path: patch.yaml\n  target: {kind: ConfigMap}\n',
    'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: old}\n',
    'patch.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: _}\ndata: {k: new}\n',
    'other.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\n',
  };
  // Both builds get the same trees, as those of one repository do.
  const trees = new Map<string, YamlFile>();
  const open = (path: string, text: string): YamlFile => {
    const tree = trees.get(path) ?? openFile(path, text, 0);
    trees.set(path, tree);
    return tree;
  };
  const placeOf = (isSecond: boolean): string | undefined => {
    const result = buildKustomization({
      files: {
        stat: (path) => (path === '' ? 'directory' : path in texts ? 'file' : 'missing'),
        read: (path) => ({ kind: 'text', text: texts[path] ?? '' }),
        open,
      },
      directory: '',
      reorder: 'none',
      // The second build has read other documents before.
      root: (loaded) => {
        if (loaded.kind === 'fault' || !isSecond) return loaded;
        return { ...loaded, kustomization: { ...loaded.kustomization, resources: ['other.yaml', 'a.yaml'] } };
      },
    });
    assert.ok(result.kind === 'built', JSON.stringify(result));
    const patched = result.resources.at(-1)?.node;
    return result.origins.placeOf(nodeAt(patched, ['data', 'k'])?.origin ?? -1)?.file;
  };
  assert.equal(placeOf(false), 'patch.yaml');
  assert.equal(placeOf(true), 'patch.yaml');
});
