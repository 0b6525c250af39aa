import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from './random';
import { buildWithEngine, buildWithTool, findKustomize, withTree, type FileTree } from './real-kustomize';
import { featureTree } from './feature-tree';
import { structureTree, writtenTree } from './structure-tree';

// FUZZ_BUILDS trees of each sort, from FUZZ_SEED on; a difference names its seed.
const builds = Number(process.env['FUZZ_BUILDS'] ?? 1000);
const firstSeed = Number(process.env['FUZZ_SEED'] ?? 1);
const tool = findKustomize();

const fields =
  'resources bases components namespace namePrefix nameSuffix labels commonLabels commonAnnotations images replicas patches patchesStrategicMerge patchesJson6902 configMapGenerator secretGenerator generatorOptions literals files envs behavior options replacements vars configurations crds openapi generators transformers validators sortOptions buildMetadata items'.split(
    ' ',
  );

function compare(makeTree: (random: Random) => FileTree): void {
  let failures = 0;
  const counts = new Map<string, number>();
  const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
  for (let seed = firstSeed; seed < firstSeed + builds; seed++) {
    const tree = makeTree(new Random(seed));
    const { real, own } = withTree(tree, (root) => ({
      real: buildWithTool(tool ?? '', root),
      own: buildWithEngine(root),
    }));
    const text = [...tree.values()].join('\n');
    const used = fields.filter((field) => new RegExp(`(^|[ {])${field}:`, 'm').test(text));
    for (const field of used) count(field);
    if ('text' in real) for (const field of used) count(`${field}, built`);
    const what = `seed ${String(seed)}`;
    if ('error' in real) {
      failures++;
      assert.ok('error' in own, `${what}: kustomize fails: ${real.error.slice(-300)}`);
      if (own.fault !== undefined) count(own.fault.code);
    } else {
      assert.ok('text' in own, `${what}: kustomize builds this: ${JSON.stringify(own)}`);
      assert.equal(own.text, real.text, what);
    }
  }
  console.log(`${String(builds)} builds, ${String(failures)} of them failures`);
  for (const [what, number] of [...counts].sort()) console.log(`${what}: ${String(number)}`);
}

if (tool === undefined) {
  console.log('skipped: there is no kustomize 5.8.1 (go install sigs.k8s.io/kustomize/kustomize/v5@v5.8.1)');
} else {
  test('trees of kustomizations', () => compare(structureTree));
  test('every field', () => compare(featureTree));
  test('values in every style', () => compare(writtenTree));
}
