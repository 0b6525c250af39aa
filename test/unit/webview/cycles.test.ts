import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isCyclic } from '../../../webview/graph/model';
import { edge, graph } from './graphs';

const cyclesOf = (...texts: readonly string[]): string[][] =>
  graph(...texts)
    .cycles.map((cycle) => [...cycle])
    .sort();

test('rings of dependsOn are found, each in its order', () => {
  assert.deepEqual(cyclesOf('a -> b', 'b -> c', 'a -> c'), []);
  assert.deepEqual(cyclesOf('a -> b', 'b -> a'), [['a', 'b']]);
  assert.deepEqual(cyclesOf('a -> a', 'b -> a'), [['a']]);
  assert.deepEqual(cyclesOf('x -> a', 'a -> b', 'b -> c', 'c -> a', 'c -> y', 'd -> e', 'e -> d'), [
    ['a', 'b', 'c'],
    ['d', 'e'],
  ]);
});

test('a sync that applies its own source and itself is no ring', () => {
  assert.deepEqual(cyclesOf('sync => git', 'sync ~> git', 'sync => sync', 'sync => apps', 'apps -> sync'), []);
});

test('only the edges inside a ring belong to it', () => {
  const model = graph('a -> b', 'b -> a', 'b -> c', 'd -> a', 'a => b', 'e -> f', 'f -> e', 'a -> e');
  assert.deepEqual(
    model.edges.filter((each) => isCyclic(model, each)),
    ['a -> b', 'b -> a', 'e -> f', 'f -> e'].map(edge),
  );
});

test('a chain of ten thousand ends in no overflow', () => {
  const chain = Array.from({ length: 10_000 }, (_, index) => `n${index} -> n${index + 1}`);
  assert.deepEqual(cyclesOf(...chain), []);
  assert.equal(cyclesOf(...chain, 'n10000 -> n0')[0]?.length, 10_001);
});

test('a node is in a ring exactly if it reaches itself', () => {
  const arc = fc.tuple(fc.nat(7), fc.nat(7));
  fc.assert(
    fc.property(fc.array(arc, { maxLength: 20 }), (arcs) => {
      const model = graph(...arcs.map(([from, to]) => `n${from} -> n${to}`));
      const reaches = (start: number): boolean => {
        const seen = new Set<number>();
        const open = [start];
        for (let at = open.pop(); at !== undefined; at = open.pop()) {
          for (const [from, to] of arcs) {
            if (from !== at) continue;
            if (to === start) return true;
            if (!seen.has(to)) open.push(to);
            seen.add(to);
          }
        }
        return false;
      };
      for (let id = 0; id < 8; id += 1) assert.equal(model.cycleOf.has(`n${id}`), reaches(id), `n${id}`);
    }),
    { seed: 1, numRuns: 300 },
  );
});
