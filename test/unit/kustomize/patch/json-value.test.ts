import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatFloat, throughJson, Unwritable } from '../../../../server/build/kustomize/patch/json-value';
import { readMap, shown } from '../node-text';

describe('through JSON', () => {
  // From strconv.FormatFloat(value, 'g', -1, 64).
  for (const [value, text] of [
    [8080, '8080'],
    [100000, '100000'],
    [1000000, '1e+06'],
    [123456789, '1.23456789e+08'],
    [1e21, '1e+21'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [-0.00012, '-0.00012'],
    [9007199254740993, '9.007199254740992e+15'],
  ] as const) {
    test(`${String(value)} is written ${text}`, () => {
      assert.equal(formatFloat(value), text);
    });
  }

  test('numbers, empty values and times change, plain text is the identical node', () => {
    const map = readMap('a: 0x10\nb:\nc: 2020-01-01\nd: text\ne: "5"\nf: True\n');
    const result = throughJson(map, 'go-yaml-v3');
    assert.ok(!(result instanceof Unwritable));
    assert.deepEqual(shown(result), { a: '16', b: 'null', c: '!2020-01-01T00:00:00Z', d: 'text', e: '!5', f: 'true' });
    assert.equal(result.entries.get('d'), map.entries.get('d'));
  });

  test('YAML 1.1 reads truth values that 1.2 does not have', () => {
    const result = throughJson(readMap('a: yes\n'), 'kustomization');
    assert.ok(!(result instanceof Unwritable));
    assert.deepEqual(shown(result), { a: 'true' });
  });

  test('infinity cannot be written', () => {
    assert.ok(throughJson(readMap('a: .inf\n'), 'go-yaml-v3') instanceof Unwritable);
  });
});
