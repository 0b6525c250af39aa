import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ConnectionState, FailureName, KnownContexts } from '../../../../client/kube/kube';
import { StatusStore } from '../../../../client/status/store/status-store';
import { viewState } from '../../../../client/views/live/view-state';
import { FakeClock } from '../../../support/fake-clock';
import { feed, fullObject, scopeOf } from '../../../support/live-objects';

const store = (): StatusStore => new StatusStore(new FakeClock());
const known = (...states: readonly ConnectionState[]): KnownContexts => ({
  contexts: states.map((state, at) => ({
    name: `context-${at}`,
    server: 'https://cluster.example',
    namespace: 'default',
    caHash: '',
    skipsTls: false,
    state,
  })),
  current: '',
  faults: [],
});
const failed = (name: FailureName): ConnectionState => ({ name: 'failed', failure: { name, message: 'No.' } });
const stateWith = (facts: KnownContexts | undefined): string => viewState(store(), { isTrusted: true, known: facts });

test('without anything from a watch the connections say why', () => {
  const idle: ConnectionState = { name: 'idle' };
  assert.equal(viewState(store(), { isTrusted: false, known: known(idle) }), 'untrusted');
  assert.equal(stateWith(undefined), 'loading');
  assert.equal(stateWith({ ...known(), failure: { name: 'no-kubeconfig', message: 'None.' } }), 'no-kubeconfig');
  assert.equal(stateWith(known(idle, idle)), 'not-connected');
  assert.equal(stateWith(known(idle, { name: 'connecting' })), 'loading');
  assert.equal(stateWith(known(idle, failed('unreachable'))), 'unreachable');
  assert.equal(stateWith(known(idle, failed('forbidden'))), 'forbidden');
  assert.equal(stateWith(known(idle, failed('login-failed'))), 'login-failed');
  assert.equal(stateWith(known(failed('plugin-refused'))), 'login-failed');
});

test('a context that leads elsewhere now waits for a Connect', () => {
  assert.equal(stateWith(known(failed('not-connected'))), 'not-connected');
});

test('one on its way counts more than one that has failed', () => {
  assert.equal(stateWith(known(failed('login-failed'), { name: 'connecting' })), 'loading');
});

test('what the watches say counts as soon as there is something', () => {
  const live = store();
  live.setState(scopeOf('Kustomization'), { name: 'forbidden', message: 'no' });
  assert.equal(viewState(live, { isTrusted: true, known: known(failed('unreachable')) }), 'forbidden');
  feed(live, [fullObject({ is: 'GitRepository flux-system/own' })]);
  assert.equal(viewState(live, { isTrusted: true, known: known({ name: 'connected' }) }), 'content');
  live.dispose();
});

test('a login that fails while the first lists arrive says so', () => {
  const begun = store();
  const scope = scopeOf('Kustomization', 'context-0');
  begun.setState(scope, { name: 'loading' });
  const facts = { isTrusted: true, known: known(failed('login-failed')) };
  assert.equal(viewState(begun, facts), 'login-failed');
  begun.setState(scope, { name: 'disconnected', since: 1, message: 'no login' });
  assert.equal(viewState(begun, facts), 'login-failed');
  assert.equal(viewState(begun, { ...facts, known: known({ name: 'connected' }) }), 'unreachable');
  begun.dispose();
});

test('every state but content has a welcome text of its own', () => {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    contributes: { viewsWelcome: readonly { view: string; when?: string }[] };
  };
  const shown = contributes.viewsWelcome
    .filter(({ view }) => view === 'fluxwright.objects')
    .map(({ when }) => /^fluxwright\.objectsState == '([a-z-]+)'$/.exec(when ?? '')?.[1]);
  const all = 'untrusted no-kubeconfig not-connected loading forbidden unreachable login-failed no-flux empty';
  assert.deepEqual(shown.sort(), all.split(' ').sort());
});
