import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Slices } from '../../../../client/status/slices';

let time = 0;
const slicesOf = (): Slices => new Slices(() => time);
const work = (milliseconds: number): void => void (time += milliseconds);

/** Steps that say who made them, and in which turn of the event loop. */
function* steps(name: string, count: number, turn: () => number, said: string[]): Generator<undefined, void> {
  for (let at = 0; at < count; at++) {
    work(9);
    said.push(`${name} ${turn()}`);
    yield undefined;
  }
}

/** Counts turns of the event loop. */
function countTurns(context: TestContext): { readonly now: () => number } {
  let turn = 0;
  let next = setImmediate(function count() {
    turn++;
    next = setImmediate(count);
  });
  context.after(() => clearImmediate(next));
  return { now: () => turn };
}

test('short work is done at once', () => {
  let count = 0;
  const three = (function* () {
    while (count++ < 3) yield undefined;
  })();
  assert.equal(slicesOf().run(three), undefined);
  assert.equal(count, 4);
});

test('long pieces of work share the turns of the event loop: one step of one of them in each', async (context) => {
  const slices = slicesOf();
  const turns = countTurns(context);
  const said: string[] = [];
  const all = ['a', 'b', 'c'].map(async (name) => slices.run(steps(name, 3, turns.now, said)));
  assert.deepEqual(said, ['a 0']);
  await Promise.all(all);
  assert.equal(said.map((text) => text.slice(0, 1)).join(''), 'aabcabcbc');
  assert.equal(new Set(said.map((text) => text.slice(2))).size, said.length, said.join());
});

test('a step that cannot be cut gets a turn in which nobody else works', async (context) => {
  const slices = slicesOf();
  const turns = countTurns(context);
  const said: string[] = [];
  const parse = async (name: string): Promise<void> => {
    await slices.whole();
    work(9);
    said.push(`${name} ${turns.now()}`);
  };
  await Promise.all([parse('a'), parse('b'), slices.run(steps('c', 2, turns.now, said)), parse('d')]);
  const turnsOf = said.filter((text) => text !== 'c 0').map((text) => text.slice(2));
  assert.equal(new Set(turnsOf).size, 4, said.join());
});

test('work that throws holds up nobody', async () => {
  const slices = slicesOf();
  const bad = (function* () {
    work(9);
    yield undefined;
    throw new Error('planted');
  })();
  const said: string[] = [];
  const first = slices.run(bad);
  const second = slices.run(steps('a', 2, () => 0, said));
  await assert.rejects(async () => first, /planted/);
  await second;
  assert.equal(said.length, 2);
});
