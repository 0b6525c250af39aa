import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { type JsonData, type Schema } from '../../../schemas/schema';
import { fromData } from '../../../server/validation/equality';
import { describeFault } from '../../../server/validation/messages';
import { validateObject } from '../../../server/validation/metadata';
import { validate } from '../../../server/validation/validate';
import { valueOf } from './read';

interface Case {
  readonly schema: Schema;
  readonly value: JsonData;
  readonly messages: readonly string[];
}

const cases = parse(readFileSync('test/unit/validation/messages.yaml', 'utf8')) as readonly Case[];

for (const { schema, value, messages } of cases)
  test(`message: ${messages.join(' ')}`, () => {
    const said = validate(schema, fromData(value)).map((fault) => describeFault(fault, ''));
    assert.deepEqual([...said].sort(), [...messages].sort());
  });

test('message: names', () => {
  const object = valueOf('{ apiVersion: v1, kind: ConfigMap, metadata: { name: My_Map, labels: { a: b c } } }');
  assert.deepEqual(
    validateObject(undefined, object).map((fault) => describeFault(fault)),
    [
      'My_Map is not a valid name: it must be lower-case letters, digits, dashes and dots, with a letter or digit at both ends. Flux will fail to apply this object.',
      'b c is not a valid label value: it must be at most 63 letters, digits, dashes, underscores and dots, with a letter or digit at both ends. Flux will fail to apply this object.',
    ],
  );
});
