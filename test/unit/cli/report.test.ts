import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createPalette } from '../../../server/cli/colour';
import { excerpt, linesOf } from '../../../server/cli/report/excerpt';
import { createFingerprints } from '../../../server/cli/report/fingerprint';
import { jsonReport } from '../../../server/cli/report/json';
import { inOrder, reaches } from '../../../server/cli/report/order';
import { type Summary } from '../../../server/cli/report/summary';
import { createDetails, findingLine, summaryLine } from '../../../server/cli/report/text';
import { type Finding, type Severity } from '../../../server/model/finding';
import { type Range } from '../../../server/model/text';
import { type RenderedCluster } from '../../../server/workspace/cluster';

const range = (line: number, from: number, to: number, last = line): Range => ({
  start: { line, character: from },
  end: { line: last, character: to },
});

const missing: Finding = {
  code: 'ref-source-not-found',
  severity: 'error',
  certainty: 'if-complete',
  file: 'apps/web/ks.yaml',
  range: range(6, 10, 14),
  message: 'sourceRef names GitRepository web, which nothing defines. This Kustomization will wait for it.',
  resource: 'kustomize.toolkit.fluxcd.io/Kustomization/apps/web',
  clusters: ['clusters/production', 'clusters/staging'],
  related: [{ file: 'sources/git.yaml', range: range(3, 8, 12), message: 'GitRepository wob stands here.' }],
  fix: {
    title: 'Change web to wob',
    edits: [{ file: 'apps/web/ks.yaml', range: range(6, 10, 14), newText: 'wob' }],
  },
};
const small: Finding = {
  code: 'ks-path-missing',
  severity: 'warning',
  certainty: 'certain',
  file: 'apps/api/ks.yaml',
  range: range(0, 0, 4),
  message: 'spec.path is missing.',
};
const summary: Summary = { files: 1436, resources: 9, clusters: 2, kustomizations: 78, builds: 77, seconds: 0.4217 };

const texts: Readonly<Record<string, string>> = {
  'apps/web/ks.yaml': 'a\nb\nc\nd\ne\n  sourceRef:\n    name: "web"\n',
  'apps/api/ks.yaml': 'kind: Kustomization\r\n',
};

function print(findings: readonly Finding[], isColoured = false): string {
  const palette = createPalette(isColoured);
  const details = createDetails({ palette, read: (file) => texts[file], columns: 80 });
  return findings.flatMap((finding) => [findingLine(finding, palette), ...details(finding)]).join('\n');
}

describe('text', () => {
  test('a finding with everything around it', () => {
    assert.equal(
      print([missing]),
      `
apps/web/ks.yaml:7:11: error ref-source-not-found sourceRef names GitRepository web, which nothing defines. This Kustomization will wait for it.
  7 |     name: "web"
    |           ^^^^
    = see: sources/git.yaml:4:9: GitRepository wob stands here.
    = clusters: clusters/production, clusters/staging
    = fix: Change web to wob`.slice(1),
    );
  });

  test('a finding without', () => {
    assert.equal(
      print([small]),
      `
apps/api/ks.yaml:1:1: warning ks-path-missing spec.path is missing.
  1 | kind: Kustomization
    | ^^^^`.slice(1),
    );
  });

  test('colors', () => {
    assert.equal(
      print([small], true).split('\n')[0],
      '\u001b[1mapps/api/ks.yaml:1:1\u001b[0m: \u001b[1;33mwarning\u001b[0m ks-path-missing spec.path is missing.',
    );
  });

  test('one line whatever the repository holds, and nothing a terminal obeys', () => {
    const hostile: Finding = { ...small, file: 'a\u001b]0;x\u0007.yaml', message: 'one\r\n  two\u001b[2J\u202e' };
    assert.equal(
      findingLine(hostile, createPalette(false)),
      'a\ufffd]0;x\ufffd.yaml:1:1: warning ks-path-missing one two\ufffd[2J\ufffd',
    );
  });

  test('a file that is gone has no excerpt', () => {
    assert.deepEqual(print([{ ...small, file: 'gone.yaml', range: range(4, 0, 1) }]).split('\n').length, 1);
  });

  const summaries: readonly (readonly [readonly Finding[], boolean, string])[] = [
    [[], false, '0 findings in 1,436 files · 2 clusters · 78 Kustomizations · 0.42 s'],
    [[], true, '0 findings in 1,436 files · no Flux found · 0.42 s'],
    [[missing], false, '1 error in 1,436 files · 2 clusters · 78 Kustomizations · 0.42 s'],
    [
      [missing, missing, small, { ...small, severity: 'information' }, { ...small, severity: 'hint' }],
      false,
      '2 errors, 1 warning, 1 information, 1 hint in 1,436 files · 2 clusters · 78 Kustomizations · 0.42 s',
    ],
  ];
  for (const [findings, isWithoutFlux, line] of summaries) {
    test(line, () => assert.equal(summaryLine(findings, summary, isWithoutFlux), line));
  }
});

