import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { layOut, type Box, type Layout, type Point } from '../../../webview/graph/layout';
import { type GraphModel } from '../../../webview/graph/model';
import { move } from '../../../webview/graph/moves';
import { orderingArcs, type Arc } from '../../../webview/graph/reduce';
import { select } from '../../../webview/graph/selection';
import { createModel } from '../../../webview/graph/model';
import { graph, largeGraph, node, showAll } from './graphs';

const laidOut = (model: GraphModel): Layout => layOut(select(model, showAll));
const boxOf = (layout: Layout, id: string): Box => {
  const box = layout.boxes.get(id);
  assert.ok(box, id);
  return box;
};
const home = graph('sync => git', 'sync ~> git', 'sync => infra', 'infra ~> git', 'sync => apps', 'apps -> infra');

test('what comes first stands left: sources, what is applied, dependencies, dependants', () => {
  const layout = laidOut(home);
  const columns = ['sync', 'git', 'infra', 'apps'].map((id) => boxOf(layout, id).x);
  assert.deepEqual(
    [...columns].sort((a, b) => a - b),
    columns,
  );
});

test('boxes lie apart inside the drawing, and every edge leads from box to box', () => {
  for (const model of [
    home,
    largeGraph(120),
    graph('a -> b', 'b -> a', 'c -> c'),
    createModel([node('x'), node('y')], []),
  ]) {
    const layout = laidOut(model);
    const boxes = [...layout.boxes.values()];
    assert.equal(boxes.length, model.nodes.size);
    const [left, right] = [Math.min(...boxes.map(({ x }) => x)), Math.max(...boxes.map(({ x, width }) => x + width))];
    assert.ok(Math.abs(left - (layout.width - right)) < 1, 'the margins are equal');
    for (const [index, one] of boxes.entries()) {
      assert.ok(one.x >= 0 && one.y >= 0 && one.x + one.width <= layout.width && one.y + one.height <= layout.height);
      for (const other of boxes.slice(index + 1)) {
        const apart =
          one.x + one.width <= other.x ||
          other.x + other.width <= one.x ||
          one.y + one.height <= other.y ||
          other.y + other.height <= one.y;
        assert.ok(apart);
      }
    }
    for (const { edge, points } of layout.routes) {
      const ends = [
        { point: points[0], box: boxOf(layout, edge.from) },
        { point: points.at(-1), box: boxOf(layout, edge.to) },
      ];
      for (const { point, box } of ends) {
        assert.ok(point && point.x >= box.x && point.x <= box.x + box.width, `${edge.from} ${edge.to}`);
        assert.ok(point.y >= box.y && point.y <= box.y + box.height, `${edge.from} ${edge.to}`);
      }
    }
  }
});

/** Points on the line as it is drawn: from point to point it leaves and enters level. */
function* drawnPoints(points: readonly Point[]): Generator<Point> {
  for (const [at, to] of points.entries()) {
    const from = points[at - 1];
    for (let t = 0; from !== undefined && t <= 1; t += 0.05) {
      const [u, middle] = [1 - t, (from.x + to.x) / 2];
      const x = u ** 3 * from.x + 3 * u * t * middle + t ** 3 * to.x;
      yield { x, y: (u ** 3 + 3 * u * u * t) * from.y + (3 * u * t * t + t ** 3) * to.y };
    }
  }
}

test('no edge crosses a box or the border of the drawing, not even one that was not placed', () => {
  const row = graph('sync => git', 'sync ~> git', 'sync => a', 'a ~> git', 'sync => b', 'b -> a', 'a -> b', 'b ~> git');
  for (const model of [home, row, largeGraph(120), graph('a -> b', 'b -> c', 'c -> a', 'd => a', 'd => b', 'd => c')]) {
    const layout = laidOut(model);
    for (const { edge, points } of layout.routes) {
      if (edge.from === edge.to) continue;
      for (const { x, y } of drawnPoints(points)) {
        assert.ok(x >= 0 && y >= 0 && x <= layout.width && y <= layout.height);
        for (const [id, box] of layout.boxes) {
          const inside = x > box.x + 1 && x < box.x + box.width - 1 && y > box.y + 1 && y < box.y + box.height - 1;
          assert.ok(!inside, `${edge.from} ${edge.relation} ${edge.to} crosses ${id}`);
        }
      }
    }
  }
});

