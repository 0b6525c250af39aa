import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { parseEnvFile } from '../../../../server/build/kustomize/generate/env-file';
import { plainFloat } from '../../../../server/build/kustomize/generate/go-float';
import { compareAsGo, goJson } from '../../../../server/build/kustomize/generate/go-json';
import { parseFileSource } from '../../../../server/build/kustomize/generate/key-values';
import { formatFloat } from '../../../../server/build/kustomize/patch/json-value';
import { sha256 } from '../../../../server/build/kustomize/generate/sha256';

interface Cases {
  readonly envFiles: readonly (readonly [string, readonly (readonly [string, string, number])[]])[];
  readonly fileSources: readonly (readonly [string, readonly [string, string] | string])[];
  readonly floats: readonly (readonly [number, string, string])[];
}

const cases = parse(readFileSync('test/unit/kustomize/generate/generate.yaml', 'utf8')) as Cases;

test('env files are read as kustomize reads them', () => {
  for (const [text, expected] of cases.envFiles) {
    const found = parseEnvFile(text).map(({ key, value, offset }) => [key, value, offset]);
    assert.deepEqual(found, expected, JSON.stringify(text));
    for (const { value, offset } of parseEnvFile(text)) assert.ok(text.startsWith(value, offset), text);
  }
});

test('an env file ends before a line of 64 KiB', () => {
  const keys = (length: number): string[] =>
    parseEnvFile(`A=1\nB=${'x'.repeat(length - 2)}\nC=1\n`).map(({ key }) => key);
  assert.deepEqual(keys(65535), ['A', 'B', 'C']);
  assert.deepEqual(keys(65536), ['A']);
});

test('file entries have a key and a path', () => {
  for (const [text, expected] of cases.fileSources) {
    const found = parseFileSource(text);
    assert.deepEqual(typeof found === 'string' ? found : [found.key, found.path], expected, text);
  }
});

test('the digest is that of the platform', () => {
  for (let length = 0; length < 200; length++) {
    const text = 'é😀a'.repeat(length);
    assert.equal(sha256(text), createHash('sha256').update(text).digest('hex'));
  }
});

test('numbers are written as Go writes them', () => {
  for (const [value, general, plain] of cases.floats) {
    assert.deepEqual([formatFloat(value), plainFloat(value)], [general, plain]);
  }
});

test("JSON is that of Go's encoder", () => {
  const value = new Map<string, string | readonly (number | null)[]>([
    ['😀', '<&>\u2028'],
    ['ﬁ', ''],
    ['a', [1e21, 1e-7, -0, null]],
  ]);
  assert.equal(goJson(value), '{"a":[1e+21,1e-7,-0,null],"ﬁ":"","😀":"\\u003c\\u0026\\u003e\\u2028"}');
  assert.equal(goJson(new Map([['a', [1]]]), '  '), '{\n  "a": [\n    1\n  ]\n}');
  assert.equal(goJson([[], new Map()], '  '), '[\n  [],\n  {}\n]');
  assert.ok(compareAsGo('ﬁ', '😀') < 0 && compareAsGo('a', 'ab') < 0);
});
