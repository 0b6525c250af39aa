import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commitBar } from '../../../../client/status/commit-bar';
import { type CommitState } from '../../../../client/status/commit-status';
import { StatusStore } from '../../../../client/status/store/status-store';
import { FakeClock } from '../../../support/fake-clock';
import { feed, fullObject, idOf } from '../../../support/live-objects';

const commit = '2'.repeat(40);
const answer = (state: CommitState, context: string, text: string) => ({
  question: { commit, context, appliers: [idOf('Kustomization f/apps', context)], objects: [] },
  status: { state, object: undefined, text },
});

test('the status bar says how far the commit is, the least advanced cluster first to count', () => {
  const store = new StatusStore(new FakeClock());
  const applied = (revision: string) =>
    fullObject({ is: 'Kustomization f/apps', status: { lastAppliedRevision: `main@sha1:${revision}` } });
  feed(store, [applied(commit)], 'staging');
  feed(store, [applied('1'.repeat(40))], 'prod');
  assert.equal(commitBar(store, commit, []), undefined);
  const live = answer('live', 'staging', 'It is healthy.');
  assert.deepEqual(commitBar(store, commit, [live]), {
    icon: 'check-all',
    text: '22222222: live',
    lines: ['staging: live. It is healthy.', '  Kustomization f/apps: main@22222222'],
  });
  const waiting = answer('not-fetched', 'prod', 'It is not fetched.');
  const both = commitBar(store, commit, [live, waiting]);
  assert.deepEqual(
    [both?.icon, both?.text, both?.lines.at(-1)],
    ['git-commit', '22222222: not fetched yet', '  Kustomization f/apps: main@11111111'],
  );
  const failed = commitBar(store, commit, [waiting, answer('failed', 'new', 'x')]);
  assert.deepEqual([failed?.icon, failed?.lines.at(-1)], ['error', '  Kustomization f/apps: nothing applied']);
});
