import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MergeConflict } from '../../../../server/build/kustomize/patch/outcome';
import { mergeStrategically } from '../../../../server/build/kustomize/patch/strategic-merge';
import { mergeShapeOf } from '../../../../server/build/kustomize/tables/merge-keys';
import { readMap, shown } from '../node-text';

const merged = (object: string, patch: string) => {
  const result = mergeStrategically(readMap(object), readMap(patch), mergeShapeOf);
  return result === undefined || result instanceof MergeConflict ? result : shown(result);
};

describe('strategic merge', () => {
  test('an object that a patch says nothing of is the identical object', () => {
    const object = readMap('apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: b\n');
    assert.equal(mergeStrategically(object, readMap('{}\n'), mergeShapeOf), object);
  });

  test('parts that the patch does not name are shared', () => {
    const object = readMap('a:\n  b: c\nd:\n  e: f\n');
    const result = mergeStrategically(object, readMap('d:\n  e: g\n'), () => undefined);
    assert.ok(result !== undefined && !(result instanceof MergeConflict));
    assert.equal(result.entries.get('a'), object.entries.get('a'));
  });

  test('a value takes over the quotes of its place', () => {
    assert.deepEqual(merged('a: "4"\nb: 4\n', 'a: 5\nb: "5"\n'), { a: '!5', b: '!5' });
  });

  test('the origin of a value is that of the patch', () => {
    const result = mergeStrategically(readMap('a: x\n'), readMap('# comment\na: y\n'), () => undefined);
    assert.ok(result !== undefined && !(result instanceof MergeConflict));
    assert.equal(result.entries.get('a')?.origin, '# comment\na: '.length);
  });

  test('a conflict says at which keys', () => {
    const conflict = merged('a:\n  b: text\n', 'a:\n  b:\n    c: d\n');
    assert.ok(conflict instanceof MergeConflict);
    assert.deepEqual(conflict.path, ['a', 'b']);
  });

  test('a directive deletes the object', () => {
    assert.equal(merged('a: b\n', '$patch: delete\n'), undefined);
  });
});
