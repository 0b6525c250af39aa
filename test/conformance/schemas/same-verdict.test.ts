import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
import { schemaFor } from '../../../schemas/assemble';
import { findTable } from '../../../schemas/kinds/index';
import { type JsonValue } from '../../../server/model/json';
import { validate } from '../../../server/validation/validate';
import { asJsonSchema, settle } from './as-json-schema';
import { fullValue, mutantsOf, randomNumbers, randomValue } from './random-objects';
import { type CrdSchema, missingCrds, ownPart, readStoredVersions, type StoredVersion } from './stored-crds';

const objectsPerSchema = 400;
const seed = 20261124;

const withoutTexts = (key: string, value: unknown): unknown =>
  typeof value === 'string' && key === 'description' ? undefined : value;

/** Stored versions that differ from each other in anything but texts, `status` included. */
function distinct(versions: readonly StoredVersion[]): StoredVersion[] {
  const byFields = new Map(
    versions.map((one) => [one.kind + one.version + JSON.stringify(one.schema, withoutTexts), one]),
  );
  return [...byFields.values()];
}

function toValue(data: unknown): JsonValue {
  if (Array.isArray(data)) return data.map(toValue);
  if (typeof data !== 'object' || data === null) return data as JsonValue;
  return new Map(Object.entries(data).map(([key, entry]) => [key, toValue(entry)]));
}

/** Calls back with every place of a value that has a schema, and a way to put something else there. */
function forEachPlace(
  schema: CrdSchema,
  value: unknown,
  visit: (field: CrdSchema, entry: unknown, put: (other: unknown) => void, path: string) => void,
  path = '',
): void {
  if (typeof value !== 'object' || value === null) return;
  const holder = value as Record<string, unknown>;
  for (const name of Object.keys(value)) {
    const field = Array.isArray(value) ? schema.items : (schema.properties?.[name] ?? schema.additionalProperties);
    if (field === undefined) continue;
    const entry = holder[name];
    const put = (other: unknown): void => {
      if (other === undefined && !Array.isArray(value)) Reflect.deleteProperty(holder, name);
      else holder[name] = other === undefined ? null : other;
    };
    visit(field, entry, put, `${path}/${name}`);
    put(entry);
    forEachPlace(field, entry, visit, `${path}/${name}`);
  }
}

/**
 * Rules of the API server that JSON Schema cannot say; a refusal for one of them alone is no difference.
 * - list maps: items with equal keys are refused (structured-merge-diff). Only `oidcProviders` of Receiver is one.
 */
const rulesOfKubernetes = new Set(['duplicate-item']);

const show = (value: unknown): string =>
  value === undefined
    ? 'left out'
    : JSON.stringify(value, (_, part: unknown) =>
        part instanceof Map ? Object.fromEntries(part as ReadonlyMap<string, unknown>) : part,
      );

describe('validation and ajv give the same verdict', { skip: missingCrds !== undefined }, () => {
  const versions = missingCrds === undefined ? distinct(readStoredVersions()) : [];
  let objects = 0;
  let refused = 0;

  for (const [index, one] of versions.entries()) {
    const release = one.releases.at(-1);
    test(`${one.kind} ${one.version} of ${release}`, () => {
      const table = findTable(one.group, one.kind);
      const ours = table && release && schemaFor(table, one.version, release);
      assert.ok(ours);
      const theirs = ownPart(one.schema);
      const isValid = new Ajv({ strict: false, logger: false, validateSchema: false }).compile(asJsonSchema(theirs));
      const differences: string[] = [];
      const compare = (object: unknown, path: string): boolean => {
        const faults = validate(ours, toValue(object));
        const expected = isValid(settle(theirs, object));
        objects++;
        if (!expected) refused++;
        const isExplained = expected && faults.every(({ code }) => rulesOfKubernetes.has(code));
        if ((faults.length === 0) !== expected && !isExplained)
          differences.push(`${path}: ajv ${expected ? 'accepts' : show(isValid.errors)}, we say ${show(faults)}`);
        return expected;
      };

      const random = randomNumbers(seed + index);
      for (let count = 0; count < objectsPerSchema; count++) compare(randomValue(theirs, random), `random ${count}`);

      const full = fullValue(theirs);
      assert.ok(compare(full, 'full'), `the object with every field is refused: ${JSON.stringify(isValid.errors)}`);
      forEachPlace(theirs, full, (field, entry, put, path) => {
        for (const mutant of mutantsOf(field, entry)) {
          put(mutant);
          compare(full, `${path} = ${show(mutant).slice(0, 60)}`);
        }
      });
      assert.deepEqual(differences.slice(0, 10), []);
    });
  }

  test('there was enough to judge', (context) => {
    context.diagnostic(`${versions.length} schemas, ${objects} objects, ${refused} refused`);
    assert.ok(versions.length >= 100);
    assert.ok(refused > objects / 10 && refused < objects - objects / 10);
  });
});
