import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { type JsonData, type Schema } from '../../../schemas/schema';
import { schemasOfCrd } from '../../../server/validation/crd';
import { fromData } from '../../../server/validation/equality';
import { validate } from '../../../server/validation/validate';
import { generate } from '../../unit/validation/load-generated';
import { makeAjv, normalize, toJsonSchema } from './json-schema';

const definitions = ['../shared/crds/flux/2.10', '../shared/crds/flux-operator'];

const texts = ['a', '1m', 'https://a.b/c', 'oci://a.b/c', '2024-01-31T12:00:00Z', 'aGFsbG8=', '@a/b', 'sha256:abc'];

const textFor = (schema: Schema): string =>
  texts.find((text) => validate({ ...schema, default: null }, text).length === 0) ?? 'a';

/** A value with everything in it that the schema knows, as far as its rules let one guess. */
function fullValue(schema: Schema, depth: number): JsonData {
  const [first] = schema.enum ?? [];
  if (first !== undefined) return first;
  if (schema.default !== undefined) return schema.default;
  if (schema.format === 'quantity') return '1Gi';
  if (schema.intOrString === true) return 1;
  switch (schema.type) {
    case 'array':
      return depth === 0 ? [] : [fullValue(schema.items ?? {}, depth - 1)];
    case 'object': {
      const value: Record<string, JsonData> = {};
      if (depth === 0) return value;
      for (const [name, field] of Object.entries(schema.properties ?? {})) value[name] = fullValue(field, depth - 1);
      if (typeof schema.additionalProperties === 'object')
        value['key'] = fullValue(schema.additionalProperties, depth - 1);
      return value;
    }
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    default:
      return textFor(schema);
  }
}

const others: readonly JsonData[] = [null, 1, 1.5, 'text', '', true, {}, [], [null], { unknown: 1 }];

/** The value with one place changed at a time: another value, nothing, or one more key or item. */
function* mutants(value: JsonData): Generator<JsonData> {
  yield* others;
  if (Array.isArray(value)) {
    const items = value as readonly JsonData[];
    yield [...items, ...items];
    for (const [index, item] of items.entries())
      for (const mutant of mutants(item)) yield items.map((other, at) => (at === index ? mutant : other));
  } else if (value !== null && typeof value === 'object') {
    const fields = value as Readonly<Record<string, JsonData>>;
    yield { ...fields, unknownField: 1 };
    for (const [name, field] of Object.entries(fields)) {
      yield Object.fromEntries(Object.entries(fields).filter(([other]) => other !== name));
      for (const mutant of mutants(field)) yield { ...fields, [name]: mutant };
    }
  }
}

function judgeAlike(name: string, schema: Schema, limit: number): [number, number] {
  const judge = makeAjv().compile(toJsonSchema(schema, false));
  let pairs = 0;
  let valid = 0;
  const all = [...mutants(fullValue(schema, 12))];
  const stride = Math.max(1, Math.floor(all.length / limit));
  for (let at = 0; at < all.length; at += stride) {
    const value = all[at] ?? null;
    const expected = judge(normalize(schema, value));
    const faults = validate(schema, fromData(value));
    pairs++;
    if (expected) valid++;
    assert.equal(faults.length === 0, expected, `${name} ${JSON.stringify({ value, faults, errors: judge.errors })}`);
  }
  return [pairs, valid];
}

test(
  'mutants of Flux objects are judged as ajv judges them',
  { skip: !definitions.every(existsSync) && 'no ../shared/crds' },
  () => {
    let [pairs, valid] = [0, 0];
    for (const folder of definitions)
      for (const file of readdirSync(folder)) {
        if (!file.endsWith('.yaml')) continue;
        const crd = fromData(parse(readFileSync(join(folder, file), 'utf8')) as JsonData);
        for (const { kind, version, schema } of schemasOfCrd(crd)) {
          const spec = schema.properties?.['spec'];
          if (spec === undefined) continue;
          const [more, good] = judgeAlike(`${kind} ${version}`, spec, 4000);
          pairs += more;
          valid += good;
        }
      }
    console.log(`${pairs} mutants, ${valid} of them valid`);
    assert.ok(pairs > 8000 && valid > 1000);
  },
);

test('mutants of Kubernetes objects are judged as ajv judges them', async () => {
  const kubernetes = await generate();
  const kinds = [
    '/v1/ConfigMap',
    '/v1/Service',
    '/v1/PersistentVolumeClaim',
    'networking.k8s.io/v1/Ingress',
    'networking.k8s.io/v1/NetworkPolicy',
    'rbac.authorization.k8s.io/v1/ClusterRole',
    'autoscaling/v2/HorizontalPodAutoscaler',
    'policy/v1/PodDisruptionBudget',
  ];
  let [pairs, valid] = [0, 0];
  for (const key of kinds) {
    const [group = '', version = '', kind = ''] = key.split('/');
    const found = kubernetes.find(group, version, kind);
    assert.ok(found, key);
    const [more, good] = judgeAlike(key, found.schema, 1500);
    pairs += more;
    valid += good;
  }
  console.log(`${pairs} mutants, ${valid} of them valid`);
  assert.ok(pairs > 5000 && valid > 100);
});
