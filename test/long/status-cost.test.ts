import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveKinds } from '../../client/status/kinds/index';
import { type LiveObject } from '../../client/status/object-sink';
import { standingOf } from '../../client/status/relations/standing';
import { faultsOf } from '../../client/status/relations/root-cause';
import { StatusStore } from '../../client/status/store/status-store';
import { everything } from '../../client/status/tree/filter';
import { LoadedTree } from '../../client/status/tree/loaded-tree';
import { TreeModel, viewSections, type TreeMode } from '../../client/status/tree/tree-model';
import { FakeClock } from '../support/fake-clock';
import { fullObject, scopeOf } from '../support/live-objects';

// 10,000 objects: 2,000 Kustomizations that apply 3,999 releases, their charts, and ten sources; each Kustomization with
// thirty objects in its inventory, each release with eight. Figures are printed; the bounds are loose.

const kustomizations = 2000;
const releases = 3995;
const digest = (at: number): string => at.toString(16).padStart(40, '0');
const message = 'Helm upgrade succeeded for release apps/web.v12 with chart web@1.2.3, in a sentence of usual length';

/** JSON as it comes from the server: no two objects share a text. */
function texts(round: number): readonly string[] {
  const objects: LiveObject[] = [];
  for (let at = 0; at < 10; at++) {
    const status = { artifact: { revision: `main@sha1:${digest(round)}` } };
    objects.push(
      fullObject({ is: `GitRepository flux-system/source-${at}`, conditions: ['Ready True Succeeded stored'], status }),
    );
  }
  for (let at = 0; at < kustomizations; at++) {
    const children = Array.from({ length: 2 }, (_, child) => `apps-${at % 50}/HelmRelease/release-${at * 2 + child}`);
    const others = Array.from(
      { length: 28 },
      (_, child) => `apps-${at % 50}/Deployment.apps/deployment-${at}-${child}`,
    );
    objects.push(
      fullObject({
        is: `Kustomization flux-system/apps-${at}`,
        conditions: [`Ready True ReconciliationSucceeded ${message}`],
        spec: {
          interval: '10m',
          wait: at % 3 === 0,
          dependsOn: at % 4 === 0 ? [] : [{ name: `apps-${at - 1}` }],
          sourceRef: { kind: 'GitRepository', name: `source-${at % 10}` },
        },
        status: {
          lastAppliedRevision: `main@sha1:${digest(0)}`,
          lastAttemptedRevision: `main@sha1:${digest(0)}`,
          history: [{ lastReconciled: '2026-01-01T00:00:00Z' }],
        },
        inventory: [...children, ...others],
      }),
    );
  }
  for (let at = 0; at < releases; at++) {
    const namespace = `apps-${Math.floor(at / 2) % 50}`;
    const chart = { chart: { spec: { chart: 'web', sourceRef: { kind: 'HelmRepository', name: 'charts' } } } };
    const labels = {
      'kustomize.toolkit.fluxcd.io/name': `apps-${Math.floor(at / 2)}`,
      'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
    };
    objects.push(
      fullObject({
        is: `HelmRelease ${namespace}/release-${at}`,
        conditions: [`Ready True UpgradeSucceeded ${message}`, `Released True UpgradeSucceeded ${message}`],
        metadata: { labels },
        spec: { interval: '10m', ...chart },
        status: {
          history: [
            { version: 12, status: 'deployed', chartName: 'web', chartVersion: '1.2.3', name: `release-${at}` },
          ],
        },
        inventory: Array.from({ length: 8 }, (_, child) => `${namespace}/Service/web-${at}-${child}`),
      }),
      fullObject({
        is: `HelmChart ${namespace}/${namespace}-release-${at}`,
        conditions: [`Ready True ChartPullSucceeded ${message}`],
        metadata: {
          labels: { 'helm.toolkit.fluxcd.io/name': `release-${at}`, 'helm.toolkit.fluxcd.io/namespace': namespace },
        },
        status: { artifact: { revision: '1.2.3' } },
      }),
    );
  }
  return objects.map((object) => JSON.stringify(object));
}

const parseAll = (from: readonly string[]): LiveObject[] => from.map((text) => JSON.parse(text) as LiveObject);

