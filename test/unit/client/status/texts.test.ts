import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventsText } from '../../../../client/status/texts/events-text';
import { historyText } from '../../../../client/status/texts/history-text';
import { logLinesText, mostLines } from '../../../../client/status/texts/log-lines-text';
import { checklistText } from '../../../../client/status/texts/checklist';
import { matchesSelector } from '../../../../client/status/difference/label-selector';
import { fileObject } from '../../../../client/commands/object-action/file-object';

const release = { group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease', namespace: 'web', name: 'app' };

test('events one below the other, messages indented, times as the server gives them', () => {
  const event = {
    type: 'Warning',
    reason: 'BuildFailed',
    message: 'one\ntwo\n',
    count: 3,
    last: '2026-01-01T00:00:00Z',
    source: 'kustomize-controller',
    revision: 'main@sha1:1',
  };
  assert.equal(
    eventsText('Kustomization a/b in staging', [event, { ...event, count: 1, last: '', revision: '' }]),
    [
      'Events of Kustomization a/b in staging, newest first',
      '',
      '2026-01-01T00:00:00Z  Warning  BuildFailed  kustomize-controller  3 times  main@sha1:1',
      '    one',
      '    two',
      '',
      'at an unknown time  Warning  BuildFailed  kustomize-controller',
      '    one',
      '    two',
      '',
    ].join('\n'),
  );
  assert.match(eventsText('x', []), /The cluster keeps none\./);
});

test('lines of several controllers are sorted by time, and the oldest dropped', () => {
  const line = (time: string, message: string) => ({ controller: 'c', time, level: 'error', message, error: 'e\nf' });
  assert.equal(
    logLinesText('x', 'of the last hour', [line('2', 'b'), line('1', 'a')]),
    'Lines of controllers about x, of the last hour\n\n1 ERROR c a: e f\n2 ERROR c b: e f\n',
  );
  const many = Array.from({ length: mostLines + 1 }, (_, index) => line(String(index).padStart(5, '0'), 'm'));
  const text = logLinesText('x', 'of the last hour', many);
  assert.match(text, new RegExp(`The newest ${mostLines} of ${mostLines + 1} lines:\n00001 `));
});

test('history of releases and of reconciliations', () => {
  const object = {
    status: {
      history: [
        {
          name: 'app',
          namespace: 'web',
          version: 4,
          status: 'deployed',
          chartName: 'app',
          chartVersion: '1.2.3',
          action: 'upgrade',
          lastDeployed: '2026-01-01T00:00:00Z',
        },
      ],
    },
  };
  assert.equal(
    historyText(release, 'staging', object),
    [
      'History of HelmRelease web/app in staging, newest first',
      '',
      'Release web/app version 4: deployed',
      '    Chart:            app 1.2.3',
      '    Action:           upgrade',
      '    Last deployed:    2026-01-01T00:00:00Z',
      '',
    ].join('\n'),
  );
  const applied = {
    status: {
      history: [
        { lastReconciledStatus: 'BuildFailed', totalReconciliations: 7, metadata: { revision: 'main@sha1:1' } },
      ],
    },
  };
  const kustomization = { ...release, kind: 'Kustomization' };
  assert.match(historyText(kustomization, 's', applied), /BuildFailed: main@sha1:1\n {4}Reconciliations: {2}7\n/);
  assert.match(historyText(kustomization, 's', {}), /Flux 2\.7 and newer keep/);
});

test('each state of a list has its own mark, and messages stay in their line', () => {
  const states = ['open', 'working', 'done', 'failed', 'skipped'] as const;
  const items = states.map((state) => ({ label: state, state, message: state === 'failed' ? 'a\nb' : '' }));
  assert.equal(
    checklistText('T', items, 'end'),
    'T\n\nFailed first: failed\n    a\n    b\n\n[ ] open\n[…] working\n[✓] done\n[✗] failed – a b\n[–] skipped\n\nend\n',
  );
});

test('selections of labels as Kubernetes writes them', () => {
  const labels = { app: 'web', tier: 'front' };
  const cases: readonly (readonly [string, boolean | undefined])[] = [
    ['app=web', true],
    ['app==web,tier!=back', true],
    ['app in (web, api)', true],
    ['app notin (web)', false],
    ['other notin (web)', true],
    ['!other', true],
    ['app', true],
    ['other', false],
    ['app = ', false],
    ['app ~ web', undefined],
  ];
  for (const [selector, expected] of cases) assert.equal(matchesSelector(selector, labels), expected, selector);
});

test('what a command is handed is looked at before it is used', () => {
  const address = 'clusters/home|a/B/c/d|e/F/g/h';
  assert.equal(fileObject({ root: 'file:///r', address })?.cluster, 'clusters/home');
  for (const wrong of [undefined, 'text', {}, { root: 1, address }, { root: 'file:///r', address: 'one|two' }]) {
    assert.equal(fileObject(wrong), undefined);
  }
});
