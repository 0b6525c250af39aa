import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSchedule, type Schedule } from '../../../server/lsp/schedule';
import { type Finding } from '../../../server/model/finding';
import { finish } from '../../../server/model/steps';
import { analyse, type Analysis } from '../../support/analysis';
import { memoryFiles } from '../../support/memory-files';

const path = 'many.yaml';
const documents = 40;

/** A document that Flux does not take, so that there is a finding for each. */
const wrong = (index: number, field: string): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: k${String(index)}\nspec:\n  interval: 1h\n  ${field}: x\n`;

const text = (field: string): string =>
  Array.from({ length: documents }, (_, index) => wrong(index, field)).join('---\n');

interface Scene extends Analysis {
  readonly schedule: Schedule;
  readonly judged: (readonly Finding[])[];
  /** Lets the loop turn so often. */
  readonly turn: (times: number) => Promise<void>;
}

/** A schedule whose slices are one step long, and whose pauses end when the test says so. */
function scene(): Scene {
  const analysis = analyse(memoryFiles(new Map()));
  const waiting: (() => void)[] = [];
  let now = 0;
  const judged: (readonly Finding[])[] = [];
  const schedule = createSchedule({
    workspace: analysis.workspace,
    judge: analysis.judge,
    links: false,
    clock: {
      now: () => (now += 100),
      yield: (callback) => void waiting.push(callback),
      after: (_, callback) => void waiting.push(callback),
    },
    log: { write: (_, message) => assert.fail(message) },
    listener: { fileJudged: (_, findings) => void judged.push(findings), rootJudged: () => assert.fail('no root') },
  });
  const turn = async (times: number): Promise<void> => {
    for (let done = 0; done < times && waiting.length > 0; done++) {
      waiting.shift()?.();
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  };
  return { ...analysis, schedule, judged, turn };
}

const messagesOf = (findings: readonly Finding[] | undefined): readonly string[] =>
  (findings ?? []).map(({ message }) => message);

test('a document that changes while it is judged is judged anew, and only as it is now', async () => {
  const { workspace, judge, schedule, judged, turn } = scene();
  workspace.setText(path, text('before'), 1);
  schedule.changed(path);
  await turn(5);
  assert.equal(judged.length, 0, 'the document is judged in many slices');
  const now = workspace.setText(path, text('after'), 2);
  schedule.changed(path);
  await turn(1000);
  await schedule.idle();
  assert.equal(judged.length, 1);
  assert.deepEqual(messagesOf(judged[0]), messagesOf(finish(judge.judgeFile(now, undefined))));
  assert.ok(messagesOf(judged[0]).every((message) => !message.includes('before')));
  assert.ok(messagesOf(judged[0]).some((message) => message.includes('after')));
});

test('who cannot wait has the document judged at once, and it is not judged again', async () => {
  const { workspace, schedule, judged, turn } = scene();
  workspace.setText(path, text('field'), 1);
  schedule.changed(path);
  await turn(5);
  schedule.settle(path);
  assert.equal(judged.length, 1);
  assert.ok((judged[0]?.length ?? 0) >= documents);
  await turn(1000);
  await schedule.idle();
  assert.equal(judged.length, 1);
});
