import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { check, failures, filesOf } from './rules/check-case';
import { compare, readCases } from './support/markers';

// Repositories that look wrong and are right. A case may still ask for hints; anything else found in it fails.
describe('nothing is found in correct repositories', () => {
  for (const given of readCases('test/rules/clean')) {
    it(given.name, () => {
      assert.deepEqual(
        given.expected.filter(({ severity }) => severity !== 'hint'),
        [],
        'a clean case asks for a finding',
      );
      const { flux, remotes } = given;
      const found = check(filesOf(given.files), { remotes, ...(flux !== undefined && { flux }) });
      assert.deepEqual(compare(given.expected, found, given), []);
    });
  }

  it('and no rule throws', () => {
    assert.deepEqual(failures, []);
  });
});
