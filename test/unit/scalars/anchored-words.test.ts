import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { anchoredWords } from '../../../server/scalars/anchored-words';

const pieces = ['a', 'b', '-', '.', '.*', '|', '/', 'apps', '_', '*', '..'];
const word = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(''));
const text = fc
  .array(fc.constantFrom('a', 'b', '-', '/', 'apps', '_', '\n', '😀', 'é', ''), { maxLength: 6 })
  .map((parts) => parts.join(''));

test('anchored words fit what RE2 finds in them', () => {
  let taken = 0;
  fc.assert(
    fc.property(word, fc.constantFrom('', '('), text, (words, open, given) => {
      const pattern = `^(?:${open}${words}${open === '' ? '' : ')'})$`;
      const fits = anchoredWords(pattern);
      if (fits === undefined) return;
      taken++;
      assert.equal(fits(given), RE2JS.compile(pattern).matcher(given).find(), JSON.stringify({ pattern, given }));
    }),
    { numRuns: 4000 },
  );
  assert.ok(taken > 1000, `only ${taken} of the patterns were taken`);
});

test('everything else is left to the expression engine', () => {
  for (const pattern of [
    'a',
    '^a$',
    '^(?:a+)$',
    '^(?:(a)$',
    '^(?:a))$',
    '^(?:[a])$',
    '^(?:a\\.b)$',
    '^(?:a*)$',
    '^(?:.**)$',
    '^(?:a b)$',
  ])
    assert.equal(anchoredWords(pattern), undefined, pattern);
});

test('a long text with many wildcards is decided at once', () => {
  const fits = anchoredWords(`^(?:${'.*a'.repeat(200)}b)$`);
  assert.equal(fits?.('a'.repeat(20_000)), false);
});
