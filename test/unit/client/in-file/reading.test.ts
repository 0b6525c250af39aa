import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { declaredObjects, fieldRange, readOpenText } from '../../../../client/status/in-file/declared-objects';
import { differenceOf, isContent, type FileContents } from '../../../../client/status/in-file/file-difference';
import { RefreshGate } from '../../../../client/status/in-file/refresh-gate';
import { RecentEvents } from '../../../../client/views/live/recent-events';
import { rootOfUri } from '../../../../client/language/root-of-uri';
import { FakeClock } from '../../../support/fake-clock';
import { idOf } from '../../../support/live-objects';

const text = `# a comment
apiVersion: v1
kind: ConfigMap
metadata: { name: other }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: f
spec:
  path: ./apps
---
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
metadata: { name: build }
---
kind: HelmRelease
apiVersion: "helm.toolkit.fluxcd.io/v2"
metadata: { name: 'web' }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: [
`;

test('objects with a state are found where their names are written', () => {
  const file = readOpenText('a.yaml', text, 1);
  const found = declaredObjects(file).map(({ document, kind, range: { start, end } }) => {
    return `${document} ${kind} ${start.line}:${start.character}-${end.character}`;
  });
  assert.deepEqual(found, ['1 Kustomization 8:8-12', '3 HelmRelease 19:18-23']);
  assert.equal(
    fieldRange(file, 1, [
      ['spec', 'sourceRef'],
      ['spec', 'path'],
    ])?.start.line,
    11,
  );
  assert.equal(fieldRange(file, 1, [['spec', 'wait']]), undefined);
});

test('a document that did not change is read once, and a text too long never', () => {
  const before = readOpenText('a.yaml', text, 1);
  const after = readOpenText('a.yaml', `${text}\n---\n`, 2, before);
  assert.equal(after.documents[1]?.document, before.documents[1]?.document);
  assert.deepEqual(declaredObjects(readOpenText('a.yaml', `${text}${'#'.repeat(600_000)}`, 1)), []);
});

// As `git hash-object` says of these contents.
const hello = 'ce013625030ba8dba906f756967f9e9ca394464a';

test('contents are named as Git names them', () => {
  assert.ok(isContent('hello\n', hello));
  assert.ok(isContent('hello\r\n', hello), 'line ends of Windows');
  assert.ok(!isContent('hello', hello));
  assert.ok(!isContent('', ''), 'a file that is not there has no content');
  const sha256 = createHash('sha256').update('blob 3\0abc').digest('hex');
  assert.ok(isContent('abc', sha256));
});

test('how a text differs from a revision', async () => {
  const contents = (applied: string | undefined, head: string | undefined): FileContents => ({
    blob: (commit) => Promise.resolve(commit === 'head' ? head : applied),
    head: () => Promise.resolve(head === undefined ? undefined : 'head'),
  });
  const other = '0'.repeat(40);
  const compare = (isDirty: boolean, applied: string | undefined, head: string | undefined) =>
    differenceOf({ text: 'hello\n', isDirty }, 'c', contents(applied, head));
  assert.equal(await compare(false, hello, hello), 'same');
  assert.equal(await compare(true, hello, other), 'same', 'what is typed is what runs');
  assert.equal(await compare(true, other, hello), 'unsaved');
  assert.equal(await compare(false, other, other), 'uncommitted');
  assert.equal(await compare(false, other, hello), 'other-commit');
  assert.equal(await compare(false, '', hello), 'other-commit', 'a file that the revision does not have');
  assert.equal(await compare(false, other, undefined), 'uncommitted');
  assert.equal(await compare(false, undefined, hello), 'unknown');
  assert.equal(await differenceOf({ text: '', isDirty: false }, undefined, contents(other, other)), 'unknown');
});

test('marks are drawn at once, and then at most once a second', () => {
  const clock = new FakeClock();
  let runs = 0;
  const gate = new RefreshGate(clock, () => runs++);
  gate.ask();
  clock.advance(0);
  assert.equal(runs, 1);
  for (let at = 0; at < 3_000; at += 10) {
    gate.ask();
    clock.advance(10);
  }
  assert.equal(runs, 4);
  clock.jump(-3_600_000);
  gate.ask();
  clock.advance(0);
  assert.equal(runs, 5);
  gate.ask();
  gate.dispose();
  clock.advance(5_000);
  assert.equal(runs, 5);
});

test('the innermost folder that holds a file is its root', () => {
  const roots = ['file:///r', 'file:///r/sub/', 'file:///rest'];
  assert.equal(rootOfUri('file:///r/a.yaml', roots), 'file:///r');
  assert.equal(rootOfUri('file:///r/sub/a.yaml', roots), 'file:///r/sub/');
  assert.equal(rootOfUri('file:///other/a.yaml', roots), undefined);
});

test('events are asked for once in ten seconds, and not waited for longer than two', async () => {
  const clock = new FakeClock();
  const asked: AbortSignal[] = [];
  const event = {
    type: 'Warning',
    reason: 'BuildFailed',
    message: 'no',
    count: 3,
    first: '',
    source: '',
    revision: '',
  };
  let answers = true;
  const events = new RecentEvents(
    (context) =>
      context === 'bench'
        ? {
            events: (_, signal) => {
              assert.ok(signal);
              asked.push(signal);
              if (answers) return Promise.resolve({ value: [{ ...event, last: '2026-01-01T00:00:00Z' }] });
              return new Promise((resolve) => {
                signal.addEventListener('abort', () => {
                  resolve({ failure: { name: 'cancelled', message: '' } });
                });
              });
            },
          }
        : undefined,
    clock,
  );
  const id = idOf('Kustomization f/apps');
  const lines = await events.of(id);
  assert.deepEqual(
    lines?.map(({ reason, message }) => `${reason} ${message}`),
    ['BuildFailed no (3 times)'],
  );
  await events.of(id);
  assert.equal(asked.length, 1);
  answers = false;
  clock.advance(10_000);
  const late = events.of(id);
  clock.advance(2_000);
  assert.equal(await late, undefined);
  assert.equal(asked[1]?.aborted, true);
  assert.equal(await events.of(idOf('Kustomization f/apps', 'other')), undefined);
});
