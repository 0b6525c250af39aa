import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generatedKustomization } from '../../../server/build/flux/generated-kustomization';
import { isLocalRelativePath, overlay } from '../../../server/build/flux/overlay';
import { decodeKustomization } from '../../../server/build/kustomize/read/kustomization-file';
import { isObject } from '../../../server/model/json';
import { openFile } from '../../../server/yaml/file';
import { valueOf } from '../../../server/yaml/scalar';

function lay(file: string, spec: string): ReturnType<typeof overlay> {
  const [own, owner] = [file, `spec: ${spec}`].map((text) => {
    const document = openFile('a.yaml', text, 0).documents[0]?.document;
    return document && valueOf(document, document.root, 'kustomization');
  });
  const decoded = decodeKustomization(own ?? null);
  assert.ok(decoded.kind === 'decoded' && isObject(owner));
  return overlay(decoded.kustomization, owner, { exists: (path) => path === 'there', isGenerated: false });
}

test('a spec is laid over the file as Flux does', () => {
  const file =
    'resources: [a]\nnamespace: x\nnamePrefix: p-\npatches: [{path: f}]\n' +
    'images: [{name: i, newTag: "1", digest: d}, {name: j, newName: k}]\n';
  const made = lay(
    file,
    '{targetNamespace: other, namePrefix: "", ignoreMissingComponents: true, components: [gone, there], ' +
      'patches: [{patch: t, options: {allowNameChange: true}}], ' +
      'images: [{name: i, newTag: "2"}, {name: j, newTag: "3"}, {name: l, digest: e}]}',
  );
  assert.ok('kustomization' in made);
  const { kustomization, specPath } = made;
  assert.equal(kustomization.namespace, 'other');
  assert.equal(kustomization.namePrefix, 'p-');
  assert.deepEqual(kustomization.components, ['there']);
  assert.deepEqual(
    kustomization.patches.map(({ path, patch, options }) => [path, patch, options]),
    [
      ['f', '', undefined],
      ['', 't', undefined],
    ],
  );
  assert.deepEqual(
    kustomization.images.map(({ name, newName, newTag, digest }) => [name, newName, newTag, digest]),
    [
      ['i', '', '2', ''],
      ['j', 'k', '3', ''],
      ['l', '', '', 'e'],
    ],
  );
  assert.deepEqual(specPath(['patches', 1, 'patch']), ['spec', 'patches', 0, 'patch']);
  assert.equal(specPath(['patches', 0]), undefined);
  assert.deepEqual(specPath(['components', 0]), ['spec', 'components', 1]);
  assert.deepEqual(specPath(['namespace']), ['spec', 'targetNamespace']);
});

test('a kustomization without resources is no empty one, and remote components are refused', () => {
  const made = lay('namespace: x\nbuildMetadata: [managedByLabel]\n', '{}');
  assert.deepEqual('kustomization' in made && made.kustomization.buildMetadata, ['originAnnotations']);
  const fault = lay('resources: [a]\n', '{components: [./a, "https://host/x"]}');
  assert.deepEqual('code' in fault && fault.path, ['spec', 'components', 1]);
  for (const path of ['/a', 'file:///a', 'git@host:x', 'github.com/o/r'])
    assert.equal(isLocalRelativePath(path), false);
  assert.equal(generatedKustomization([]).namespace, '_placeholder');
  assert.deepEqual(generatedKustomization(['./a.yaml']).resources, ['./a.yaml']);
});
