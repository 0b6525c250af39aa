import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { compared } from '../../../../client/status/difference/compared';
import { withoutFields } from '../../../../client/status/difference/ignored-fields';
import { matchesSelector } from '../../../../client/status/difference/label-selector';
import { masked } from '../../../../client/status/difference/masked';
import { type LiveObject, type LiveValue } from '../../../../client/status/object-sink';
import { readObjects } from '../../../../client/status/yaml/read-objects';

const value = fc.jsonValue({ maxDepth: 4 }).map((found) => JSON.parse(JSON.stringify(found)) as LiveValue);
const object = fc
  .record({
    apiVersion: fc.constant('example.com/v1'),
    kind: fc.constant('Thing'),
    metadata: fc.record({ name: fc.constant('a') }),
    spec: fc.dictionary(fc.string(), value, { noNullPrototype: true }),
  })
  .map((found) => JSON.parse(JSON.stringify(found)) as LiveObject);

test('a value hides nothing of itself, and what is hidden once stays so', () => {
  fc.assert(
    fc.property(value, value, (live, rendered) => {
      assert.deepEqual(masked(live, live), live);
      const once = masked(live, rendered);
      assert.deepEqual(masked(once, rendered), once);
    }),
  );
});

test('a key that YAML would read as a merge stays a key', () => {
  const one = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { '<<': 'x', '=': '<<' } };
  const both = compared({ live: one, rendered: one, dryRun: undefined, note: '', owner: undefined });
  assert.deepEqual(readObjects(both.live), [one]);
});

test('equal objects are equal, and both texts are the object', () => {
  fc.assert(
    fc.property(object, (one) => {
      const both = compared({ live: one, rendered: one, dryRun: undefined, note: '', owner: undefined });
      assert.equal(both.isEqual, true);
      assert.deepEqual(readObjects(both.live), [one]);
    }),
  );
});

test('a pointer takes away what it names and leaves the rest', () => {
  fc.assert(
    fc.property(object, fc.string(), (one, key) => {
      const pointer = `/spec/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const rest = withoutFields(one, [pointer]);
      const others = Object.entries(one['spec'] as LiveObject).filter(([name]) => name !== key);
      assert.deepEqual(rest, { ...one, spec: Object.fromEntries(others) });
    }),
  );
});

test('any text is a selection, or none, and is read in time in proportion', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      matchesSelector(text, {});
    }),
  );
  for (const part of ['(', 'a(', '!=', 'in (', ' ', ',', 'a in (b']) {
    const begun = process.cpuUsage().user;
    matchesSelector(part.repeat(20_000), {});
    assert.ok(process.cpuUsage().user - begun < 1_000_000, part);
  }
});
