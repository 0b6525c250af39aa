import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildKustomization, emitBuild, type EngineResult } from '../../../../server/build/kustomize/build';
import { defaultConfig } from '../../../../server/build/kustomize/configuration/default-config';
import { mergeConfigs } from '../../../../server/build/kustomize/configuration/merge-config';
import { nodeAt, type NodePath } from '../../../../server/build/kustomize/node';
import { referencePlan } from '../../../../server/build/kustomize/references/plan';
import { type EntryKind, type ReadResult } from '../../../../server/model/ports';

const files: Readonly<Record<string, string>> = {
  'kustomization.yaml': [
    'resources: [web.yaml]',
    'configMapGenerator:',
    '- name: settings',
    '  literals: [own=1]',
    '  files: [data.txt]',
    '  envs: [some.env]',
    'replacements:',
    '- source: {kind: ConfigMap, fieldPath: data.own}',
    '  targets: [{select: {kind: Pod}, fieldPaths: [spec.replaced]}]',
  ].join('\n'),
  'web.yaml': [
    'apiVersion: v1',
    'kind: Pod',
    'metadata: {name: web}',
    'spec:',
    '  replaced: x',
    '  volumes: [{name: v, configMap: {name: settings}}]',
  ].join('\n'),
  'data.txt': 'text\n',
  'some.env': '# note\nFIRST=1\n',
};

function build(): EngineResult {
  const stat = (path: string): EntryKind => (path === '' ? 'directory' : path in files ? 'file' : 'missing');
  const read = (path: string): ReadResult => ({ kind: 'text', text: files[path] ?? '' });
  const result = buildKustomization({ files: { stat, read }, directory: '', reorder: 'none' });
  assert.ok(result.kind === 'built', JSON.stringify(result));
  return result;
}

/** What put the value at a path there, and the text that stood at the place before. */
function causeOf({ resources, origins }: EngineResult, index: number, path: NodePath): string {
  const node = nodeAt(resources[index]?.node, path);
  assert.ok(node !== undefined, path.join('.'));
  const cause = origins.causeOf(node.origin);
  const place = cause?.previous === undefined ? undefined : origins.placeOf(cause.previous);
  const rest =
    place === undefined ? '' : ` < ${place.file}:${files[place.file]?.slice(place.offset).split('\n')[0] ?? ''}`;
  return `${cause?.field ?? 'none'} ${cause?.path.join('.') ?? ''}${rest}`;
}

test('what generators, references and replacements put there has its cause', () => {
  const result = build();
  const at = (index: number, ...path: NodePath): string => causeOf(result, index, path);
  assert.equal(at(1, 'data', 'own'), 'configMapGenerator configMapGenerator.0.literals.0');
  assert.equal(at(1, 'data', 'data.txt'), 'configMapGenerator configMapGenerator.0.files.0 < data.txt:text');
  assert.equal(at(1, 'data', 'FIRST'), 'configMapGenerator configMapGenerator.0.envs.0 < some.env:1');
  assert.match(at(1, 'metadata', 'name'), /^nameSuffixHash/);
  assert.equal(at(0, 'spec', 'volumes', 0, 'configMap', 'name'), 'nameReference  < web.yaml:settings}}]');
  assert.match(at(0, 'spec', 'replaced'), /^replacements replacements\.0\.targets\.0\.fieldPaths\.0/);
});

test('untouched values keep their place, and are shared', () => {
  const result = build();
  const volume = nodeAt(result.resources[0]?.node, ['spec', 'volumes', 0, 'name']);
  assert.equal(result.origins.placeOf(volume?.origin ?? -1)?.file, 'web.yaml');
  const emitted = emitBuild(result);
  assert.ok('text' in emitted);
});

test('the default tables are merged once, and plans are found again', () => {
  const config = defaultConfig();
  assert.equal(mergeConfigs(config, config), config);
  assert.equal(mergeConfigs(config, { ...config }), config);
  const pod = { group: '', version: 'v1', kind: 'Pod' };
  assert.equal(referencePlan(config.nameReference, pod), referencePlan(config.nameReference, { ...pod }));
  assert.equal(referencePlan(config.nameReference, { ...pod, kind: 'Unknown' }).steps.length, 0);
});
