import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { matchesPattern } from '../../../server/scalars/pattern';

const pieces = [
  '',
  'a',
  'Z',
  '0',
  '1.5',
  'ms',
  's',
  'm',
  'h',
  '-',
  '_',
  '.',
  '/',
  '\\',
  '[0]',
  '[',
  '@',
  '*',
  '\n',
  '\r',
  ' ',
  'http://',
  'https://',
  'ssh://',
  'oci://',
  '\u2028',
  'é',
];

test('patterns of Flux are matched as RE2 matches them', () => {
  const patterns = new Set<string>();
  for (const folder of ['schemas/flux', 'schemas/flux-operator'])
    for (const file of readdirSync(folder)) {
      if (!file.endsWith('.json')) continue;
      const text = readFileSync(join(folder, file), 'utf8');
      JSON.parse(text, (key, value: unknown) => {
        if (key === 'pattern' && typeof value === 'string' && value.startsWith('^')) patterns.add(value);
        return value;
      });
    }
  assert.ok(patterns.size > 10);
  let matched = 0;
  for (const pattern of patterns) {
    const oracle = RE2JS.compile(pattern);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 6 }), (parts) => {
        const text = parts.join('');
        const expected = oracle.matcher(text).find();
        if (expected) matched++;
        assert.equal(matchesPattern(pattern, text), expected, `${pattern} ${JSON.stringify(text)}`);
      }),
      { seed: 20_260_302, numRuns: 1000 },
    );
  }
  assert.ok(matched > 500, `${matched} matches`);
});
