import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { schemaFor } from '../../../schemas/assemble';
import { type FieldTable } from '../../../schemas/field-table';
import { fileTables } from '../../../schemas/file-tables';
import { findTable, kinds } from '../../../schemas/kinds/index';
import { fluxReleases, spanHolds } from '../../../schemas/release';
import { type JsonData, type Schema } from '../../../schemas/schema';
import { type JsonValue } from '../../../server/model/json';
import { validate } from '../../../server/validation/validate';

const kustomize = ['Kustomization', 'Component'].map((kind) => ({ group: 'kustomize.config.k8s.io', kind }));
const tables: readonly FieldTable[] = [
  ...[...kinds, ...kustomize].map(({ group, kind }) => {
    const table = findTable(group, kind);
    assert.ok(table, `${group}/${kind} has no table`);
    return table;
  }),
  ...Object.values<() => FieldTable>(fileTables).map((read) => read()),
];

const parentOf = (path: string): string =>
  /\[\]$|\.\*$/.test(path) ? path.slice(0, -2) : path.slice(0, Math.max(0, path.lastIndexOf('.')));

function toValue(data: JsonData): JsonValue {
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map((item: JsonData) => toValue(item));
  return new Map(
    Object.entries<JsonData>(data as Readonly<Record<string, JsonData>>).map(([key, entry]) => [key, toValue(entry)]),
  );
}

/** Calls back with every field of a schema. */
function forEachField(schema: Schema, visit: (field: Schema, path: string) => void, path = ''): void {
  visit(schema, path);
  for (const [name, field] of Object.entries(schema.properties ?? {})) forEachField(field, visit, `${path}.${name}`);
  if (schema.items !== undefined) forEachField(schema.items, visit, `${path}[]`);
  if (typeof schema.additionalProperties === 'object') forEachField(schema.additionalProperties, visit, `${path}.*`);
}

for (const table of tables) {
  describe(`${table.group}/${table.kind}`, () => {
    const rows = Object.entries(table.fields);

    test('every field is described in one to three plain sentences', () => {
      for (const [path, { description = '', deprecated = '.' }] of rows) {
        assert.match(description, /^[A-Z0-9`$][^]*\.$|^age .*\.$/, path);
        assert.ok(description.length <= 300, `${path}: ${description.length}`);
        assert.match(deprecated, /\.$/, path);
      }
    });

    test('rows stand after their parents, in releases their parents have', () => {
      const seen = new Set<string>(['']);
      for (const [path, row] of rows) {
        const parent = parentOf(path);
        assert.ok(seen.has(parent), path);
        seen.add(path);
        const above = table.fields[parent]?.in;
        for (const [version, span] of Object.entries(row.in))
          for (const release of fluxReleases.filter((one) => spanHolds(span, one)))
            assert.ok(above === undefined || spanHolds(above[version] ?? '', release), `${path} ${version} ${release}`);
      }
    });

    test('examples are valid where they stand', () => {
      const versions = new Set(rows.flatMap(([, row]) => Object.keys(row.in)));
      for (const version of versions) {
        const release = fluxReleases.findLast((one) => schemaFor(table, version, one) !== undefined);
        const schema = release && schemaFor(table, version, release);
        assert.ok(schema);
        forEachField(schema, (field, path) => {
          if (field.example !== undefined) assert.deepEqual(validate(field, toValue(field.example)), [], path);
        });
      }
    });
  });
}

for (const entry of kinds) {
  test(`references of ${entry.kind} stand in its table`, () => {
    const fields = findTable(entry.group, entry.kind)?.fields ?? {};
    for (const { path, role, ...parts } of entry.references) {
      assert.equal(fields[path]?.reference, role, path);
      for (const name of [parts.name, parts.namespace, parts.kind, parts.apiVersion, parts.optional]) {
        if (name === undefined || name === '') continue;
        assert.equal(fields[`${path}.${name}`]?.reference, role, `${path}.${name}`);
      }
    }
    const roles = new Set(entry.references.map(({ role }) => role));
    for (const [path, { reference }] of Object.entries(fields))
      assert.ok(reference === undefined || roles.has(reference), path);
  });
}
