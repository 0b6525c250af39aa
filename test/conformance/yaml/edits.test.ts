import assert from 'node:assert/strict';
import test from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { isObject, valueAt, type JsonValue, type Path } from '../../../server/model/json';
import { type YamlDocument } from '../../../server/yaml/document';
import { applyEdits, insertKey, removeEntry, renameKey, replaceScalar } from '../../../server/yaml/edit';
import { type YamlNode } from '../../../server/yaml/node';
import { parseDocument } from '../../../server/yaml/parse';
import { keyText, valueOf } from '../../../server/yaml/scalar';
import { splitDocuments } from '../../../server/yaml/split';
import { readSharedRepos } from './shared-repos';

type Change = (value: JsonValue | undefined) => JsonValue | undefined;

/** A copy of a value with what stands at a path changed; undefined takes it out. */
function changeAt(value: JsonValue | undefined, path: Path, change: Change): JsonValue | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (isObject(value)) {
    const changed = changeAt(value.get(String(step)), rest, change);
    const entries = [...value].map(([key, item]) => [key, key === step ? changed : item] as const);
    if (!value.has(String(step))) entries.push([String(step), changed]);
    return new Map(entries.filter((entry): entry is [string, JsonValue] => entry[1] !== undefined));
  }
  if (!Array.isArray(value)) return value;
  const items = value.map((item: JsonValue, index) => (index === step ? changeAt(item, rest, change) : item));
  return items.filter((item): item is JsonValue => item !== undefined);
}

function pathsOf(node: YamlNode | undefined, path: Path = []): Path[] {
  if (node?.kind === 'map') {
    return [path, ...node.entries.flatMap(({ key, value }) => pathsOf(value, [...path, keyText(key)]))];
  }
  if (node?.kind === 'sequence') return [path, ...node.items.flatMap((item, index) => pathsOf(item, [...path, index]))];
  return [path];
}

const read = (document: YamlDocument): JsonValue => valueOf(document, document.root);

/** What may stand after a removal: the emptied parents may be gone too, one after the other. */
function afterRemoval(value: JsonValue, path: Path): JsonValue[] {
  const results: JsonValue[] = [];
  for (let length = path.length; length > 0; length--) {
    results.push(changeAt(value, path.slice(0, length), () => undefined) ?? null);
    const parent = valueAt(value, path.slice(0, length - 1));
    const size = isObject(parent) ? parent.size : Array.isArray(parent) ? parent.length : 0;
    if (size !== 1) break;
    if (length === 1) results.push(null);
  }
  return results;
}

const texts = [
  'plain',
  '12',
  'yes',
  'a: b',
  "it's",
  'x #y',
  '',
  '- z',
  'é"\\',
  'two\nlines',
  '*a',
  '{a}',
  ' lead',
  '~',
];

test('every edit of 8,000 does what it says and nothing else', () => {
  const files = readSharedRepos();
  if (files === undefined) return;
  const documents = files
    .flatMap(({ text }) => splitDocuments(text).map(({ start, end }) => text.slice(start, end)))
    .filter((text) => text.length < 6000)
    .map((text) => parseDocument(text))
    .filter(({ faults, root }) => faults.length === 0 && root?.kind === 'map')
    .map(({ text }) => text);
  const count = { done: 0, refused: 0 };
  const share = fc.nat(9999).map((number) => number / 10_000);
  const action = fc.constantFrom('replace', 'remove', 'insert', 'rename');
  const form = fc.constantFrom('as it is', 'crlf', 'no final line break');
  fc.assert(
    fc.property(
      fc.constantFrom(...documents),
      share,
      action,
      fc.constantFrom(...texts),
      form,
      (original, at, what, text, how) => {
        const source = how === 'crlf' ? original.replace(/\r?\n/g, '\r\n') : original;
        const document = parseDocument(how === 'no final line break' ? source.trimEnd() : source);
        const paths = pathsOf(document.root);
        const path = paths[Math.floor(at * paths.length)] ?? [];
        const before = read(document);
        const edits =
          what === 'replace'
            ? replaceScalar(document, path, text)
            : what === 'remove'
              ? removeEntry(document, path)
              : what === 'rename'
                ? renameKey(document, path, 'new-key')
                : insertKey(document, path, 'new-key', text === '' || /^[ *{]/.test(text) ? 'x' : JSON.stringify(text));
        if (edits === undefined) {
          count.refused++;
          return;
        }
        count.done++;
        const result = applyEdits(document.text, edits);
        const after = parseDocument(result);
        assert.deepEqual(after.faults, [], result);
        const got = read(after);
        const label = `${what} ${path.join('/')} ${JSON.stringify(text)}\n${result}`;
        // What changes under an anchor changes at its aliases too.
        if (document.anchors.size > 0) return;
        if (what === 'remove') {
          assert.ok(
            afterRemoval(before, path).some((value) => isDeepStrictEqual(value, got)),
            label,
          );
        } else if (what === 'replace') {
          const value = valueAt(got, path);
          assert.ok(value === text || JSON.stringify(value) === text, label);
          assert.deepEqual(
            changeAt(got, path, () => null),
            changeAt(before, path, () => null),
            label,
          );
        } else if (what === 'insert') {
          assert.notEqual(valueAt(got, [...path, 'new-key']), undefined, label);
          const without = changeAt(got, [...path, 'new-key'], () => undefined);
          const emptied = changeAt(before, path, (value) => value ?? new Map());
          assert.deepEqual(without, emptied, label);
        } else {
          const moved = valueAt(before, path);
          assert.deepEqual(valueAt(got, [...path.slice(0, -1), 'new-key']), moved, label);
        }
      },
    ),
    { seed: 7, numRuns: 8000 },
  );
  console.log(`${count.done} edits done, ${count.refused} refused`);
  assert.ok(count.done > 3000);
});
