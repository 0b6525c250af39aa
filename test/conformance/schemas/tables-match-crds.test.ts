import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { schemaFor } from '../../../schemas/assemble';
import { findTable, kinds } from '../../../schemas/kinds/index';
import { fluxReleases } from '../../../schemas/release';
import { type Schema } from '../../../schemas/schema';
import { type CrdSchema, missingCrds, ownPart, readStoredVersions } from './stored-crds';

const ourName = new Map([
  ['x-kubernetes-int-or-string', 'intOrString'],
  ['x-kubernetes-preserve-unknown-fields', 'preserveUnknownFields'],
  ['x-kubernetes-embedded-resource', 'embeddedResource'],
  ['x-kubernetes-list-type', 'listType'],
  ['x-kubernetes-list-map-keys', 'listMapKeys'],
]);
// Texts, a hint for merging that decides nothing about one document, and CEL rules, which are rules of ours.
const notCompared = new Set(['description', 'x-kubernetes-map-type', 'x-kubernetes-validations']);
const notes = new Set(['description', 'scalar', 'reference', 'example', 'deprecated']);

/** One line per fact: `spec.interval required true`. */
function factsOf(schema: CrdSchema | Schema, path: string, facts: string[] = []): string[] {
  for (const [keyword, value] of Object.entries(schema) as [string, unknown][]) {
    if (['properties', 'items', 'additionalProperties'].includes(keyword)) continue;
    if (notCompared.has(keyword) || notes.has(keyword)) continue;
    const fact = keyword === 'required' ? [...(value as string[])].sort() : value;
    facts.push(`${path} ${ourName.get(keyword) ?? keyword} ${JSON.stringify(fact)}`);
  }
  for (const [name, field] of Object.entries<CrdSchema | Schema>(schema.properties ?? {})) {
    facts.push(`${path}.${name} exists`);
    factsOf(field, `${path}.${name}`, facts);
  }
  if (schema.items) factsOf(schema.items, `${path}[]`, facts);
  if (typeof schema.additionalProperties === 'object') factsOf(schema.additionalProperties, `${path}.*`, facts);
  return facts;
}

const stored = missingCrds === undefined ? readStoredVersions() : [];

describe('assembled schemas equal the stored resource definitions', { skip: missingCrds !== undefined }, () => {
  for (const one of stored) {
    for (const release of one.releases) {
      test(`${one.kind} ${one.version} in ${release}`, () => {
        const table = findTable(one.group, one.kind);
        const schema = table && schemaFor(table, `${one.group}/${one.version}`, release);
        assert.ok(schema);
        assert.deepEqual(factsOf(schema, '').sort(), factsOf(ownPart(one.schema), '').sort());
      });
    }
  }

  test('no version exists in a release that does not have it', () => {
    const known = new Set(
      stored.flatMap((one) => one.releases.map((release) => `${one.kind} ${one.version} ${release}`)),
    );
    for (const { group, kind } of kinds) {
      const table = findTable(group, kind);
      assert.ok(table);
      const versions = new Set(Object.values(table.fields).flatMap((row) => Object.keys(row.in)));
      for (const version of [...versions, 'v9'])
        for (const release of fluxReleases)
          assert.equal(schemaFor(table, version, release) !== undefined, known.has(`${kind} ${version} ${release}`));
    }
  });
});
