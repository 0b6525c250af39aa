import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Finding } from '../../../server/model/finding';
import { compare, parseCase, readMarkers } from '../../support/markers';

const finding = (line: number, start: number, end: number, change: Partial<Finding> = {}): Finding => ({
  code: 'some-code',
  severity: 'error',
  certainty: 'certain',
  file: 'a.yaml',
  message: 'names foo, which is missing',
  range: { start: { line, character: start }, end: { line, character: end } },
  ...change,
});

void test('a case is cut at its file lines, options stand before the first', () => {
  const found = parseCase(
    'x',
    '# Two sentences.\n# flux: 2.9\n# remote: example.com/a/b\n# file: a/b.yaml\na: 1\n\n# file: c d+e.yaml\n# file: f.yaml\nb: 2\n',
  );
  assert.deepEqual(
    [...found.files],
    [
      ['a/b.yaml', 'a: 1\n\n'],
      ['c d+e.yaml', ''],
      ['f.yaml', 'b: 2\n'],
    ],
  );
  assert.equal(found.flux, '2.9');
  assert.deepEqual(found.remotes, ['example.com/a/b']);
  assert.equal(found.rules, undefined);
});

void test('markers give the columns of the line above, however many stand there', () => {
  const text = [
    'key: value',
    '#    ^^^^^ some-code [warning]: names foo',
    '#<^ other-code',
    '#@0-1 third-code',
    '# ^^^> fourth-code',
    '# ^ is not one',
  ];
  assert.deepEqual(readMarkers('a.yaml', text.slice(0, 5).join('\n')), [
    { file: 'a.yaml', line: 0, start: 5, end: 10, code: 'some-code', severity: 'warning', text: 'names foo' },
    { file: 'a.yaml', line: 0, start: 0, end: 3, code: 'other-code' },
    { file: 'a.yaml', line: 0, start: 0, end: 1, code: 'third-code' },
    { file: 'a.yaml', line: 0, start: 2, end: undefined, code: 'fourth-code' },
  ]);
  assert.throws(() => readMarkers('a.yaml', text.join('\n')), /a\.yaml:6: not a marker/);
  assert.throws(() => readMarkers('a.yaml', '# ^^ some-code'), /no line above/);
  assert.throws(() => readMarkers('a.yaml', 'a: 1\n# ^^ some-code [bad]'), /unknown severity bad/);
});

void test('compare is silent on agreement and names each kind of difference', () => {
  const wanted = readMarkers('a.yaml', 'key: value\n#    ^^^^^ some-code [error]: names foo');
  assert.deepEqual(compare(wanted, [finding(0, 5, 10)]), []);
  assert.match(compare(wanted, [])[0] ?? '', /^missing: a\.yaml:1:6-11 some-code/);
  assert.match(compare([], [finding(0, 5, 10)])[0] ?? '', /^unexpected: a\.yaml:1:6-11 some-code \[error\]: names/);
  assert.match(compare(wanted, [finding(0, 5, 9)])[0] ?? '', /^wrong range/);
  assert.match(compare(wanted, [finding(1, 5, 10)])[0] ?? '', /^wrong range/);
  assert.match(compare(wanted, [finding(0, 5, 10, { severity: 'hint' })])[0] ?? '', /^wrong severity/);
  assert.match(compare(wanted, [finding(0, 5, 10, { message: 'bar' })])[0] ?? '', /^wrong message/);
  assert.equal(compare(wanted, [finding(0, 5, 10, { file: 'b.yaml' })]).length, 2);
  assert.equal(compare(wanted, [finding(0, 5, 10), finding(0, 5, 10)]).length, 1);
});

void test('an exact partner is not taken by a near one', () => {
  const wanted = readMarkers('a.yaml', 'k: [a, b]\n#   ^ some-code\n#      ^ some-code');
  assert.deepEqual(compare(wanted, [finding(0, 7, 8), finding(0, 4, 5)]), []);
  assert.deepEqual(compare(wanted, [finding(0, 7, 8)]), ['missing: a.yaml:1:5-6 some-code']);
});

void test('a list of rules hides all other codes on both sides', () => {
  const wanted = readMarkers('a.yaml', 'key: value\n#    ^^^^^ some-code');
  assert.deepEqual(compare(wanted, [finding(0, 0, 1, { code: 'other' })], { rules: ['third'] }), []);
});

void test('allowed hints may appear, at that severity only', () => {
  const hint = finding(0, 0, 1, { severity: 'hint' });
  assert.deepEqual(compare([], [hint], { hints: ['some-code'] }), []);
  assert.equal(compare([], [hint], { hints: ['other'] }).length, 1);
  assert.equal(compare([], [finding(0, 0, 1)], { hints: ['some-code'] }).length, 1);
});
