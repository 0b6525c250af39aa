import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Random } from './random';
import { buildWithEngine, buildWithTool, findKustomize, type Outcome, withTree } from './real-kustomize';
import { makeTree } from './transformer-tree';

const tool = findKustomize();
const runs = Number(process.env['FUZZ_RUNS'] ?? 2000);
const seed = process.env['FUZZ_SEED'] === undefined ? undefined : Number(process.env['FUZZ_SEED']);

const fields =
  'namespace namePrefix nameSuffix commonLabels labels commonAnnotations images replicas patches patchesStrategicMerge patchesJson6902 includeSelectors includeTemplates allowNameChange allowKindChange labelSelector annotationSelector'.split(
    ' ',
  );

const shown = (outcome: Outcome) => ('text' in outcome ? outcome.text : 'fails');

if (tool === undefined) {
  console.log('skipped: kustomize 5.8.1 is not there (set KUSTOMIZE)');
} else {
  describe('transformers and patches against kustomize 5.8.1', () => {
    test(`${String(runs)} random trees`, () => {
      const counts = new Map<string, number>();
      let built = 0;
      const property = fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (seed) => {
        const tree = makeTree(new Random(seed));
        const all = [...tree.values()].join('\n');
        for (const field of fields) if (all.includes(`${field}:`)) counts.set(field, (counts.get(field) ?? 0) + 1);
        withTree(tree, (root) => {
          const [expected, found] = [buildWithTool(tool, root), buildWithEngine(root)];
          if ('text' in expected) built++;
          assert.equal(
            shown(found),
            shown(expected),
            'error' in found ? found.error : 'error' in expected ? expected.error : '',
          );
        });
      });
      // A seed is all there is to a tree, so there is nothing to shrink.
      fc.assert(property, { numRuns: runs, endOnFailure: true, ...(seed !== undefined && { seed }) });
      console.log(`built: ${String(built)} of ${String(runs)}`);
      for (const field of fields) console.log(`${field}: ${String(counts.get(field) ?? 0)}`);
    });
  });
}
