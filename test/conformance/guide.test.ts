import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { type Finding } from '../../server/model/finding';
import { createNodeFiles } from '../../server/host/node-files';
import { analyse } from '../support/analysis';
import { builtInKinds, skipWithout } from './support/shared-trees';

const layout = '../shared/tools/guide-layout.py';
const guide = '../shared/guide.txt';

interface Row {
  readonly mode: string;
  readonly file: string;
  readonly first: number;
  readonly last: number;
  readonly severities: string;
  readonly codes: readonly string[];
  readonly note: string;
  readonly text: string;
}

const rows: readonly Row[] = readFileSync('test/conformance/guide/expected.tsv', 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((text) => {
    const [mode = '', file = '', lines = '', severities = '', codes = '', note = ''] = text.split('\t');
    const [first = '', last = first] = lines.split('-');
    const bounds = lines === '*' ? { first: 1, last: Infinity } : { first: Number(first), last: Number(last) };
    return { mode, file, ...bounds, severities, codes: codes.split(','), note, text };
  });

function isCovered(row: Row, { file, range, severity, code }: Finding): boolean {
  const line = range.start.line + 1;
  return (
    (row.file === '*' || row.file === file) &&
    line >= row.first &&
    line <= row.last &&
    (row.severities === '*' || row.severities.split(',').includes(severity)) &&
    row.codes.some((one) => one === '*' || one === code || (one.endsWith('*') && code.startsWith(one.slice(0, -1))))
  );
}

const show = ({ file, range, severity, code, message }: Finding): string =>
  `${file}:${range.start.line + 1} ${severity} ${code}: ${message}`;

function findPython(): string | undefined {
  return ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0);
}

const python = findPython();
if (python === undefined) console.log('skipped: the guide is laid out by python3, which is not here');
const skip = skipWithout(layout) || skipWithout(guide) || (python === undefined && 'no python3');

describe("the guide's YAML for Flux 2.9", { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-guide-'));
  after(() => rmSync(folder, { recursive: true }));
  let findings: readonly Finding[] = [];

  it('is laid out and checked without a complaint', () => {
    const { status, stderr } = spawnSync(python ?? '', [layout, guide, folder], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    assert.ok(existsSync(join(folder, 'clusters/staging/apps.yaml')));
    const analysis = analyse(createNodeFiles(folder), { fluxVersion: '2.9' }, builtInKinds);
    findings = [...analysis.run().verdict.findings.values()].flat();
    assert.deepEqual(analysis.complaints, []);
  });

  for (const row of rows.filter(({ mode }) => mode === 'find')) {
    it(`finds ${row.codes.join()} at ${row.file}:${row.first} (line ${row.note} of the guide)`, () => {
      assert.ok(findings.some((finding) => isCovered(row, finding)));
    });
  }

  for (const group of new Set(rows.filter(({ mode }) => mode === 'one-of').map(({ note }) => note))) {
    it(`finds one of ${group}`, () => {
      const members = rows.filter(({ mode, note }) => mode === 'one-of' && note === group);
      assert.ok(members.some((row) => findings.some((finding) => isCovered(row, finding))));
    });
  }

  it('finds nothing where nothing is wrong', () => {
    const never = rows.filter(({ mode }) => mode === 'never');
    const wrong = never.flatMap((row) => findings.filter((finding) => isCovered(row, finding)).map(show));
    assert.deepEqual(wrong, []);
  });

  it('has no other error or warning', () => {
    const welcome = rows.filter(({ mode }) => mode !== 'never');
    const heavy = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
    const others = heavy.filter((finding) => !welcome.some((row) => isCovered(row, finding)));
    assert.deepEqual(others.map(show), []);
  });
});
