import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomeOf, recordedSeeds } from '../../conformance/kustomize/recorded-seeds';
import { buildWithTool, findKustomize, withTree } from './real-kustomize';

const tool = findKustomize();

if (tool === undefined) {
  console.log('skipped: there is no kustomize 5.8.1 (go install sigs.k8s.io/kustomize/kustomize/v5@v5.8.1)');
} else {
  for (const { name, tree, expected } of recordedSeeds()) {
    test(`recorded seed: ${name}`, () => {
      const real = withTree(tree, (root) => outcomeOf(buildWithTool(tool, root)));
      assert.equal(expected, real, `recorded-seeds.tsv should say ${real}`);
    });
  }
}
