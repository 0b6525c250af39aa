import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { coverage, readClusters } from '../../conformance/coverage.mjs';

const folder = join('test', 'repos');
const entries = readClusters(readFileSync(join(folder, 'clusters.tsv'), 'utf8'));

void test('the walk that counts documents finds those of our own trees', () => {
  const counts = entries.map((entry) => {
    const { rows } = coverage(join(folder, entry.repository), entry);
    return `${entry.cluster} ${rows.length}`;
  });
  assert.deepEqual(counts, [
    'clusters/production 24', // its monitoring has a path that does not exist
    'clusters/staging 27',
    'clusters/main 12', // what is included, made by a path pattern or pushed is not walked
    'clusters/core 18',
    'clusters/edge 15',
    'deploy/clusters/home 13',
    'clusters/home 9',
  ]);
});

void test('patches, values, generator inputs and what nobody applies are not counted', () => {
  const files = new Set(
    entries.flatMap((entry) => coverage(join(folder, entry.repository), entry).rows.map(({ file }) => file)),
  );
  for (const file of [
    'apps/production/wiki-storage.yaml',
    'deploy/clusters/home/flux-system/instance-values.yaml',
    'deploy/clusters/home/flux-system/references.yaml',
    'services/cart/config/application.yaml',
    '.archive/old/ks.yaml',
  ]) {
    assert.ok(!files.has(file), file);
  }
  assert.ok(files.has('deploy/components/claim/claim.yaml'), 'through an artifact and a component');
});
