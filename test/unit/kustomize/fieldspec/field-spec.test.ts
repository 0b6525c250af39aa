import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyFieldSpecs, isSpecMismatch } from '../../../../server/build/kustomize/fieldspec/apply';
import { setEntry, setScalar } from '../../../../server/build/kustomize/fieldspec/edit';
import { mergeFieldSpecs, splitPath } from '../../../../server/build/kustomize/fieldspec/field-spec';
import { type FieldSpec } from '../../../../server/build/kustomize/transformer-config';
import { readMap, shown } from '../node-text';

const spec = (path: string, rest: Partial<FieldSpec> = {}): FieldSpec => ({
  group: '',
  version: '',
  kind: '',
  create: false,
  path,
  ...rest,
});

describe('field specs', () => {
  test('a backslash keeps a slash in a step', () => {
    assert.deepEqual(splitPath('a/b\\/c/d[]'), ['a', 'b/c', 'd[]']);
  });

  test('the same field is merged once, with another create it conflicts', () => {
    assert.equal(mergeFieldSpecs([spec('a')], [spec('a'), spec('b')]).specs.length, 2);
    assert.notEqual(mergeFieldSpecs([spec('a')], [spec('a', { create: true })]).conflict, undefined);
    assert.equal(mergeFieldSpecs([spec('a', { kind: 'X' })], [spec('a')]).specs.length, 1);
    assert.equal(mergeFieldSpecs([spec('a')], [spec('a', { kind: 'X' })]).specs.length, 2);
  });

  test('an object that no spec reaches is the identical object', () => {
    const object = readMap('kind: A\nspec:\n  x: y\n');
    const edit = {
      makes: 'scalar',
      set: setScalar(
        () => 'z',
        '!!str',
        () => 7,
      ),
    } as const;
    assert.equal(applyFieldSpecs(object, [spec('spec/x', { kind: 'B' }), spec('spec/q')], edit, 7), object);
  });

  test('what one label put into several fields changes in all of them', () => {
    const object = readMap('kind: A\n');
    const specs = [spec('a', { create: true }), spec('b/c', { create: true })];
    const labeled = applyFieldSpecs(object, specs, { makes: 'map', set: setEntry('k', 'v', () => 7) }, 7);
    assert.ok(!isSpecMismatch(labeled));
    const changed = applyFieldSpecs(labeled, [spec('a')], { makes: 'map', set: setEntry('k', 'w', () => 8) }, 8);
    assert.ok(!isSpecMismatch(changed));
    assert.deepEqual(shown(changed), { kind: 'A', a: { k: '!w' }, b: { c: { k: '!w' } } });
  });
});
