import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { usesColour } from '../../../server/cli/colour';
import { readOptions, type Options } from '../../../server/cli/options';
import { run } from '../../../server/cli/run';
import { fakeIo } from './fake-io';

const options: Options = {
  format: { kind: 'choice', values: ['text', 'json'], later: ['sarif'] },
  'flux-version': { kind: 'text', what: 'a release of Flux' },
};

describe('options', () => {
  test('values, flags and folders in any order', () => {
    const read = readOptions(['a', '--format=json', '--debug', '--flux-version', '2.9', '-h', '--', '-b'], options);
    assert.ok('given' in read);
    assert.deepEqual(
      [...read.given.values],
      [
        ['format', 'json'],
        ['flux-version', '2.9'],
      ],
    );
    assert.deepEqual([...read.given.flags], ['debug', 'help']);
    assert.deepEqual(read.given.positionals, ['a', '-b']);
  });

  test('given twice, the last counts', () => {
    const read = readOptions(['--format', 'json', '--format', 'text'], options);
    assert.ok('given' in read);
    assert.equal(read.given.values.get('format'), 'text');
  });

  const faults: readonly (readonly [string, string])[] = [
    ['--formt json', 'There is no option --formt. Did you mean --format?'],
    ['-x', 'There is no option -x.'],
    ['--constructor', 'There is no option --constructor.'],
    ['--format', '--format needs a value: text or json.'],
    ['--format=', '--format needs a value: text or json.'],
    ['--format --debug', '--format needs a value: text or json.'],
    ['--format xml', '--format cannot be xml; there is text or json.'],
    ['--format sarif', '--format sarif does not exist yet; there is text or json.'],
    ['--flux-version', '--flux-version needs a release of Flux.'],
    ['--debug=yes', '--debug takes no value.'],
  ];
  for (const [line, fault] of faults) {
    test(line, () => assert.deepEqual(readOptions(line.split(' '), options), { fault }));
  }
});

describe('the program', () => {
  const runs: readonly (readonly [string, number, RegExp, RegExp])[] = [
    ['--version', 0, /^1\.2\.3\n$/, /^$/],
    ['--help', 0, /check[^]*graph[^]*build[^]*Not there yet: diff, mcp\./, /^$/],
    ['check --help', 0, /--fail-on error\|warning\|none[^]*Exit codes/, /^$/],
    ['graph -h', 0, /text\|json\|mermaid\|dot/, /^$/],
    ['', 2, /^$/, /^fluxwright: A command is missing\. Run fluxwright --help to see what there is\.\n$/],
    ['chek', 2, /^$/, /^fluxwright: There is no command chek\. Did you mean check\? Run .*\n$/],
    ['toString', 2, /^$/, /^fluxwright: There is no command toString\. Run .*\n$/],
    ['mcp', 2, /^$/, /^fluxwright: The command mcp does not exist yet\. Run .*\n$/],
    ['--colour', 2, /^$/, /^fluxwright: There is no option --colour\. Run .*\n$/],
    ['check a b', 2, /^$/, /Only one folder can be given, but there is a and b\. Run fluxwright check --help/],
    ['check /no/such', 2, /^$/, /^fluxwright: \/no\/such does not exist\. Run .*\n$/],
    ['check --flux-version 2.42', 2, /^$/, /2\.42 is no known release of Flux; known are 2\.0 to 2\.10\./],
    ['check --flux-version new', 2, /^$/, /new is no known release/],
    ['graph --format sarif', 2, /^$/, /--format cannot be sarif; there is text, json, mermaid or dot\./],
  ];
  for (const [line, code, out, err] of runs) {
    test(`fluxwright ${line}`, async () => {
      const io = fakeIo();
      assert.equal(await run(line === '' ? [] : line.split(' '), io), code);
      assert.match(io.printed.out, out);
      assert.match(io.printed.err, err);
    });
  }
});

test('a fault of ours is one sentence, and a stack trace only where it is asked for', async (context) => {
  const empty = mkdtempSync(join(tmpdir(), 'fluxwright-test-'));
  context.after(() => rmSync(empty, { recursive: true }));
  for (const isDebug of [false, true]) {
    const io = fakeIo();
    const boom = (): never => {
      throw new Error('boom');
    };
    Object.defineProperty(io, 'programFolder', { get: boom });
    assert.equal(await run(['check', empty, ...(isDebug ? ['--debug'] : [])], io), 3);
    const [first, ...rest] = io.printed.err
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('debug: '));
    assert.match(first ?? '', /^fluxwright: Something failed inside: boom\. Run again with --debug and report it/);
    assert.equal(
      rest.some((line) => line.startsWith('    at ')),
      isDebug,
    );
  }
});

describe('color', () => {
  const cases: readonly (readonly [string, Record<string, string>, boolean, boolean])[] = [
    ['auto', {}, true, true],
    ['auto', {}, false, false],
    ['auto', { NO_COLOR: '1' }, true, false],
    ['auto', { NO_COLOR: '' }, true, true],
    ['auto', { FORCE_COLOR: '1' }, false, true],
    ['auto', { FORCE_COLOR: '0' }, true, false],
    ['auto', { NO_COLOR: '1', FORCE_COLOR: '1' }, false, false],
    ['auto', { TERM: 'dumb' }, true, false],
    ['always', { NO_COLOR: '1' }, false, true],
    ['never', { FORCE_COLOR: '1' }, true, false],
  ];
  for (const [mode, environment, isOutTerminal, expected] of cases) {
    test(`${mode} ${JSON.stringify(environment)} ${isOutTerminal ? 'terminal' : 'pipe'}`, () => {
      assert.equal(usesColour(mode, fakeIo({ environment, isOutTerminal })), expected);
    });
  }
});