describe('excerpts', () => {
  const wide = '  名前: 値 # x';
  const cases: readonly (readonly [string, string, Range, number, string, string])[] = [
    ['tabs are four cells', '\tkey:\tvalue', range(0, 6, 11), 80, '    key:    value', '            ^^^^^'],
    ['wide characters are two', wide, range(0, 6, 7), 80, wide, '        ^^'],
    ['combining marks are none', 'cafe\u0301: x', range(0, 7, 8), 80, 'cafe\u0301: x', '      ^'],
    ['an empty range is one caret', 'a: ', range(0, 3, 3), 80, 'a:', '   ^'],
    ['a range over lines ends with the first', 'a: |\n  b', range(0, 3, 1, 1), 80, 'a: |', '   ^'],
    ['an escape is drawn', 'a: \u001b[31m', range(0, 0, 1), 80, 'a: \ufffd[31m', '^'],
    ['a long line is cut at its end', `a: ${'x'.repeat(50)}`, range(0, 0, 1), 20, `a: ${'x'.repeat(16)}…`, '^'],
    [
      'and at its start',
      `${'y'.repeat(60)}abc${'x'.repeat(60)}`,
      range(0, 60, 63),
      40,
      `…${'y'.repeat(20)}abc${'x'.repeat(15)}…`,
      `${' '.repeat(21)}^^^`,
    ],
  ];
  for (const [name, text, at, columns, source, carets] of cases) {
    test(name, () => assert.deepEqual(excerpt(linesOf(text), at, columns), { lineNumber: 1, source, carets }));
  }
  test('nothing for a line that is not there', () => {
    assert.equal(excerpt(linesOf('a\n'), range(2, 0, 1), 80), undefined);
  });
});

describe('order and thresholds', () => {
  test('files by path, findings as they come', () => {
    const other: Finding = { ...small, file: 'apps/web/ks.yaml' };
    const findings = new Map([
      ['apps/web/ks.yaml', [missing, other]],
      ['apps/api/ks.yaml', [small]],
    ]);
    assert.deepEqual(inOrder(findings), [small, missing, other]);
  });

  const of = (severity: Severity): Finding[] => [{ ...small, severity }];
  test('a severity reaches those at or below it', () => {
    assert.equal(reaches(of('error'), 'error'), true);
    assert.equal(reaches(of('warning'), 'error'), false);
    assert.equal(reaches(of('error'), 'warning'), true);
    assert.equal(reaches(of('warning'), 'warning'), true);
    assert.equal(reaches(of('information'), 'warning'), false);
    assert.equal(reaches([], 'hint'), false);
  });
});

describe('fingerprints', () => {
  test('stay when lines move, differ when anything else does', () => {
    const [a, b] = [createFingerprints(), createFingerprints()];
    assert.equal(a(missing), b({ ...missing, range: range(90, 1, 2) }));
    const others: Partial<Finding>[] = [{ code: 'x' }, { file: 'x' }, { resource: 'x' }, { message: 'x' }];
    const all = [missing, ...others.map((change) => ({ ...missing, ...change })), missing].map(createFingerprints());
    assert.equal(new Set(all).size, 6);
  });
});

describe('json', () => {
  test('exactly the published shape', () => {
    const at = { file: 'clusters/staging/flux-system/gotk-sync.yaml', document: 0 };
    const cluster: Pick<RenderedCluster, 'cluster'> = {
      cluster: {
        path: 'clusters/staging',
        name: 'staging',
        evidence: [{ kind: 'gotk-sync', at, text: 'gotk-sync.yaml' }],
        flux: { release: '2.8', text: 'v2.8.3', isKnown: true, isOperated: false, evidence: 'gotk-components.yaml' },
      },
    };
    const fingerprint = createFingerprints();
    const expected = {
      version: 1,
      root: '/repo',
      findings: [
        {
          code: 'ref-source-not-found',
          severity: 'error',
          certainty: 'if-complete',
          file: 'apps/web/ks.yaml',
          range: { start: { line: 6, character: 10 }, end: { line: 6, character: 14 } },
          message: 'sourceRef names GitRepository web, which nothing defines. This Kustomization will wait for it.',
          resource: 'kustomize.toolkit.fluxcd.io/Kustomization/apps/web',
          clusters: ['clusters/production', 'clusters/staging'],
          related: [
            {
              file: 'sources/git.yaml',
              range: { start: { line: 3, character: 8 }, end: { line: 3, character: 12 } },
              message: 'GitRepository wob stands here.',
            },
          ],
          fix: {
            title: 'Change web to wob',
            edits: [
              {
                file: 'apps/web/ks.yaml',
                range: { start: { line: 6, character: 10 }, end: { line: 6, character: 14 } },
                newText: 'wob',
              },
            ],
          },
          fingerprint: fingerprint(missing),
        },
        {
          code: 'ks-path-missing',
          severity: 'warning',
          certainty: 'certain',
          file: 'apps/api/ks.yaml',
          range: { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } },
          message: 'spec.path is missing.',
          fingerprint: fingerprint(small),
        },
      ],
      clusters: [
        {
          path: 'clusters/staging',
          name: 'staging',
          fluxVersion: 'v2.8.3',
          fluxVersionKnown: true,
          fluxVersionEvidence: 'gotk-components.yaml',
          evidence: [{ kind: 'gotk-sync', file: at.file, text: 'gotk-sync.yaml' }],
        },
      ],
      summary: { files: 1436, resources: 9, clusters: 2, kustomizations: 78, builds: 77, seconds: 0.4217 },
    };
    const printed = jsonReport('/repo', [missing, small], [cluster], summary);
    assert.equal(printed, `${JSON.stringify(expected, null, 2)}\n`);
  });
});
