import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type FilePath } from '../server/model/file-path';
import { type Finding } from '../server/model/finding';
import { rules } from '../server/rules/index';
import { applyFix, check, failures, filesOf } from './rules/check-case';
import { type Case, compare, readCases } from './support/markers';

// Cases are described in test/rules/README.md. Besides: every fix that a case offers must repair its finding; a text
// beside a case, `<case>.fixed.txt`, is the repository after all fixes of the rule; the case `missing` of a reference
// rule is checked again beside each hole of test/rules/holes, which says in its header what it `hides`.
const folder = 'test/rules';
const codes = rules.map(({ code }) => code);

const casesOf = (code: string): Case[] => (existsSync(join(folder, code)) ? readCases(join(folder, code)) : []);

const isOf =
  (code: string) =>
  (finding: Finding): boolean =>
    finding.code === code;

/** Marker comments belong to the lines above them, which a fix may change. */
const withoutMarkers = (text: string): string => text.replace(/^[ \t]*#(?:<? *\^|@\d).*\n/gm, '');

function checkCase(given: Case, texts: ReadonlyMap<FilePath, string> = given.files): Finding[] {
  return check(filesOf(texts), { remotes: given.remotes, ...(given.flux !== undefined && { flux: given.flux }) });
}

for (const rule of rules) {
  const { code } = rule;
  describe(code, () => {
    for (const given of casesOf(code)) {
      it(given.name, () => {
        assert.deepEqual(compare(given.expected, checkCase(given), given), []);
      });

      it(`${given.name}: fixes repair what they are offered for`, () => {
        const before = checkCase(given);
        for (const finding of before.filter(isOf(code))) {
          if (finding.fix === undefined) continue;
          const fixed = checkCase(given, applyFix(given.files, finding.fix));
          const title = `${finding.fix.title} at ${finding.file}:${finding.range.start.line + 1}`;
          assert.ok(fixed.filter(isOf(code)).length < before.filter(isOf(code)).length, `${title} repairs nothing`);
          const broken = fixed.filter(isOf('yaml-syntax'));
          assert.deepEqual(broken, before.filter(isOf('yaml-syntax')), `${title} breaks the text`);
        }
      });

      const expected = join(folder, code, `${given.name}.fixed.txt`);
      if (!existsSync(expected)) continue;
      it(`${given.name}: the text after all fixes`, () => {
        let texts = new Map([...given.files].map(([path, text]) => [path, withoutMarkers(text)]));
        for (let rounds = 0; rounds < 20; rounds++) {
          const next = checkCase(given, texts).find((finding) => finding.code === code && finding.fix !== undefined);
          if (next?.fix === undefined) break;
          texts = applyFix(texts, next.fix);
        }
        const shown = [...texts].map(([path, text]) => `# file: ${path}\n${text}`).join('');
        assert.equal(shown, readFileSync(expected, 'utf8'));
      });
    }
  });
}

describe('holes', () => {
  // What a hole may provide hides a missing target of that kind, and nothing else does.
  const judged = rules.filter(({ code }) => casesOf(code).some(({ name }) => name === 'missing'));
  const holes = readCases(join(folder, 'holes')).map((hole) => ({
    hole,
    hides: /^# hides: (.*)$/m.exec(readFileSync(join(folder, 'holes', `${hole.name}.yaml`), 'utf8'))?.[1] ?? '',
  }));

  for (const { code } of judged.filter(({ code }) => code.startsWith('ref-'))) {
    const missing = casesOf(code).find(({ name }) => name === 'missing');
    if (missing === undefined) continue;
    const own = checkCase(missing).filter(isOf(code));
    for (const { hole, hides } of holes) {
      it(`${code} beside ${hole.name}`, () => {
        const texts = new Map([...missing.files, ...hole.files]);
        const found = checkCase(missing, texts).filter(
          (finding) => finding.code === code && missing.files.has(finding.file),
        );
        const isHidden = hides === 'everything' || hides.split(', ').includes(targetKinds[code] ?? '');
        assert.equal(found.length, isHidden ? 0 : own.length);
      });
    }
    it(`${code} beside a file that cannot be read`, () => {
      const files = filesOf(new Map([...missing.files, ['clusters/staging/unreadable.yaml', '']]));
      files.setResult('clusters/staging/unreadable.yaml', { kind: 'unreadable', reason: 'No permission.' });
      const found = check(files, missing.flux === undefined ? {} : { flux: missing.flux });
      assert.deepEqual(found.filter(isOf(code)), []);
    });
  }
});

/** The kind that is missing in the case `missing` of each reference rule. */
const targetKinds: Readonly<Record<string, string>> = {
  'ref-source-not-found': 'GitRepository',
  'ref-source-wrong-namespace': 'GitRepository',
  'ref-depends-on-not-found': 'Kustomization',
  'ref-depends-on-cross-kind': 'Kustomization',
  'ref-depends-on-other-env': 'Kustomization',
  'ref-chart-not-found': 'HelmRepository',
  'ref-image-repository-not-found': 'ImageRepository',
  'ref-image-source': 'GitRepository',
  'ref-provider-not-found': 'Provider',
};

describe('every rule', () => {
  for (const { code } of rules) {
    it(`${code} has a case that fails, a clean one and a page`, () => {
      const cases = casesOf(code);
      assert.ok(
        cases.some(({ expected }) => expected.some(isOfCode(code))),
        'no case asks for it',
      );
      assert.ok(
        cases.some(({ expected }) => expected.length === 0),
        'no clean case',
      );
      assert.ok(existsSync(`docs/rules/${code}.md`), 'no page');
    });
  }

  it('stands once in the list, in a file of its name', () => {
    assert.deepEqual(codes, [...new Set(codes)]);
    const files = readdirSync('server/rules', { recursive: true }).map(String);
    for (const code of codes) assert.ok(files.some((file) => file.endsWith(`/${code}.ts`), code));
  });

  it('throws in no case', () => {
    assert.deepEqual(failures, []);
  });
});

const isOfCode =
  (code: string) =>
  (expectation: { readonly code: string }): boolean =>
    expectation.code === code;

describe('documentation', () => {
  it('says what the rules say', () => {
    const { status, stderr } = spawnSync(process.execPath, ['tools/docs.mjs', '--check'], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  });
});
