import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildWithEngine, withTree } from '../../long/kustomize/real-kustomize';
import { outcomeOf, recordedSeeds } from './recorded-seeds';

const seeds = recordedSeeds();

test('there are recorded seeds', () => assert.ok(seeds.length > 100));

for (const { name, tree, expected } of seeds) {
  test(`${name}: what kustomize 5.8.1 makes of it`, () => {
    const found = withTree(tree, (root) => outcomeOf(buildWithEngine(root)));
    assert.equal(found, expected, 'where the maker of the trees has changed, the long tier says the new row');
  });
}