function feedAll(store: StatusStore, objects: readonly LiveObject[]): void {
  for (const { kind } of liveKinds) {
    const scope = scopeOf(kind);
    const list = store.beginList(scope);
    for (const object of objects) if (object['kind'] === kind) list.put(object);
    list.end();
    store.setState(scope, { name: 'live' });
  }
}

// CPU of this process: the wall clock says what else the machine does.
const spent = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const milliseconds = (since: number): string => `${(spent() - since).toFixed(1)} ms`;
const heap = (): number => {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed;
};

test('what 10,000 objects cost', (t) => {
  const first = texts(0);
  const clock = new FakeClock();
  const warm = new StatusStore(new FakeClock());
  feedAll(warm, parseAll(first.slice(0, 500)));
  const before = heap();
  const store = new StatusStore(clock);
  let start = spent();
  {
    const objects = parseAll(first);
    t.diagnostic(`parsing the JSON of ${objects.length} objects: ${milliseconds(start)}`);
    start = spent();
    feedAll(store, objects);
    t.diagnostic(`feeding them to the store: ${milliseconds(start)}`);
  }
  let told = 0;
  store.onChange(({ objects }) => (told = objects.size));
  start = spent();
  clock.advance(220);
  t.diagnostic(`working out the first event, of ${told} objects: ${milliseconds(start)}`);
  const kept = heap() - before;
  t.diagnostic(
    `kept: ${Math.round(kept / first.length)} bytes per object${'gc' in globalThis ? '' : ' (without forced collection)'}`,
  );
  const again = parseAll(first);
  start = spent();
  feedAll(store, again);
  t.diagnostic(`listing them again, unchanged: ${milliseconds(start)}`);
  start = spent();
  for (const status of store.find('bench')?.all() ?? []) standingOf(store, 'bench', status);
  t.diagnostic(`judging all of them in their surroundings: ${milliseconds(start)}`);
  start = spent();
  faultsOf(store, 'bench');
  t.diagnostic(`gathering faults: ${milliseconds(start)}`);

  for (const mode of ['kind', 'namespace', 'dependency'] as const satisfies readonly TreeMode[]) measureTree(mode);

  function measureTree(mode: TreeMode): void {
    const options = { sections: viewSections.objects, mode, filter: everything, favorites: new Set<string>() };
    const open = (tree: LoadedTree, path: string | undefined, depth: number): number => {
      const nodes = tree.children(path);
      let count = nodes.length;
      if (depth > 0)
        for (const node of nodes.slice(0, 12)) if (node.isExpandable) count += open(tree, node.path, depth - 1);
      return count;
    };
    start = spent();
    const tree = new LoadedTree(new TreeModel(store, options));
    const rows = open(tree, undefined, 3);
    t.diagnostic(`tree by ${mode}, first build, ${rows} rows: ${milliseconds(start)}`);
    let longest = 0;
    let total = 0;
    const stop = store.onChange((change) => {
      const since = spent();
      tree.update(change);
      longest = Math.max(longest, spent() - since);
      total += spent() - since;
    });
    const events = 100;
    let storeTime = 0;
    for (let at = 0; at < events; at++) {
      const status = at % 2 === 0 ? 'False' : 'True';
      const release = fullObject({
        is: `HelmRelease apps-${(at >> 1) % 50}/release-${at}`,
        conditions: [`Ready ${status} X ${at}${mode}`],
      });
      const since = spent();
      store.put(scopeOf('HelmRelease'), release);
      clock.advance(220);
      storeTime += spent() - since;
    }
    stop();
    t.diagnostic(
      `by ${mode}, one object changes: event in the store ${((storeTime - total) / events).toFixed(2)} ms, tree ${(total / events).toFixed(2)} ms, longest ${longest.toFixed(1)} ms`,
    );
    assert.ok(longest < 250, `${longest} ms for one update`);
  }

  start = spent();
  const source = JSON.parse(texts(1)[0] ?? '{}') as LiveObject;
  const made = spent();
  store.put(scopeOf('GitRepository'), source);
  clock.advance(220);
  t.diagnostic(`a source of 200 Kustomizations gets a new revision, ${told} objects told: ${milliseconds(made)}`);
  assert.ok(kept / first.length < 6000);
});
