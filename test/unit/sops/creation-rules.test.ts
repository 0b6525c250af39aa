import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import {
  type CreationRule,
  findSopsConfig,
  matchCreationRule,
  readSopsConfig,
  type SopsConfig,
} from '../../../server/sops/creation-rules';
import { leavesOf, selectionTest } from '../../../server/sops/leaves';
import { requiredLiteral } from '../../../server/sops/required-literal';
import { isShadowedBy } from '../../../server/sops/shadowed-rule';
import { storeFormatOf } from '../../../server/sops/store-format';
import { compilePattern } from '../../../server/scalars/pattern';
import { openFile } from '../../../server/yaml/file';

// What the sops program does, recorded (creation-rules.txt).
const recorded = readFileSync('test/unit/sops/creation-rules.txt', 'utf8');
const keys = new Map([...recorded.matchAll(/^# ([ABD]) (age1\w+)$/gm)].map(([, name = '', key = '']) => [key, name]));
const cases = recorded
  .split(/^=== /m)
  .slice(1)
  .map((text) => {
    const [head = '', rows = ''] = text.split('\n---\n');
    const [name = '', ...config] = head.split('\n');
    return {
      name,
      config: config.join('\n'),
      rows: rows
        .trimEnd()
        .split('\n')
        .map((row) => row.split('\t')),
    };
  });

const read = (text: string): SopsConfig => readSopsConfig(openFile('.sops.yaml', text, 1).documents[0]?.document);

/** In the words of the recording; why a rule is refused is told apart by its rules. */
function outcome(config: SopsConfig, file: string): readonly string[] {
  const match = matchCreationRule(config, '.sops.yaml', file);
  if (match.kind === 'ungoverned') return ['refused', 'absent'];
  if (match.kind === 'none') return ['refused', 'none'];
  if (match.kind === 'unreadable') return ['refused', 'pattern'];
  const { rule } = match;
  if (rule.selections.length > 1) return ['refused', 'several'];
  if (rule.keyGroups.flat().some(({ fault }) => fault !== undefined)) return ['refused', 'recipient'];
  if (rule.keyGroups.flat().length === 0) return ['refused', 'form'];
  const groups = rule.keyGroups.map((group) => group.map(({ name }) => keys.get(name)).join()).join('|');
  // A binary file is encrypted as a whole, so nothing is written down.
  const isBinary = storeFormatOf(file) === 'binary';
  const selection = isBinary ? '' : `${rule.selection.by} ${rule.selection.text}`;
  const macOnly = !isBinary && rule.isMacOnlyEncrypted;
  return [groups, selection, String(rule.shamirThreshold), String(macOnly), encrypts(rule, isBinary)];
}

function encrypts({ selection }: CreationRule, isBinary: boolean): string {
  const document = openFile('a.yaml', 'data:\n  a: "1"\nkind: x\n', 1).documents[0]?.document;
  const isSelected = selectionTest(selection);
  const isEncrypted = document !== undefined && isSelected !== undefined && [...leavesOf(document)].some(isSelected);
  return isBinary || isEncrypted ? 'encrypted' : 'plain';
}

describe('creation rules, as sops 3.13.3 reads them', () => {
  for (const { name, config, rows } of cases) {
    it(name, () => {
      for (const [file = '', ...expected] of rows) assert.deepEqual(outcome(read(config), file), expected, file);
    });
  }
});

describe('the configuration of a file', () => {
  it('is the nearest one above it, whether or not it has rules', () => {
    const there = new Set(['.sops.yaml', 'a/b/.sops.yaml', 'c/.sops.yml']);
    const find = (file: string) => findSopsConfig(file, (path) => there.has(path));
    assert.equal(find('a/b/c/d.yaml'), 'a/b/.sops.yaml');
    assert.equal(find('a/d.yaml'), '.sops.yaml');
    assert.equal(find('c/d.yaml'), '.sops.yaml');
    assert.equal(
      findSopsConfig('a/d.yaml', () => false),
      undefined,
    );
  });

  it('compares paths from its own folder, and knows nothing outside of it', () => {
    const config = read('creation_rules:\n  - path_regex: ^b/\n');
    assert.equal(matchCreationRule(config, 'a/.sops.yaml', 'a/b/c.yaml').kind, 'rule');
    assert.equal(matchCreationRule(config, 'a/.sops.yaml', 'b/c.yaml').kind, 'ungoverned');
  });
});

describe('nicknames', () => {
  const nicknames = (text: string) =>
    read(text).rules.flatMap(({ keyGroups }) => keyGroups.flat().map(({ nickname }) => nickname));
  const [a = '', b = ''] = keys.keys();

  it('are comments beside a key or above it, and names of anchors', () => {
    assert.deepEqual(nicknames(`creation_rules:\n  - age: ${a} # Alice\n`), ['Alice']);
    assert.deepEqual(
      nicknames(`creation_rules:\n  - age:\n      # Alice\n      - ${a}\n      - ${b} # the cluster\n`),
      ['Alice', 'the cluster'],
    );
    assert.deepEqual(nicknames(`keys:\n  - &alice ${a}\ncreation_rules:\n  - age: *alice\n`), ['alice']);
    assert.deepEqual(nicknames(`keys:\n  - &x ${a} # Alice\ncreation_rules:\n  - key_groups:\n      - age: [*x]\n`), [
      'Alice',
    ]);
  });

  it('are not shared, and not taken from elsewhere', () => {
    assert.deepEqual(nicknames(`creation_rules:\n  - age: ${a},${b} # both\n`), [undefined, undefined]);
    assert.deepEqual(nicknames(`creation_rules:\n  # for apps\n  - path_regex: x\n    age: ${a}\n`), [undefined]);
  });
});

describe('patterns of rules', () => {
  const shadowed: readonly (readonly [string, string, boolean])[] = [
    ['^a/', '', true],
    ['^a/', '.*', true],
    ['^a/', '^a/', true],
    ['^a/.*\\.yaml$', '\\.yaml$', true],
    ['^a/b/', '^a/', true],
    ['\\.yaml$', '^a/.*\\.yaml$', false],
    ['a|b', 'a', false],
    ['a', 'a|b', false],
    ['(?i)secret', 'secret', false],
    ['ab?', 'ab', false],
    ['[ab]c', 'ab', false],
    ['\\.yaml', '.yaml', false],
  ];
  for (const [later, earlier, expected] of shadowed) {
    it(`${later} ${expected ? 'never counts' : 'may count'} behind ${earlier || 'a rule for every file'}`, () => {
      assert.equal(isShadowedBy(later, earlier), expected);
    });
  }

  it('lack no text that all of their matches have', () => {
    const texts: readonly (readonly [pattern: string, text: string])[] = [
      ['\\.sops\\.ya?ml$', '.sops.yml'],
      ['^clusters/[^/]+/secrets/', 'clusters/a/secrets/b'],
      ['a+b{2}c?d', 'aabbd'],
      ['(ab)?cd', 'cd'],
      ['[[:alpha:]]x]y', 'ax]y'],
      ['a|b', 'b'],
    ];
    for (const [pattern, text] of texts) {
      assert.equal(compilePattern(pattern)?.test(text), true, pattern);
      assert.ok(text.includes(requiredLiteral(pattern)), `${pattern}: ${requiredLiteral(pattern)}`);
    }
    assert.equal(requiredLiteral('^clusters/[^/]+/secrets/'), 'clusters/');
  });
});
