import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { type JsonData, type Schema } from '../../../schemas/schema';
import { fromData } from '../../../server/validation/equality';
import { validate } from '../../../server/validation/validate';
import { makeAjv, normalize, toJsonSchema } from './json-schema';

const ajv = makeAjv();

/** Decisions taken from a list of numbers, so that a failing list can be made smaller. */
class Choices {
  private at = 0;
  constructor(private readonly numbers: readonly number[]) {}
  below(limit: number): number {
    return (this.numbers[this.at++] ?? 0) % limit;
  }
  chance(percent: number): boolean {
    return this.below(100) >= 100 - percent;
  }
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

type Draft = { -readonly [K in keyof Schema]: Schema[K] };

const names = ['a', 'b', 'c', 'd'];
const words = ['', 'x', 'yy', 'x1', '12', '👍'];
const numbers = [0, 1, 2, 3, 1.5, -1, 2147483648];
const patterns = ['^[a-z]+$', '[0-9]', '^(x|yy)$'];

function scalarRules(from: Choices): Draft {
  const rules: Draft = {};
  switch (from.below(6)) {
    case 0:
      rules.enum = [from.pick(words), from.pick(numbers)];
      break;
    case 1:
      rules.pattern = from.pick(patterns);
      break;
    case 2:
      rules.minLength = from.below(3);
      rules.maxLength = from.below(3);
      break;
    case 3:
      rules.minimum = from.below(3);
      rules.exclusiveMinimum = from.chance(50);
      rules.maximum = from.below(4);
      break;
    case 4:
      rules.multipleOf = from.pick([1, 2, 0.5]);
  }
  return rules;
}

function branch(from: Choices, depth: number): Schema {
  const made: Draft = {};
  if (from.chance(50)) made.required = [from.pick(names)];
  if (from.chance(30)) made.minProperties = from.below(3);
  if (from.chance(50)) made.properties = { [from.pick(names)]: scalarRules(from) };
  if (from.chance(20) && depth > 0) made.not = branch(from, depth - 1);
  if (from.chance(20)) Object.assign(made, scalarRules(from));
  return made;
}

function combinators(from: Choices): Draft {
  const list = () => [branch(from, 1), branch(from, 1)];
  const made: Draft = {};
  if (from.chance(10)) made.allOf = list();
  if (from.chance(10)) made.anyOf = list();
  if (from.chance(10)) made.oneOf = list();
  if (from.chance(10)) made.not = branch(from, 1);
  return made;
}

function schemaFrom(from: Choices, depth: number): Schema {
  const made: Draft = combinators(from);
  if (from.chance(20)) made.nullable = true;
  const shape = from.below(depth === 0 ? 4 : 8);
  if (shape === 0) Object.assign(made, { type: 'string' }, scalarRules(from));
  else if (shape === 1) Object.assign(made, { type: from.pick(['integer', 'number']) }, scalarRules(from));
  else if (shape === 2) Object.assign(made, { intOrString: true }, scalarRules(from));
  else if (shape === 3) made.type = 'boolean';
  else if (shape === 4) {
    made.type = 'array';
    if (from.chance(30)) made.minItems = from.below(3);
    if (from.chance(30)) made.maxItems = from.below(3);
    made.items = schemaFrom(from, depth - 1);
    // Items of a set are compared as written, without defaults: sets of objects may miss a repetition.
    if (made.items.type !== 'object' && made.items.type !== 'array' && from.chance(30)) made.listType = 'set';
  } else if (shape === 5) {
    const key: Draft = { type: 'string' };
    if (from.chance(50)) key.default = 'x';
    const items: Draft = { type: 'object', properties: { a: key, b: { type: 'integer' } }, required: ['a'] };
    Object.assign(made, { type: 'array', listType: 'map', listMapKeys: ['a'], items });
  } else {
    made.type = 'object';
    if (from.chance(70)) {
      const properties: Record<string, Schema> = {};
      for (const name of names) {
        if (!from.chance(60)) continue;
        const field = schemaFrom(from, depth - 1);
        // A definition with a default that breaks its own schema is refused, so only plain fields get one.
        properties[name] = from.chance(20) ? { type: 'string', default: from.pick(words) } : field;
      }
      made.properties = properties;
      if (from.chance(50)) made.required = [from.pick(names)];
      if (from.chance(20)) made.preserveUnknownFields = true;
    } else if (from.chance(70)) made.additionalProperties = schemaFrom(from, depth - 1);
    if (from.chance(20)) made.minProperties = from.below(3);
    if (from.chance(20)) made.maxProperties = from.below(4);
  }
  return made;
}

/** A value that mostly fits: what the schema asks for, with something else here and there. */
function valueFrom(from: Choices, schema: Schema, depth: number): JsonData {
  if (from.chance(8)) return from.pick<JsonData>([null, true, 1, 'x', [], {}, [1], { a: 'x' }]);
  if (schema.enum !== undefined && from.chance(70)) return from.pick(schema.enum);
  if (schema.intOrString === true) return from.chance(50) ? from.pick(words) : from.pick(numbers);
  switch (schema.type) {
    case 'string':
      return from.pick(words);
    case 'boolean':
      return from.chance(50);
    case 'array':
      return Array.from({ length: from.below(4) }, () => valueFrom(from, schema.items ?? {}, depth - 1));
    case 'object': {
      const value: Record<string, JsonData> = {};
      const { properties = {}, additionalProperties } = schema;
      const rest = typeof additionalProperties === 'object' ? additionalProperties : {};
      for (const name of names)
        if (from.chance(schema.required?.includes(name) === true ? 90 : name in properties ? 50 : 10))
          value[name] = valueFrom(from, properties[name] ?? rest, depth - 1);
      return value;
    }
    default:
      return from.pick(numbers);
  }
}

const schemas = 1200;
const valuesPerSchema = 20;

test(`validate judges as ajv does, ${schemas * valuesPerSchema} pairs`, () => {
  let valid = 0;
  let pairs = 0;
  const choices = fc.array(fc.nat({ max: 0xffff }), { minLength: 200, maxLength: 600, size: 'max' });
  const values = fc.array(fc.array(fc.nat({ max: 0xffff }), { minLength: 20, maxLength: 80, size: 'max' }), {
    minLength: valuesPerSchema,
    maxLength: valuesPerSchema,
  });
  fc.assert(
    fc.property(choices, values, (shape, lists) => {
      const schema = schemaFrom(new Choices(shape), 3);
      let judge: ValidateFunction | undefined;
      for (const list of lists) {
        const value = valueFrom(new Choices(list), schema, 3);
        judge ??= ajv.compile(toJsonSchema(schema, false));
        const expected = judge(normalize(schema, value));
        const faults = validate(schema, fromData(value));
        pairs++;
        if (expected) valid++;
        assert.equal(faults.length === 0, expected, JSON.stringify({ schema, value, faults, errors: judge.errors }));
      }
    }),
    { seed: 20_260_301, numRuns: schemas, endOnFailure: true },
  );
  console.log(`${pairs} pairs, ${valid} of them valid`);
  assert.ok(pairs >= 20_000);
  // Both verdicts must be common, else the test proves little.
  assert.ok(valid > pairs / 10 && valid < pairs * 0.9, `${valid} of ${pairs} valid`);
});
