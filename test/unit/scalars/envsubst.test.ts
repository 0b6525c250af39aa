import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inputOffset, substitute, type Substitution, type Variable } from '../../../server/scalars/envsubst';

function lookup(variables: Readonly<Record<string, string | null>>): (name: string) => Variable | undefined {
  const known = new Map(Object.entries(variables));
  return (name) => {
    const value = known.get(name);
    if (value === undefined) return undefined;
    return value === null ? { kind: 'unknown' } : { kind: 'text', text: value };
  };
}

/** The output, or the first fault as the table writes it. */
function outcome({ text, faults: [fault] }: Substitution): string {
  if (fault === undefined) return JSON.stringify(text);
  return `!${fault.kind === 'undefined' ? fault.kind : String(fault.reason)}`;
}

test('texts are substituted as Flux substitutes them', () => {
  const rows = readFileSync('test/unit/scalars/envsubst.tsv', 'utf8').split('\n');
  const facts = rows.filter((row) => row !== '' && !row.startsWith('#'));
  assert.ok(facts.length > 500);
  for (const fact of facts) {
    const [text = '', variables = '', mode, expected] = fact.split('\t');
    const known = lookup(JSON.parse(variables) as Record<string, string>);
    const made = substitute(JSON.parse(text) as string, known, { strict: mode === 'strict' });
    assert.equal(outcome(made), expected, fact);
  }
});

test('what needs a variable that is not known stays as it is written', () => {
  const cases: readonly (readonly [text: string, output: string, unknown: readonly string[]])[] = [
    ['a ${U} b', 'a ${U} b', ['${U}']],
    ['${A}${U:-x}${A}', 'one${U:-x}one', ['${U:-x}']],
    ['${A:-${U}}', 'one', []],
    ['${E:-${U}} $$ ${#U}', '${E:-${U}} $ ${#U}', ['${E:-${U}}', '${#U}']],
    ['${A/one/${U}}', '${A/one/${U}}', ['${A/one/${U}}']],
  ];
  for (const [text, output, unknown] of cases) {
    const made = substitute(text, lookup({ A: 'one', E: '', U: null }), { strict: true });
    assert.equal(made.text, output);
    assert.deepEqual(made.faults, []);
    assert.deepEqual(
      made.unknown.map(({ start, end }) => made.text.slice(start, end)),
      unknown,
    );
  }
});

test('each use of an undefined variable has its fault, the syntax fault stands alone', () => {
  const text = '${A} ${X} ${A:-${Y}} ${Z:-d}';
  const { faults, unknown } = substitute(text, lookup({ A: 'one' }), { strict: true });
  assert.deepEqual(
    faults.map(({ kind, name, start, end }) => [kind, name, text.slice(start, end)]),
    [
      ['undefined', 'X', '${X}'],
      ['undefined', 'Y', '${Y}'],
    ],
  );
  assert.equal(unknown.length, 1);
  const broken = substitute('${X} ${A-b}', lookup({}), { strict: true });
  assert.deepEqual(broken.faults, [{ kind: 'syntax', reason: 'missing-brace', start: 5, end: 8 }]);
  assert.equal(broken.text, '${X} ${A-b}');
});

test('offsets of the output lead back to the input', () => {
  const text = 'k: $$x ${A} end ${U} z';
  const { text: output, map } = substitute(text, lookup({ A: 'longer value', U: null }), { strict: true });
  const leadsTo = (found: string, at: string): void => {
    assert.equal(inputOffset(map, output.indexOf(found)), text.indexOf(at), found);
  };
  leadsTo('k:', 'k:');
  leadsTo('x ', 'x ');
  leadsTo('longer', '${A}');
  leadsTo('value', '${A}');
  leadsTo('end', 'end');
  leadsTo('${U}', '${U}');
  leadsTo('z', 'z');
});

test('sizes that a hostile text asks for are not worked out', () => {
  const long = 'a'.repeat(1_000_000);
  const known = lookup({ A: long, P: `${'*a'.repeat(200)}b` });
  for (const text of ['${A//a/${A}}', '${A%%${P}}']) {
    assert.equal(substitute(text, known, { strict: true }).unknown.length, 1, text);
  }
  assert.ok(substitute('${A}'.repeat(2000), known, { strict: true }).text.length < 40_000_000);
  const deep = '${A:-'.repeat(100_000);
  assert.equal(substitute(deep, known, { strict: true }).faults[0]?.reason, 'nesting');
});
