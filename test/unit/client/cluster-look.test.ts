import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clusterLook } from '../../../client/views/cluster-look';
import { describeClusters } from '../../../server/lsp/describe-repository';
import { smallRepository, snapshotOf } from '../cli/repository';

const place = () => ({ uri: 'file:///r', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } });

test('a cluster has the color that the repository gives it, never as a color alone', () => {
  const configuration = 'clusters: [{ path: clusters/home, colour: red }]\n';
  const [named] = describeClusters(snapshotOf({ ...smallRepository, '.fluxwright.yaml': configuration }), place);
  const [plain] = describeClusters(snapshotOf(smallRepository), place);
  assert.ok(named && plain);
  const look = clusterLook(named);
  assert.equal(look.color, 'charts.red');
  for (const text of [look.description, look.label]) assert.match(text, /\bred$/);
  assert.equal(clusterLook(plain).color, undefined);
  assert.equal(clusterLook(plain).label, `Cluster ${plain.path}, ${clusterLook(plain).description}`);
});
