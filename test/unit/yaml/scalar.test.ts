import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { type JsonValue } from '../../../server/model/json';
import { parseDocument } from '../../../server/yaml/parse';
import { resolveScalar, valueOf, type Dialect } from '../../../server/yaml/scalar';

/** A scalar as encoding/json writes it; NaN and the infinities are errors there. */
function goJson(value: JsonValue): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return '!';
    return Object.is(value, -0) ? '-0' : JSON.stringify(value).replace(/e-(\d)$/, 'e-0$1');
  }
  // Go escapes more than it must; both forms are the same text.
  return JSON.stringify(value);
}

function sameJson(text: string): string {
  return text.startsWith('"') ? JSON.stringify(JSON.parse(text)) : text;
}

function read(text: string, dialect: Dialect): string {
  const document = parseDocument(`v: ${text}\n`);
  const { root } = document;
  if (document.faults.length > 0 || root?.kind !== 'map') return '!';
  const node = root.entries[0]?.value;
  if (node?.kind === 'scalar' && resolveScalar(node, dialect).isMismatch) return '!';
  return goJson(valueOf(document, node, dialect));
}

test('every scalar of the table reads as in Go', () => {
  const wrong: string[] = [];
  for (const line of readFileSync('test/unit/yaml/scalars.tsv', 'utf8').split('\n')) {
    if (line === '' || line.startsWith('# ')) continue;
    const [text = '', object = '', kustomization = ''] = line.split('\t');
    const expected = { 'go-yaml-v3': object, kustomization: kustomization || object };
    for (const dialect of ['go-yaml-v3', 'kustomization'] as const) {
      const got = read(text, dialect);
      if (got !== sameJson(expected[dialect])) wrong.push(`${text} (${dialect}): ${got}, Go ${expected[dialect]}`);
    }
  }
  assert.deepEqual(wrong, []);
});
