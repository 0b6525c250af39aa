import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { analyse } from '../../support/analysis';
import { memoryFiles } from '../../support/memory-files';

// Four Kustomizations whose dependencies change: what closes a circle is found without a walk over all of them.
const names = ['a', 'b', 'c', 'd'] as const;

interface Edit {
  readonly file: number;
  /** The object that the file declares from now on; undefined deletes the file. */
  readonly name: number | undefined;
  readonly dependsOn: readonly number[];
  readonly runs: boolean;
}

const number = fc.integer({ min: 0, max: names.length - 1 });
const edits = fc.record<Edit>({
  file: number,
  // Mostly its own, at times another's name: two files declare one object.
  name: fc.option(number, { freq: 6, nil: undefined }),
  dependsOn: fc.array(number, { minLength: 1, maxLength: 2 }),
  runs: fc.boolean(),
});

const text = (name: string, dependsOn: readonly number[]): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  interval: 10m
  prune: true
  path: ./apps
  sourceRef: { kind: GitRepository, name: flux-system }
  dependsOn: [${dependsOn.map((other) => `{ name: ${names[other] ?? ''} }`).join(', ')}]
`;

const source = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: ssh://git@example.org/fleet, ref: { branch: main } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec:
  interval: 10m
  prune: true
  path: ./clusters/one
  sourceRef: { kind: GitRepository, name: flux-system }
`;

const pathOf = (file: number): string => `clusters/one/apps-${String(file)}.yaml`;

test('circles that edits close and open are those that a fresh start finds', () => {
  let circles = 0;
  fc.assert(
    fc.property(fc.array(edits, { minLength: 1, maxLength: 16 }), (script) => {
      const files = memoryFiles(
        new Map([
          ['clusters/one/flux-system/gotk-sync.yaml', source],
          ['apps/settings.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: apps }\n'],
          ...names.map((name, index) => [pathOf(index), text(name, [])] as const),
        ]),
      );
      const analysis = analyse(files);
      analysis.run();
      for (const { file, name, dependsOn, runs } of script) {
        const path = pathOf(file);
        if (name === undefined) files.delete(path);
        else files.set(path, text(names[name % 3 === 0 ? name : file] ?? '', dependsOn));
        analysis.workspace.touch([path]);
        if (!runs) continue;
        const found = [...analysis.run().verdict.findings.values()].flat();
        const fresh = [...analyse(files).run().verdict.findings.values()].flat();
        const circlesIn = (list: typeof found): string[] =>
          list
            .filter(({ code }) => code === 'graph-cycle')
            .map(({ file: at, message }) => `${at} ${message}`)
            .sort();
        circles += circlesIn(found).length;
        assert.deepEqual(circlesIn(found), circlesIn(fresh));
      }
    }),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 40), seed: Number(process.env['FUZZ_SEED'] ?? 20261130) },
  );
  assert.ok(circles > 40, `${String(circles)} circles are too few to tell`);
});
