import assert from 'node:assert/strict';
import test from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { finish } from '../../../server/model/steps';
import { parseDocument, parseInSteps } from '../../../server/yaml/parse';
import { splitDocuments } from '../../../server/yaml/split';
import { compareReaders } from './same-tree';
import { readSharedRepos } from './shared-repos';

test('our reader and the library give the same tree for every document of the public repositories', () => {
  const files = readSharedRepos();
  if (files === undefined) return;
  let documents = 0;
  const declined: string[] = [];
  const wrong: string[] = [];
  const paused: string[] = [];
  for (const { path, text } of files) {
    for (const { start, end, line } of splitDocuments(text)) {
      documents++;
      const piece = text.slice(start, end);
      if (!isDeepStrictEqual(finish(parseInSteps(piece, Infinity)), parseDocument(piece)))
        paused.push(`${path}:${line + 1}`);
      const comparison = compareReaders(piece);
      if (comparison.kind === 'declined') declined.push(`${path}:${line + 1}`);
      else if (comparison.kind !== 'same') wrong.push(`${path}:${line + 1} ${JSON.stringify(comparison)}`);
    }
  }
  console.log(`${documents} documents in ${files.length} files, ${declined.length} declined`);
  console.log(declined.slice(0, 60).join('\n'));
  assert.deepEqual(wrong.slice(0, 10), []);
  assert.deepEqual(paused.slice(0, 10), [], 'read otherwise with pauses');
  assert.ok(declined.length < documents * 0.02, `${declined.length} declined`);
});
