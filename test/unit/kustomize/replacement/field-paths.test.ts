import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { textNode, textAt, mapNode, type Node } from '../../../../server/build/kustomize/node';
import { PathProblem, splitFieldPath } from '../../../../server/build/kustomize/replacement/field-path';
import { lookup } from '../../../../server/build/kustomize/replacement/lookup';
import { setInText } from '../../../../server/build/kustomize/replacement/structured-text';
import { readStyled } from '../../../../server/build/kustomize/replacement/styled-text';

interface Cases {
  readonly paths: readonly (readonly [string, readonly string[]])[];
  readonly lookups: readonly (readonly [string, string, string])[];
  readonly texts: readonly (readonly [string, readonly string[], string, string])[];
}

const cases = parse(readFileSync('test/unit/kustomize/replacement/field-paths.yaml', 'utf8')) as Cases;

function read(text: string): Node {
  const node = readStyled(text, 0);
  assert.ok(node !== undefined && !(node instanceof PathProblem), text);
  return node;
}

test('paths are split at dots outside brackets', () => {
  for (const [path, expected] of cases.paths) assert.deepEqual(splitFieldPath(path), expected, path);
});

test('sources are looked up by names, indices and matches', () => {
  for (const [object, path, expected] of cases.lookups) {
    const found = lookup(read(object), splitFieldPath(path));
    const value = found instanceof PathProblem ? 'problem' : found?.kind === 'scalar' ? found.text : 'missing';
    assert.equal(value, expected, `${path} in ${object}`);
  }
});

test('values are set inside texts that are YAML or JSON', () => {
  for (const [text, steps, value, expected] of cases.texts) {
    const object = mapNode([['data', textNode(text, 0)]], 0);
    const made = setInText(object, ['data', ...steps], { value: textNode(value, 0), makes: undefined, origin: 0 });
    assert.equal(textAt(made, 'data'), expected, text);
  }
});
