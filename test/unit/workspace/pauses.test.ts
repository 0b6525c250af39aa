import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Steps } from '../../../server/model/steps';
import { analyse } from '../../support/analysis';
import { memoryFiles } from '../../support/memory-files';

const documents = 60;

/** A cluster that applies one file with this many ConfigMaps. */
function repository(): ReadonlyMap<string, string> {
  const config = (index: number): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c${String(index)}\n  namespace: shop\n`;
  const source = 'kind: GitRepository, name: flux-system';
  return new Map([
    [
      'clusters/home/flux-system/gotk-sync.yaml',
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: flux-system, namespace: flux-system}\nspec: {interval: 1h, prune: true, path: ./clusters/home, sourceRef: {${source}}}\n`,
    ],
    ['clusters/home/kustomization.yaml', 'resources: [flux-system/gotk-sync.yaml, many.yaml]\nnamePrefix: p-\n'],
    ['clusters/home/many.yaml', Array.from({ length: documents }, (_, index) => config(index)).join('---\n')],
  ]);
}

function count<T>(steps: Steps<T>): { readonly pauses: number; readonly value: T } {
  for (let pauses = 0; ; pauses++) {
    const next = steps.next();
    if (next.done === true) return { pauses, value: next.value };
  }
}

test('no turn of the event loop is as long as a file with many objects', () => {
  const { workspace, judge } = analyse(memoryFiles(repository()));
  const linked = count(workspace.link());
  const objects = linked.value.clusters.flatMap(({ builds }) => [...builds.values()].flatMap((build) => build.objects));
  assert.ok(objects.length > documents, 'the objects are rendered');
  // Each document is read, taken over as facts or as an object, and each object is rendered.
  assert.ok(linked.pauses > 2 * documents, `link pauses ${String(linked.pauses)} times`);
  const judged = count(judge.judge(linked.value));
  assert.ok(judged.pauses > documents, `judge pauses ${String(judged.pauses)} times`);
});
