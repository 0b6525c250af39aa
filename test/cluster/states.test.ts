import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { machineClock } from '../../client/status/clock';
import { liveId } from '../../client/status/live/live-id';
import { standingOf } from '../../client/status/relations/standing';
import { StatusStore } from '../../client/status/store/status-store';
import { summaryOf } from '../../client/status/tree/summary';
import { describe as nameOf } from '../../server/model/resource-id';
import { Bench, benchIsMissing, eventually } from './support/bench';
import { benchContexts } from './support/bench-client';

const missing = benchIsMissing();
if (missing !== undefined) console.log(`SKIPPED: states of the real cluster. ${missing}. Nothing below was proved.`);
const skip = missing === undefined ? false : missing;

// What is said of every object of the seed once its controllers have come to rest, and why it is behind. Written from what the
// seed says of its states, not from what the code answers. Revisions are left out.
const expected: Readonly<Record<string, readonly [summary: string, ...behind: string[]]>> = {
  'Kustomization flux-system/flux-system': ['applied, not health-checked'],
  'Kustomization flux-system/ready': ['ready'],
  'Kustomization flux-system/dependent-ready': ['applied, not health-checked'],
  'Kustomization flux-system/drifted': ['applied, not health-checked'],
  'Kustomization flux-system/sops': ['applied, not health-checked'],
  'Kustomization flux-system/bad-apply': ['failed · ReconciliationFailed'],
  'Kustomization flux-system/bad-build': ['failed · BuildFailed'],
  'Kustomization flux-system/depends-on-failing': ['waiting · because of Kustomization flux-system/bad-build'],
  'Kustomization flux-system/depends-on-missing': [
    'waiting · Kustomization flux-system/no-such-kustomization does not exist',
  ],
  'Kustomization flux-system/never-healthy': ['failed · HealthCheckFailed'],
  'Kustomization flux-system/no-such-path': ['failed · ArtifactFailed'],
  'Kustomization flux-system/no-such-source': [
    'failed · ArtifactFailed · GitRepository flux-system/no-such-source does not exist',
    'source-missing',
  ],
  'Kustomization flux-system/sops-wrong-key': ['failed · BuildFailed'],
  // Suspended from the first: its controller never looked.
  'Kustomization flux-system/suspended': ['suspended', 'generation'],
  'Kustomization team-a/tenant-forbidden': ['failed · ReconciliationFailed'],
  'HelmRelease apps/hello': ['ready'],
  'HelmRelease apps/hello-git': ['ready'],
  'HelmRelease apps/broken-template': ['failed · InstallFailed'],
  'HelmRelease apps/depends-on-failing': ['waiting · because of HelmRelease apps/broken-template'],
  'HelmRelease apps/never-healthy': ['stalled · RetriesExceeded'],
  'HelmRelease apps/no-such-version': [
    'failed · SourceNotReady · because of HelmChart flux-system/apps-no-such-version',
    'source-failed',
  ],
  'HelmRelease apps/suspended': ['suspended'],
  'GitRepository flux-system/flux-system': ['ready'],
  'GitRepository flux-system/private': ['ready'],
  'GitRepository team-a/team-a': ['ready'],
  'GitRepository flux-system/no-such-branch': ['failed · GitOperationFailed'],
  'GitRepository flux-system/private-denied': ['failed · GitOperationFailed'],
  'GitRepository flux-system/suspended': ['suspended', 'generation'],
  'HelmRepository flux-system/charts': ['ready'],
  'HelmRepository flux-system/no-such-index': ['failed · Failed'],
  'OCIRepository flux-system/no-registry': ['failed · OCIArtifactPullFailed'],
  'HelmChart flux-system/apps-hello': ['ready'],
  'HelmChart flux-system/apps-hello-git': ['ready'],
  'HelmChart flux-system/apps-broken-template': ['ready'],
  'HelmChart flux-system/apps-depends-on-failing': ['ready'],
  'HelmChart flux-system/apps-never-healthy': ['ready'],
  'HelmChart flux-system/apps-no-such-version': ['stalled · InvalidChartReference'],
};
const kinds = new Set(Object.keys(expected).map((name) => name.split(' ')[0]));

describe('states of the real cluster', { skip }, () => {
  let bench: Bench;
  let end: () => void = () => undefined;
  const store = new StatusStore(machineClock);

  before(async () => {
    bench = Bench.start();
    const contexts = benchContexts(bench.kubeconfig, store);
    end = () => contexts.dispose();
    assert.deepEqual(await contexts.connect('admin'), { name: 'connected' });
  });
  after(() => {
    end();
    store.dispose();
    bench.stop();
  });

  const said = (): Record<string, readonly string[]> => {
    const found = [...(store.find('admin')?.all() ?? [])].filter(({ id }) => kinds.has(id.kind));
    return Object.fromEntries(
      found.map((status) => {
        const standing = standingOf(store, 'admin', status);
        const summary = summaryOf(store, liveId('admin', status.key), standing);
        const plain = standing.state === 'ready' || standing.state === 'unchecked' ? summary.split(' · ')[0] : summary;
        return [nameOf(status.id), [plain ?? '', ...standing.behind.map(({ cause }) => cause)]];
      }),
    );
  };

  test('every object of the seed says what its controllers left', async () => {
    const isSaid = (): boolean => lines(said()) === lines(expected);
    await eventually('the states of the seed', isSaid, 180).catch(() => undefined);
    assert.equal(lines(said()), lines(expected));
  });
});

const lines = (states: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries(states)
    .map(([name, texts]) => `${name}: ${texts.join(', ')}`)
    .sort()
    .join('\n');
