import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compareVersions, matchesRange, parseRange, parseVersion } from '../../../server/scalars/semver-range';

const table = readFileSync('test/unit/scalars/semver-range.tsv', 'utf8').split('\n');
const [heading = '', ...facts] = table.filter((row) => row !== '' && !row.startsWith('#'));
const [taken = '', refused = ''] = (heading.split('\t')[1] ?? '').split(' | ');
const versions = taken.split(' ');

test('ranges take the versions that they take in Flux', () => {
  assert.ok(facts.length > 300);
  for (const fact of facts) {
    const [text = '', expected = ''] = fact.split('\t');
    const range = parseRange(JSON.parse(text) as string);
    const found = versions.filter((version) => {
      const parsed = parseVersion(version);
      assert.ok(parsed, version);
      return range !== undefined && matchesRange(range, parsed);
    });
    assert.equal(range === undefined ? '!' : found.join(' '), expected, text);
  }
});

test('what is no version is refused', () => {
  for (const text of ['', ...refused.split(' ')]) assert.equal(parseVersion(text), undefined, text);
});

test('versions are ordered by precedence', () => {
  const ordered = [
    '0.9',
    '1.0.0-1',
    '1.0.0-2',
    '1.0.0-10',
    '1.0.0-a',
    '1.0.0-a.1',
    '1.0.0-b',
    '1.0.0',
    '1.0.1',
    '10.0.0',
  ];
  const parsed = ordered.map((text) => parseVersion(text));
  for (const [index, version] of parsed.entries()) {
    const before = parsed[index - 1];
    if (before !== undefined && version !== undefined) assert.ok(compareVersions(before, version) < 0, ordered[index]);
  }
  const [plain, built] = [parseVersion('v1.0.0'), parseVersion('1.0.0+build')];
  assert.ok(plain !== undefined && built !== undefined && compareVersions(plain, built) === 0);
});
