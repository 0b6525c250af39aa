import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { type JsonData, type Schema } from '../../../schemas/schema';
import { fromData } from '../../../server/validation/equality';
import { validate } from '../../../server/validation/validate';
import { hasVariable } from '../../../server/scalars/envsubst';
import { lines } from './read';

interface Case {
  readonly name: string;
  readonly schema: Schema;
  readonly partial?: boolean;
  readonly values: readonly (readonly [JsonData, ...string[]])[];
}

const options = { intAsBigInt: false };
const cases = parse(readFileSync('test/unit/validation/cases.yaml', 'utf8'), options) as readonly Case[];

for (const { name, schema, partial = false, values } of cases)
  test(`validate: ${name}`, () => {
    for (const [value, ...expected] of values) {
      const faults = validate(schema, fromData(value), { partial, isUnknown: hasVariable });
      assert.deepEqual(lines(faults), expected.sort(), JSON.stringify(value));
    }
  });

test('validate: integers beyond 2^53 keep their value', () => {
  const schema: Schema = { type: 'integer', format: 'int64' };
  assert.deepEqual(lines(validate(schema, 9223372036854775807n)), []);
  assert.deepEqual(lines(validate(schema, 9223372036854775808n)), ['format value .']);
});

test('validate: suggestions name fields that are not there yet', () => {
  const schema: Schema = { type: 'object', properties: { interval: { type: 'string' }, internal: { type: 'string' } } };
  const [fault] = validate(schema, fromData({ internal: 'x', intreval: '1h' }));
  assert.equal(fault?.code, 'unknown-field');
  assert.deepEqual(fault.suggestions, ['interval']);
});

test('validate: a hostile document ends with a bounded number of faults', () => {
  const schema: Schema = { type: 'object', properties: { items: { type: 'array', items: { type: 'integer' } } } };
  const items = Array.from({ length: 50_000 }, () => 'x');
  const keys = Object.fromEntries(items.map((text, index) => [`${text}${index}`, 1]));
  assert.equal(validate(schema, fromData({ items })).length, 1000);
  assert.equal(validate(schema, fromData(keys)).length, 1000);
});
