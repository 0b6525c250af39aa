import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type FilePath } from '../../../server/model/file-path';
import { type BuildResult } from '../../../server/build/build';
import { analyse, type Analysis, summarize } from '../../support/analysis';
import { memoryFiles } from '../../support/memory-files';
import { readTree } from '../../support/tree';
import { recordedSeeds } from './recorded-seeds';

// A build of what changed comes to what the whole build comes to. Every case of test/build and every recorded tree
// stands in a cluster; the files of its objects are edited one after the other.

const sync = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec:
  interval: 1h
  path: ./cluster
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1h, url: https://git.example.org/fleet }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: case, namespace: flux-system }
spec:
  interval: 1h
  path: ./case
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
`;

const counts = { edits: 0, inParts: 0 };

/** Lines with a value of their own that names nothing, and some that do. */
const edits: readonly ((text: string, round: number) => string)[] = [
  (text, round) => text.replace(/^(\s+(?:- )?(?!name|namespace|kind)[\w./-]+: )[\w.-]+$/m, `$1edit-${String(round)}`),
  (text, round) => {
    const lines = text.split('\n');
    return lines.toSpliced((round * 7) % lines.length, 1).join('\n');
  },
  (text, round) => text.replace(/^(\s+name: )([\w-]+)$/m, `$1$2-${String(round)}`),
  (text, round) =>
    text.replace(
      /^(\s+(?:- )?(?!name|namespace|kind)[\w./-]+: )[\w.-]+$(?![\s\S]*^\s+[\w./-]+: [\w.-]+$)/m,
      `$1last-${String(round)}`,
    ),
  (text) =>
    text
      .split(/^---\n/m)
      .reverse()
      .join('---\n'),
];

function buildOf({ snapshot }: ReturnType<Analysis['run']>): BuildResult | undefined {
  const builds = [...(snapshot.clusters[0]?.builds.values() ?? [])];
  return builds.find(({ owner }) => owner.object.id.name === 'case');
}

function check(tree: ReadonlyMap<FilePath, string>): void {
  const files = memoryFiles(new Map([...tree].map(([path, text]) => [`case/${path}`, text])));
  files.set('cluster/flux-system/gotk-sync.yaml', sync);
  const analysis = analyse(files);
  let before = buildOf(analysis.run());
  const objects = [...(before?.inputs ?? [])].filter(([, role]) => role === 'objects').map(([file]) => file);
  for (const [round, file] of objects.flatMap((file) => edits.map(() => file)).entries()) {
    const text = files.text(file);
    const edited = edits[round % edits.length]?.(text ?? '', round);
    if (text === undefined || edited === undefined || edited === text) continue;
    files.set(file, edited);
    analysis.workspace.touch([file]);
    const run = analysis.run();
    assert.deepEqual(summarize(run), summarize(analyse(files).run()), `${file}, round ${String(round)}:\n${edited}`);
    const now = buildOf(run);
    counts.edits++;
    if (now !== before && now?.inputs === before?.inputs) counts.inParts++;
    before = now;
  }
  assert.deepEqual(analysis.complaints, []);
}

const directories = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

for (const feature of directories('test/build')) {
  test(`changes in the cases of ${feature}`, () => {
    for (const name of directories(join('test/build', feature))) {
      const tree = readTree(join('test/build', feature, name));
      for (const path of ['expected.yaml', 'expected.error']) tree.delete(path);
      check(tree);
    }
  });
}

test('changes in the recorded trees', () => {
  for (const { tree } of recordedSeeds()) check(tree);
});

after(() => {
  const { edits, inParts } = counts;
  process.stderr.write(`${String(edits)} edits, ${String(inParts)} of them built in parts\n`);
  assert.ok(inParts > 300, 'hardly anything was built in parts');
});
