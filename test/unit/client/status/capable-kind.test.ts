import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveKinds } from '../../../../client/status/kinds/index';
import { capabilitiesOf } from '../../../../client/status/tree/object-node';
import { isCapableKind } from '../../../../client/status/tree/capable-kind';
import { statusOf } from '../../../../client/status/status-of';
import { type NodeCapability } from '../../../../client/status/tree/tree-node';
import { fullObject } from '../../../support/live-objects';

test('what is offered for a row can be done with its kind at all', () => {
  for (const { group, kind } of liveKinds) {
    for (const suspend of [true, false]) {
      const status = statusOf(fullObject({ is: `${kind} a/b`, spec: { suspend } }));
      assert.ok(status);
      for (const capability of capabilitiesOf(status, false)) {
        if (capability === 'remote' || capability === 'favorite') continue;
        assert.ok(isCapableKind({ group, kind }, capability), `${kind} ${capability}`);
      }
    }
  }
});

test('at the cursor nothing is offered that every object of the kind refuses', () => {
  const flux = (part: string, kind: string) => ({ group: `${part}.toolkit.fluxcd.io`, kind });
  const table: readonly (readonly [{ readonly group: string; readonly kind: string }, NodeCapability, boolean])[] = [
    [flux('notification', 'Alert'), 'reconcile', false],
    [flux('notification', 'Alert'), 'suspend', true],
    [flux('source', 'ExternalArtifact'), 'suspend', false],
    [flux('source', 'GitRepository'), 'reconcileWithSource', false],
    [flux('helm', 'HelmRelease'), 'force', true],
    [flux('kustomize', 'Kustomization'), 'force', false],
    [{ group: 'flagger.app', kind: 'Canary' }, 'suspend', true],
    [{ group: 'flagger.app', kind: 'Canary' }, 'reconcile', false],
    [{ group: 'apps', kind: 'Deployment' }, 'suspend', false],
    [{ group: 'apps', kind: 'Deployment' }, 'history', false],
  ];
  for (const [kind, capability, expected] of table) {
    assert.equal(isCapableKind(kind, capability), expected, `${kind.kind} ${capability}`);
  }
});
