import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusText } from '../../../client/language/status-text';
import { type ServerState } from '../../../client/language/server-state';
import { type ClusterInfo } from '../../../server/protocol/repository';

function cluster(path: string, text: string, isKnown: boolean, evidence: string): ClusterInfo {
  return { path, name: path, flux: { text, isKnown, evidence }, evidence: [], kustomizations: 1, objects: 1 };
}

test('a running server shows target versions and their evidence', () => {
  const clusters = [
    cluster('clusters/home', 'v2.8.3', true, 'gotk-components.yaml'),
    cluster('clusters/lab', '2.10', false, 'nothing names a version'),
  ];
  assert.deepEqual(statusText({ kind: 'running' }, clusters, false), {
    text: 'Flux v2.8.3, 2.10 (assumed)',
    detail: 'clusters/home: v2.8.3, gotk-components.yaml · clusters/lab: 2.10 (assumed), nothing names a version',
    severity: 'information',
    isBusy: false,
    action: 'log',
  });
});

test('a repository without clusters and a virtual workspace say so', () => {
  assert.match(statusText({ kind: 'running' }, [], false).detail, /No cluster/);
  assert.match(statusText({ kind: 'running' }, [], true).detail, /Virtual workspace/);
});

test('states in which nothing is checked are never shown as information', () => {
  const states: readonly ServerState[] = [
    { kind: 'crashed' },
    { kind: 'failed', reason: 'no such file' },
    { kind: 'stopped' },
    { kind: 'mismatched', expected: 1, actual: undefined },
  ];
  for (const state of states) {
    const { severity, action, text } = statusText(state, [], false);
    assert.notEqual(severity, 'information', text);
    assert.equal(action, 'restart', text);
  }
});
