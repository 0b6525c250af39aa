import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe as suite, it } from 'node:test';
import { parse } from 'yaml';
import { liveId, parseLiveId, type LiveId } from '../client/status/live/live-id';
import { type WatchState } from '../client/status/object-sink';
import { describeKey } from '../client/status/relations/behind';
import { childrenOf } from '../client/status/relations/children';
import { parentsOf } from '../client/status/relations/parents';
import { faultsOf, rootCauseOf } from '../client/status/relations/root-cause';
import { isGreen, standingOf } from '../client/status/relations/standing';
import { StatusStore } from '../client/status/store/status-store';
import { failingCount } from '../client/status/tree/badge';
import { summaryOf } from '../client/status/tree/summary';
import { describe } from '../server/model/resource-id';
import { FakeClock } from './support/fake-clock';
import { feed, fullObject, idOf, scopeOf, type ShortObject } from './support/live-objects';

interface Case {
  readonly name: string;
  readonly object: ShortObject;
  readonly with?: readonly ShortObject[];
  readonly watch?: Readonly<Record<string, 'loading' | 'disconnected' | 'paused'>>;
  readonly now?: string;
  readonly expect: Readonly<Record<string, unknown>>;
}

const folder = 'test/status';
const watchStates: Readonly<Record<string, WatchState>> = {
  loading: { name: 'loading' },
  disconnected: { name: 'disconnected', since: 1, message: 'lost' },
  paused: { name: 'paused', since: 1 },
};
const named = (id: LiveId): string => describeKey(parseLiveId(id)?.key ?? '');

/** What is said of the object of a case, under the names that the cases use. */
function answers({ object, with: others = [], watch = {}, now }: Case): Readonly<Record<string, () => unknown>> {
  const clock = new FakeClock(Date.parse(now ?? '2026-01-01T00:00:00Z'));
  const store = new StatusStore(clock);
  feed(store, [object, ...others].map(fullObject));
  for (const [kind, state] of Object.entries(watch))
    store.setState(scopeOf(kind), watchStates[state] ?? { name: 'live' });
  const id = idOf(object.is);
  const status = store.get(id);
  assert.ok(status);
  const standing = standingOf(store, 'bench', status);
  const { facts } = status;
  const cause = rootCauseOf(store, id);
  const prefix = cause?.isMissing === true ? 'missing ' : cause?.isCycle === true ? 'circle ' : '';
  return {
    state: () => standing.state,
    phase: () => status.phase,
    reason: () => status.reason,
    behind: () => standing.behind.map((reason) => reason.cause),
    cause: () => cause && `${prefix}${named(cause.root)}`,
    summary: () => summaryOf(store, id, standing),
    stale: () => standing.staleSince !== undefined,
    green: () => isGreen(standing),
    health: () => status.health,
    timeout: () => status.schedule.timeout,
    interval: () => status.schedule.interval,
    applied: () => status.revisions.applied ?? null,
    target: () => status.target,
    url: () => (facts?.kind === 'source' ? facts.url : undefined),
    sources: () => status.sources.map(describeKey),
    parents: () => parentsOf(store, 'bench', status).map(named),
    children: () =>
      childrenOf(store, 'bench', status)?.map((child) =>
        child.context === undefined ? `${describe(child.id)} elsewhere` : describe(child.id),
      ) ?? 'unknown',
  };
}

for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
  suite(`status: ${file}`, () => {
    const cases = parse(readFileSync(join(folder, file), 'utf8')) as readonly Case[];
    for (const each of cases) {
      it(each.name, () => {
        const said = answers(each);
        const asked = Object.keys(each.expect);
        assert.ok(asked.length > 0);
        const actual = Object.fromEntries(asked.map((name) => [name, said[name]?.() ?? null]));
        assert.deepEqual(actual, each.expect);
        // Nothing is green but what is ready in every respect.
        if (said['green']?.() === true) assert.equal(said['phase']?.(), 'ready');
      });
    }
  });
}

interface ClusterCase {
  readonly objects: readonly ShortObject[];
  readonly summaries: Readonly<Record<string, string>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly failing: number;
}

for (const file of readdirSync(join(folder, 'clusters'))) {
  it(`status of a cluster: ${file}`, () => {
    const cluster = parse(readFileSync(join(folder, 'clusters', file), 'utf8')) as ClusterCase;
    const store = new StatusStore(new FakeClock());
    feed(store, cluster.objects.map(fullObject));
    const summaries = cluster.objects.map(({ is }) => {
      const status = store.get(idOf(is));
      return [is, status && summaryOf(store, idOf(is), standingOf(store, 'bench', status))];
    });
    assert.deepEqual(Object.fromEntries(summaries), cluster.summaries);
    const faults = faultsOf(store, 'bench').map(({ root, blocked }) => [named(root), blocked.length] as const);
    assert.deepEqual(Object.fromEntries(faults), cluster.faults);
    const counts = faults.map(([, count]) => count);
    assert.deepEqual(
      counts,
      [...counts].sort((a, b) => b - a),
    );
    assert.equal(failingCount(store), cluster.failing);
  });
}

it('ids of live objects survive names of contexts that look like ids', () => {
  const id = liveId('arn:aws:eks:eu|1%2F', { group: 'g', kind: 'K', namespace: 'n', name: 'x' });
  assert.deepEqual(parseLiveId(id), { context: 'arn:aws:eks:eu|1%2F', key: 'g/K/n/x' });
});
