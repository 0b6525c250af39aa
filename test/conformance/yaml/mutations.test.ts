import assert from 'node:assert/strict';
import test from 'node:test';
import * as fc from 'fast-check';
import { finish } from '../../../server/model/steps';
import { parseDocument, parseInSteps } from '../../../server/yaml/parse';
import { pathAtOffset } from '../../../server/yaml/place';
import { valueOf } from '../../../server/yaml/scalar';
import { splitDocuments } from '../../../server/yaml/split';
import { compareReaders } from './same-tree';
import { readSharedRepos } from './shared-repos';

/** What is typed or pasted into a document: every character YAML cares for, alone and in the usual company. */
const typed = [
  // eslint-disable-next-line @typescript-eslint/no-misused-spread -- single characters only
  ...' :-#"\'[]{},|>\n\\?%@`~é=',
  ...['  ', '\n\n', ': ', '- ', ' #', '&a ', '*a', '!t ', '|-\n', '>+\n', '\t', '\r\n', '? ', '<<: *a', '...', '---'],
  ...['\n  ', '\n    ', '|2\n', '\\n', ' \n', '!!str ', 'a: 1', '"b": ', '{}', '[]', "''", '0', 'null'],
];

interface Mutation {
  readonly place: number;
  readonly removed: number;
  readonly added: string;
}

// Not a double: those crowd around zero.
const share = fc.nat(9999).map((number) => number / 10_000);

const mutation: fc.Arbitrary<Mutation> = fc.record({
  place: share,
  removed: fc.nat(3),
  added: fc.oneof(fc.constant(''), fc.constantFrom(...typed)),
});

function mutate(text: string, { place, removed, added }: Mutation): string {
  const at = Math.floor(place * text.length);
  return text.slice(0, at) + added + text.slice(at + removed);
}

/** A few whole lines of a text, so that a mutation hits the start, the end and the depth of documents often. */
function cutWindow(text: string, from: number, count: number): string {
  const lines = text.split('\n');
  const start = Math.floor(from * lines.length);
  return lines.slice(start, start + count).join('\n');
}

/**
 * go-yaml lets the lines of a quoted text stand at any column; the library wants them deeper than the parent and
 * then finds the quote open. The same holds for what stands in brackets. Go's reading is the one that counts.
 */
function isKnownDifference(text: string, detail: string): boolean {
  if (detail.includes('The closing bracket is missing.') && /[[{][^\]}]*\n/.test(text)) return true;
  return detail.includes('The closing quote is missing.') && /["'][^"'\n]*\r?\n/.test(text);
}

test('our reader never takes what the library refuses and never reads it otherwise: 20,000 changed documents', () => {
  const files = readSharedRepos();
  if (files === undefined) return;
  const texts = files.flatMap(({ text }) => splitDocuments(text).map(({ start, end }) => text.slice(start, end)));
  const documents = texts.filter((text) => text.length < 3000);
  const count = { cases: 0, read: 0, known: 0 };
  const window = fc.option(fc.tuple(share, fc.integer({ min: 1, max: 8 })));
  fc.assert(
    fc.property(
      fc.constantFrom(...documents),
      window,
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
      (document, part, mutations) => {
        const text = mutations.reduce(mutate, part === null ? document : cutWindow(document, ...part));
        count.cases++;
        const comparison = compareReaders(text);
        if (comparison.kind === 'accepted-wrongly' && isKnownDifference(text, comparison.detail)) count.known++;
        else assert.ok(!('detail' in comparison), JSON.stringify(comparison));
        if (comparison.kind !== 'declined') count.read++;
        const parsed = parseDocument(text);
        assert.deepEqual(finish(parseInSteps(text, Infinity)), parsed);
        valueOf(parsed, parsed.root);
        pathAtOffset(parsed, Math.floor(text.length / 2));
      },
    ),
    { seed: 20261124, numRuns: 20_000, endOnFailure: false },
  );
  console.log(`${count.cases} cases, ${count.read} read by our reader, ${count.known} known differences`);
  assert.ok(count.read > count.cases / 3, 'too few cases reached our reader');
});
