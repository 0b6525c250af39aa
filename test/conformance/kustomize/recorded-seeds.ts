import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { featureTree } from '../../long/kustomize/feature-tree';
import { Random } from '../../long/kustomize/random';
import { type FileTree, type Outcome } from '../../long/kustomize/real-kustomize';
import { structureTree, writtenTree } from '../../long/kustomize/structure-tree';
import { makeTree } from '../../long/kustomize/transformer-tree';

const makers: Readonly<Record<string, (random: Random) => FileTree>> = {
  'every field': featureTree,
  'trees of kustomizations': structureTree,
  'values in every style': writtenTree,
  'transformers and patches': makeTree,
};

/** A random tree, one in which engine and kustomize once differed or one of some, and what kustomize 5.8.1 makes of it. */
export interface RecordedSeed {
  /** `sort, seed`. */
  readonly name: string;
  readonly tree: FileTree;
  /** SHA-256 of the output, or `fails`. */
  readonly expected: string;
}

/** The rows of `recorded-seeds.tsv`; `test/long/kustomize/recorded-seeds.test.ts` compares them with the real tool. */
export function recordedSeeds(): readonly RecordedSeed[] {
  const rows = readFileSync('test/conformance/kustomize/recorded-seeds.tsv', 'utf8').split('\n');
  return rows.slice(1).flatMap((row) => {
    const [sort = '', seed = '', expected = ''] = row.split('\t');
    const make = makers[sort];
    return make === undefined ? [] : [{ name: `${sort}, ${seed}`, tree: make(new Random(Number(seed))), expected }];
  });
}

export function outcomeOf(outcome: Outcome): string {
  return 'text' in outcome ? createHash('sha256').update(outcome.text).digest('hex') : 'fails';
}