test('what two boxes have of each other is drawn apart', () => {
  const { routes } = laidOut(graph('a => b', 'b ~> a', 'b -> a', 'a -> b'));
  const heights = routes.map(({ points }) => points.map(({ y }) => y));
  assert.equal(heights.length, 4);
  for (const [at, one] of heights.entries()) {
    for (const other of heights.slice(at + 1))
      assert.ok(one.every((y) => other.every((its) => Math.abs(y - its) >= 5)));
  }
});

test('the arcs that are kept reach what all arcs reach, and close no ring', () => {
  const ids = ['0', '1', '2', '3', '4', '5'];
  const reachable = (arcs: readonly Arc[], start: string): Set<string> => {
    const seen = new Set<string>();
    const open = [start];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const [left, right] of arcs) {
        if (left !== at || seen.has(right)) continue;
        seen.add(right);
        open.push(right);
      }
    }
    return seen;
  };
  const forward = fc.tuple(fc.nat(5), fc.nat(5)).map(([a, b]): Arc => [`${Math.min(a, b)}`, `${Math.max(a, b)}`]);
  fc.assert(
    fc.property(fc.array(forward, { maxLength: 20 }), (arcs) => {
      const proper = arcs.filter(([left, right]) => left !== right);
      const kept = orderingArcs(ids, proper);
      for (const id of ids) assert.deepEqual([...reachable(kept, id)].sort(), [...reachable(proper, id)].sort());
      for (const [index, [left, right]] of kept.entries()) {
        assert.ok(!reachable(kept.toSpliced(index, 1), left).has(right), `${left} ${right} is needed`);
      }
    }),
    { seed: 1, numRuns: 300 },
  );
  const any = fc.tuple(fc.nat(5), fc.nat(5)).map(([a, b]): Arc => [`${a}`, `${b}`]);
  fc.assert(
    fc.property(fc.array(any, { maxLength: 20 }), (arcs) => {
      const kept = orderingArcs(ids, arcs);
      for (const id of ids) assert.ok(!reachable(kept, id).has(id));
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('300 nodes are placed in less than a second of CPU', () => {
  const model = largeGraph(300);
  assert.equal(model.nodes.size, 300);
  const before = process.cpuUsage();
  const layout = laidOut(model);
  const { user, system } = process.cpuUsage(before);
  assert.equal(layout.boxes.size, 300);
  assert.ok(user + system < 1_000_000, `${(user + system) / 1_000} ms`);
});

test('arrow keys move along edges and inside a column', () => {
  const layout = laidOut(graph('sync => a', 'sync => b', 'a => c', 'b => d'));
  const upper = boxOf(layout, 'a').y < boxOf(layout, 'b').y ? 'a' : 'b';
  const lower = upper === 'a' ? 'b' : 'a';
  assert.equal(move(layout, 'c', 'left'), 'a');
  assert.equal(move(layout, 'd', 'left'), 'b');
  assert.equal(move(layout, 'a', 'right'), 'c');
  assert.equal(move(layout, 'a', 'left'), 'sync');
  assert.equal(move(layout, upper, 'down'), lower);
  assert.equal(move(layout, lower, 'up'), upper);
  assert.equal(move(layout, upper, 'up'), undefined);
  assert.equal(move(layout, 'sync', 'left'), undefined);
  assert.equal(move(layout, 'd', 'first'), 'sync');
  assert.equal(move(layout, 'gone', 'right'), 'sync');
  assert.equal(move(laidOut(createModel([], [])), '', 'first'), undefined);
});

test('every node can be reached by arrow keys', () => {
  const model = largeGraph(80);
  const layout = laidOut(model);
  const seen = new Set<string>();
  const open = [move(layout, '', 'first') ?? ''];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    for (const direction of ['left', 'right', 'up', 'down'] as const) {
      const to = move(layout, at, direction);
      if (to !== undefined) open.push(to);
    }
  }
  assert.equal(seen.size, model.nodes.size);
});
