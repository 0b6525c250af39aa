import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Report } from '../../../../client/commands/object-action/cancellable';
import { FakeVscode, withVscode } from '../../../support/fake-vscode';

const vscode = new FakeVscode();
const loaded = withVscode(vscode, () => import('../../../../client/commands/object-action/cancellable'));
const turn = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

/** Work in a test's hands, begun from a row or from the palette. */
async function begin(context: TestContext, from: 'row' | 'palette') {
  const { runCancellable } = await loaded;
  context.mock.timers.enable({ apis: ['setTimeout'] });
  vscode.shownProgress.length = 0;
  const row = { isWorking: false, cancel: (): void => undefined };
  const work: { end: (value: string) => void; report: Report; signal?: AbortSignal } = {
    end: () => undefined,
    report: () => undefined,
  };
  const done = runCancellable(
    'Reconciling',
    from === 'palette'
      ? from
      : {
          viewId: 'fluxwright.sources',
          begin: (cancel) => {
            Object.assign(row, { isWorking: true, cancel });
            return () => void (row.isWorking = false);
          },
        },
    (report, signal) =>
      new Promise<string>((resolve) => {
        Object.assign(work, { end: resolve, report, signal });
        signal.addEventListener('abort', () => resolve('cancelled'));
      }),
  );
  return { done, row, work, shown: vscode.shownProgress };
}

test('from a row: its view at once, a notification that can be cancelled after three seconds', async (context) => {
  const { done, row, work, shown } = await begin(context, 'row');
  assert.equal(row.isWorking, true);
  assert.deepEqual(
    shown.map(({ location }) => location),
    [{ viewId: 'fluxwright.sources' }],
  );
  work.report('source');
  context.mock.timers.tick(2_999);
  assert.equal(shown.length, 1);
  context.mock.timers.tick(1);
  assert.deepEqual([shown[1]?.location, shown[1]?.isCancellable], ['notification', true]);
  await turn();
  assert.deepEqual(shown[1]?.messages, ['source'], 'what was said before is not lost');
  shown[1].cancel();
  assert.equal(await done, 'cancelled');
  assert.equal(row.isWorking, false);
  await new Promise(setImmediate);
  assert.ok(shown.every(({ isDone }) => isDone));
});

test('from a row: its own Cancel ends it, and what is done soon shows no notification', async (context) => {
  const cancelled = await begin(context, 'row');
  cancelled.row.cancel();
  assert.equal(await cancelled.done, 'cancelled');
  context.mock.timers.tick(10_000);
  assert.equal(cancelled.shown.length, 1);
  assert.equal(cancelled.row.isWorking, false);
});

test('from the palette or a line of a file: a notification at once', async (context) => {
  const { done, work, shown } = await begin(context, 'palette');
  assert.deepEqual(
    shown.map(({ location, isCancellable }) => [location, isCancellable]),
    [['notification', true]],
  );
  work.end('done');
  assert.equal(await done, 'done');
  assert.equal(work.signal?.aborted, false);
});
