import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { printFlux } from '../../support/print-flux';
import { Random } from '../kustomize/random';
import { type FluxTree, makeFluxTree } from './flux-tree';
import { findFluxOracle, type FluxOutcome, renderWithFlux } from './real-flux';

const tool = findFluxOracle();
const runs = Number(process.env['FUZZ_RUNS'] ?? 2000);
const first = Number(process.env['FUZZ_SEED'] ?? 1);
const batch = 100;

const fields =
  'targetNamespace namePrefix nameSuffix patches images components ignoreMissingComponents commonMetadata buildMetadata postBuild substitute substituteFrom substituteStrategy'.split(
    ' ',
  );

function write(root: string, { files }: FluxTree): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function ours({ files, owner, sources, strict }: FluxTree): FluxOutcome {
  const printed = printFlux(files, [owner, ...sources], strict ? '2.10' : '2.8');
  return 'text' in printed ? printed : { error: `${printed.fault.code}: ${printed.fault.message}` };
}

const shown = (outcome: FluxOutcome): string => ('text' in outcome ? outcome.text : 'fails');

if (tool === undefined) {
  console.log('skipped: FLUX_ORACLE names no binary of tools/flux-oracle');
} else {
  describe('Flux Kustomizations against the packages of kustomize-controller', () => {
    test(`${String(runs)} random trees from seed ${String(first)}`, () => {
      const counts = new Map<string, number>();
      let built = 0;
      for (let from = first; from < first + runs; from += batch) {
        const base = mkdtempSync(join(tmpdir(), 'fluxwright-'));
        try {
          const seeds = Array.from({ length: Math.min(batch, first + runs - from) }, (_, index) => from + index);
          const trees = seeds.map((seed) => makeFluxTree(new Random(seed)));
          for (const [index, tree] of trees.entries()) write(join(base, String(index)), tree);
          const theirs = renderWithFlux(
            tool,
            trees.map(({ owner, sources, strict }, index) => ({
              root: join(base, String(index)),
              kustomization: owner,
              sources,
              strict,
            })),
          );
          for (const [index, tree] of trees.entries()) {
            const expected = theirs[index] ?? { error: 'no answer' };
            const found = ours(tree);
            if ('text' in expected) built++;
            for (const field of fields)
              if (tree.owner.includes(`${field}:`)) counts.set(field, (counts.get(field) ?? 0) + 1);
            assert.equal(
              shown(found),
              shown(expected),
              `seed ${String(seeds[index])}: ${'error' in found ? found.error : 'error' in expected ? expected.error : ''}`,
            );
          }
        } finally {
          rmSync(base, { recursive: true, force: true });
        }
      }
      console.log(`built: ${String(built)} of ${String(runs)}`);
      for (const field of fields) console.log(`${field}: ${String(counts.get(field) ?? 0)}`);
    });
  });
}
