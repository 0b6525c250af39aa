import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { isFluxDuration, parseDuration } from '../../../server/scalars/duration';
import { findVariables, hasVariable } from '../../../server/scalars/envsubst';
import { parseImage } from '../../../server/scalars/image';
import { parseQuantity } from '../../../server/scalars/quantity';

interface Cases {
  readonly duration: readonly (readonly [string, number | null])[];
  readonly fluxDuration: readonly (readonly [string, boolean, boolean])[];
  readonly quantity: readonly (readonly [string | number, number | null])[];
  readonly image: readonly (readonly [string, object | null])[];
  readonly variables: readonly (readonly [string, readonly (readonly [string, string])[]])[];
}

const cases = parse(readFileSync('test/unit/scalars/scalars.yaml', 'utf8')) as Cases;

test('durations are read as Go reads them', () => {
  for (const [text, expected] of cases.duration) assert.equal(parseDuration(text) ?? null, expected, text);
});

test("durations fit Flux's patterns, with and without hours", () => {
  for (const [text, long, short] of cases.fluxDuration) {
    assert.equal(isFluxDuration(text, 'ms-s-m-h'), long, text);
    assert.equal(isFluxDuration(text, 'ms-s-m'), short, text);
  }
});

test('quantities are read by their suffix', () => {
  for (const [text, expected] of cases.quantity)
    assert.equal(parseQuantity(String(text)) ?? null, expected, String(text));
});

test('image references are split at their separators', () => {
  for (const [text, expected] of cases.image) assert.deepEqual(parseImage(text) ?? null, expected, text);
});

test('variables are found as substitution finds them', () => {
  for (const [text, expected] of cases.variables) {
    const found = findVariables(text).map((use) => [
      `${use.name}${use.hasDefault ? '=' : ''}`,
      text.slice(use.start, use.end),
    ]);
    assert.deepEqual(found, expected, text);
    for (const use of findVariables(text))
      assert.equal(text.slice(use.nameStart, use.nameStart + use.name.length), use.name);
    if (expected.length > 0) assert.ok(hasVariable(text), text);
  }
});

test('text that only looks like a variable is none; an expression that cannot be read is still unknown text', () => {
  for (const text of ['a', '$A', '$${A}', '$(A)', '$']) assert.equal(hasVariable(text), false, text);
  for (const text of ['${A}', '${A-b}', '$$${A}', '${']) assert.equal(hasVariable(text), true, text);
});
