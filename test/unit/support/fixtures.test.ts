import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { readCases } from '../../support/markers';

const fixtures = join('test', 'rules');
const folders = readdirSync(fixtures).filter((entry) => statSync(join(fixtures, entry)).isDirectory());
const rules = new Set(
  readdirSync(join('server', 'rules'), { recursive: true }).map((file) => basename(String(file), '.ts')),
);

void test('every fixture can be read, and those of a rule name its code and have a clean twin', () => {
  for (const folder of folders) {
    const cases = readCases(join(fixtures, folder));
    if (!rules.has(folder)) continue;
    const asks = cases.map(({ expected }) => expected.some(({ code }) => code === folder));
    assert.ok(asks.includes(true), `no case of ${folder} asks for it`);
    assert.ok(asks.includes(false), `${folder} has no clean twin`);
  }
});

void test('clean fixtures ask for nothing', () => {
  const cases = readCases(join(fixtures, 'clean'));
  assert.ok(cases.length >= 30);
  for (const { name, expected } of cases) assert.deepEqual(expected, [], name);
});
