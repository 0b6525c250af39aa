import assert from 'node:assert/strict';
import { test } from 'node:test';
import { artifactTree } from '../../../server/build/artifact-tree';
import { type RenderedObject, type SourceTree } from '../../../server/build/build';
import { folderTree } from '../../../server/build/folder-tree';
import { type JsonValue } from '../../../server/model/json';
import { finish } from '../../../server/model/steps';
import { artifactsOf } from '../../../server/workspace/sources/artifact-generators';
import { Repository } from '../../../server/workspace/repository';
import { analyse } from '../../support/analysis';
import { memoryFiles } from '../../support/memory-files';
import { readTree } from '../../support/tree';

/** A JSON value with maps for objects, as rendered values have them. */
function asValue(json: unknown): JsonValue {
  if (Array.isArray(json)) return json.map(asValue);
  if (typeof json !== 'object' || json === null) return json as JsonValue;
  return new Map(Object.entries(json).map(([key, value]) => [key, asValue(value)]));
}

function generator(spec: object): RenderedObject {
  const sources = [{ alias: 'repo', kind: 'GitRepository', name: 'repo' }];
  const value = asValue({ spec: { sources, ...spec } });
  return {
    address: { cluster: '', owner: '', object: '' },
    key: '',
    id: { group: 'source.extensions.fluxcd.io', kind: 'ArtifactGenerator', namespace: 'flux-system', name: 'made' },
    apiVersion: 'source.extensions.fluxcd.io/v1beta1',
    resource: undefined,
    value: value instanceof Map ? value : undefined,
    unknown: [],
    changes: [],
  };
}

const treeWith = (...paths: string[]): SourceTree =>
  folderTree(finish(Repository.read(memoryFiles(Object.fromEntries(paths.map((path) => [path, 'a: b']))))), '');

/** `namespace/name` of what a pattern makes of the folders of some files. */
function made(pattern: string, artifact: object, tree: SourceTree | undefined): string[] {
  const { artifacts } = artifactsOf(generator({ pathPattern: pattern, artifacts: [artifact] }), () => tree);
  return artifacts.map(({ namespace, name }) => `${namespace}/${name}`);
}

test('a pattern makes one artifact for each folder that matches as a whole', () => {
  const tree = treeWith('apps/One/a.yaml', 'apps/two/deep/b.yaml', 'apps/c.yaml', 'more/apps/three/d.yaml');
  assert.deepEqual(made('@repo/apps/{app}', { name: '{app}' }, tree), ['flux-system/one', 'flux-system/two']);
  assert.deepEqual(made('@repo/{a}/{b}/deep', { name: 'x-{b}', namespace: '{a}' }, tree), ['apps/x-two']);
  assert.deepEqual(made('@repo/apps/t{rest}', { name: '{rest}' }, tree), ['flux-system/wo']);
  assert.deepEqual(made('@repo/apps/*', { name: 'all' }, tree), []);
  assert.deepEqual(made('@repo/apps/{app}/', { name: '{app}' }, tree), []);
});

test('placeholders of one part take as much as they can, at least one character', () => {
  const tree = treeWith('a-b-c/x.yaml', '-b/y.yaml');
  assert.deepEqual(made('@repo/{one}-{two}', { name: '{one}.{two}' }, tree), ['flux-system/a-b.c']);
  const many = Array.from({ length: 300 }, (_, index) => `{c${index}}`).join('a');
  assert.deepEqual(made(`@repo/${many}`, { name: 'x' }, treeWith(`${'a'.repeat(250)}/x.yaml`)), []);
});

test('what the controller refuses leaves open what is there', () => {
  const open = ['flux-system/${_}'];
  const tree = treeWith('apps/one/a.yaml', 'apps/Two/b.yaml', 'apps/two/c.yaml', 'odd/_x/a.yaml', 'odd/fine/a.yaml');
  for (const pattern of ['repo/{app}', '@repo', '@repo/{app', '@repo/app}', '@repo/{}', '@repo/{a}/{a}', '@repo/{a_}'])
    assert.deepEqual(made(pattern, { name: '{app}' }, tree), open, pattern);
  assert.deepEqual(made('@other/{app}', { name: '{app}' }, tree), open, 'no such source');
  assert.deepEqual(made('@repo/apps/{app}', { name: '{app}' }, undefined), open, 'files that are not known');
  assert.deepEqual(made('@repo/apps/{app}', { name: '{app}' }, tree), open, 'two folders of one name');
  assert.deepEqual(made('@repo/odd/{app}', { name: '{app}' }, tree), open, 'a name that is none');
  assert.deepEqual(made('@repo/apps/{app}', { name: 'x-{other}' }, tree), ['flux-system/x-${_}']);
});

test('an unknown place leaves open only what a pattern may match there', () => {
  const tree = { ...treeWith('apps/one/a.yaml'), unknown: ['vendored/apps'] };
  assert.deepEqual(made('@repo/apps/{app}', { name: '{app}' }, tree), ['flux-system/one']);
  assert.deepEqual(made('@repo/vendored/{app}', { name: '{app}' }, tree), ['flux-system/${_}']);
  assert.deepEqual(made('@repo/vendored/apps/{app}', { name: '{app}' }, tree), ['flux-system/${_}']);
  const copy = { from: '', to: '', exclude: [], merges: false, tree };
  assert.notEqual(artifactTree([{ ...copy, from: 'apps/**' }]), undefined);
  for (const from of ['vendored/apps/x', 'vendored/**', '*', '*/x', 'vendored'])
    assert.equal(artifactTree([{ ...copy, from }]), undefined, from);
});

test('a file that is merged with another is not known, until it is replaced', () => {
  const copy = { tree: treeWith('a/x.yaml', 'b/x.yaml'), to: '', exclude: [], merges: false };
  const copies = [
    { ...copy, from: 'a/**' },
    { ...copy, from: 'b/**', merges: true },
  ];
  const merged = artifactTree(copies);
  assert.deepEqual([merged?.unknown, merged?.stat('x.yaml')], [['x.yaml'], 'missing']);
  const replaced = artifactTree([...copies, { ...copy, from: 'a/**' }]);
  assert.deepEqual([replaced?.unknown, replaced?.stat('x.yaml')], [[], 'file']);
});

test('a file goes into a folder that stands there', () => {
  const copy = { tree: treeWith('a/x.yaml', 'y.yaml'), exclude: [], merges: false };
  const tree = artifactTree([
    { ...copy, from: 'a', to: '' },
    { ...copy, from: 'y.yaml', to: 'a' },
    { ...copy, from: 'y.yaml', to: 'b' },
  ]);
  assert.deepEqual(
    ['a/x.yaml', 'a/y.yaml', 'b'].map((path) => tree?.stat(path)),
    ['file', 'file', 'file'],
  );
});

test('artifacts are made from a source that stands beside their generator', () => {
  const { snapshot } = analyse(memoryFiles(readTree('test/repos/composed-sources'))).run();
  const artifacts = snapshot.clusters[0]?.objectsOf('source.toolkit.fluxcd.io', 'ExternalArtifact') ?? [];
  assert.deepEqual(artifacts.map(({ id }) => `${id.namespace}/${id.name}`).sort(), ['teams/blue-web', 'teams/red-api']);
});
