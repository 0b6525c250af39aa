import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findTable, kinds } from '../../../schemas/kinds/index';
import { type CrdSchema, missingCrds, readStoredVersions } from './stored-crds';

// Shorter runs of equal words are how anybody would name the thing.
const runLength = 8;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z0-9'-]+/g) ?? [];

function runsOf(text: string): string[] {
  const words = wordsOf(text);
  return words
    .slice(0, Math.max(0, words.length - runLength + 1))
    .map((_, at) => words.slice(at, at + runLength).join(' '));
}

function collectTexts(schema: CrdSchema, texts: Set<string>): void {
  if (schema.description !== undefined) texts.add(schema.description);
  for (const field of Object.values(schema.properties ?? {})) collectTexts(field, texts);
  if (schema.items !== undefined) collectTexts(schema.items, texts);
  if (schema.additionalProperties !== undefined) collectTexts(schema.additionalProperties, texts);
}

describe('descriptions are our own', { skip: missingCrds !== undefined }, () => {
  const theirs = new Set<string>();
  for (const { schema } of missingCrds === undefined ? readStoredVersions() : []) collectTexts(schema, theirs);
  const sentences = new Set([...theirs].map((text) => wordsOf(text).join(' ')));
  const runs = new Set([...theirs].flatMap(runsOf));

  for (const { group, kind } of kinds) {
    test(kind, () => {
      for (const [path, { description = '', deprecated = '' }] of Object.entries(
        findTable(group, kind)?.fields ?? {},
      )) {
        for (const text of [description, deprecated]) {
          assert.ok(text === '' || !sentences.has(wordsOf(text).join(' ')), `${path}: ${text}`);
          assert.deepEqual(
            runsOf(text).filter((run) => runs.has(run)),
            [],
            path,
          );
        }
      }
    });
  }
});
