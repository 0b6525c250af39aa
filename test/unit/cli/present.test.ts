import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Io } from '../../../server/cli/io';
import { type Options, readOptions } from '../../../server/cli/options';
import { present } from '../../../server/cli/present';
import { createProgress } from '../../../server/cli/progress';
import { type Finding } from '../../../server/model/finding';
import { type Verdict } from '../../../server/rules/judge';
import { fakeIo } from './fake-io';
import { smallRepository, snapshotOf } from './repository';

const options: Options = {
  format: { kind: 'choice', values: ['text', 'json'] },
  'fail-on': { kind: 'choice', values: ['error', 'warning', 'none'] },
  color: { kind: 'choice', values: ['auto', 'always', 'never'] },
};

const finding: Finding = {
  code: 'ref-depends-on-not-found',
  severity: 'error',
  certainty: 'if-complete',
  file: 'clusters/home/apps.yaml',
  range: { start: { line: 14, character: 12 }, end: { line: 14, character: 18 } },
  message: 'dependsOn names absent, which nothing defines.',
};

const verdictOf = (findings: readonly Finding[], disabled: readonly string[] = []): Verdict => ({
  generation: 1,
  findings: findings.length === 0 ? new Map() : new Map([['clusters/home/apps.yaml', findings]]),
  changed: new Set(),
  disabled,
});

function show(args: string, verdict: Verdict, io: Partial<Io> = {}, texts = smallRepository) {
  const fake = fakeIo(io);
  const read = readOptions(args === '' ? [] : args.split(' '), options);
  assert.ok('given' in read);
  const analysis = { snapshot: snapshotOf(texts), verdict, seconds: () => 0.25 };
  const code = present(analysis, { root: '/repo', name: 'repo', fluxVersion: undefined }, read.given, fake);
  return { code, ...fake.printed };
}

const line =
  'clusters/home/apps.yaml:15:13: error ref-depends-on-not-found dependsOn names absent, which nothing defines.';
const total = 'in 7 files · 1 cluster · 3 Kustomizations · 0.25 s';

describe('what a check prints', () => {
  test('into a pipe: a line per finding and a summary', () => {
    assert.deepEqual(show('', verdictOf([finding])), { code: 1, out: `${line}\n1 error ${total}\n`, err: '' });
  });

  test('on a terminal: the source too', () => {
    const shown = show('--color never', verdictOf([finding]), { isOutTerminal: true, columns: 60 });
    assert.equal(
      shown.out,
      `${line}
  15 |     - name: absent
     |             ^^^^^^

1 error ${total}
`,
    );
  });

  test('nothing', () => {
    assert.deepEqual(show('', verdictOf([])), { code: 0, out: `0 findings ${total}\n`, err: '' });
    assert.equal(
      show('', verdictOf([]), {}, { 'a.yaml': 'a: 1' }).out,
      '0 findings in 1 file · no Flux found · 0.25 s\n',
    );
    assert.equal(show('', verdictOf([]), {}, { 'a.txt': '' }).out, '0 findings: repo holds no YAML file\n');
  });

  test('json', () => {
    const report = JSON.parse(show('--format json', verdictOf([finding])).out) as Record<string, unknown>;
    assert.deepEqual(Object.keys(report), ['version', 'root', 'findings', 'clusters', 'summary']);
    assert.deepEqual(report['summary'], {
      files: 7,
      resources: 7,
      clusters: 1,
      kustomizations: 3,
      builds: 3,
      seconds: 0.25,
    });
  });
});

describe('exit codes', () => {
  const warning: Finding = { ...finding, severity: 'warning' };
  const codes: readonly (readonly [string, Finding, number])[] = [
    ['', finding, 1],
    ['', warning, 0],
    ['--fail-on warning', warning, 1],
    ['--fail-on warning', { ...finding, severity: 'information' }, 0],
    ['--fail-on none', finding, 0],
    ['--format json', finding, 1],
  ];
  for (const [args, found, code] of codes) {
    test(`${found.severity} ${args}`, () => assert.equal(show(args, verdictOf([found])).code, code));
  }

  test('a rule that failed', () => {
    const shown = show('', verdictOf([finding], ['ks-path-case']));
    assert.equal(shown.code, 3);
    assert.match(shown.out, /^clusters\/home/);
    assert.equal(
      shown.err,
      'fluxwright: 1 rule failed inside (ks-path-case), so findings may be missing. Run again with --debug and report it as an issue.\n',
    );
  });
});

describe('progress', () => {
  function* steps(clock: { time: number }, each: number): Generator<undefined, string, undefined> {
    for (let step = 0; step < 320; step++) {
      clock.time += each;
      yield undefined;
    }
    return 'done';
  }
  const watch = (each: number, isErrTerminal: boolean): string => {
    const clock = {
      time: 0,
      now: () => clock.time,
      yield: (callback: () => void) => callback(),
      after: (_: number, callback: () => void) => callback(),
    };
    const io = fakeIo({ isErrTerminal });
    const progress = createProgress(io, clock);
    assert.equal(progress.run('Reading', steps(clock, each)), 'done');
    progress.end();
    return io.printed.err;
  };
  test('is silent for a second, then says what takes time, then goes', () => {
    const wipe = '\r\u001b[2K';
    assert.equal(watch(1, true), '');
    assert.equal(watch(4, true), `${wipe}Reading … 1 second${wipe}Reading … 1 second${wipe}`);
    assert.equal(watch(4, false), '');
  });
});
