import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commitStatus } from '../../../../client/status/commit-status';
import { highestTag, type CommitGraph } from '../../../../client/status/commit-graph';
import { type LiveObject } from '../../../../client/status/object-sink';
import { StatusStore } from '../../../../client/status/store/status-store';
import { FakeClock } from '../../../support/fake-clock';
import { feed, fullObject, idOf, scopeOf, type ShortObject } from '../../../support/live-objects';

// Commits by number: 1 ← 2 ← 3 on main, 9 on a branch of its own, 8 unknown to Git.
const commit = (number: number): string => String(number).repeat(40);
const parents: Readonly<Record<string, string>> = {
  [commit(2)]: commit(1),
  [commit(3)]: commit(2),
  [commit(9)]: commit(1),
};
const known = new Set([1, 2, 3, 9].map(commit));
const graph: CommitGraph = {
  isAncestor: (ancestor, of) => {
    if (!known.has(ancestor) || !known.has(of)) return Promise.resolve(undefined);
    for (let here: string | undefined = of; here !== undefined; here = parents[here]) {
      if (here === ancestor) return Promise.resolve(true);
    }
    return Promise.resolve(false);
  },
  branchTip: (branch) => Promise.resolve(branch === 'main' ? commit(3) : branch === 'master' ? commit(1) : undefined),
  tagCommit: (tag) => Promise.resolve(tag === 'v1.2.0' ? commit(2) : tag === 'v2.0.0' ? commit(3) : undefined),
  tags: () => Promise.resolve(['v1.0.0', 'v1.2.0', 'v2.0.0', 'latest']),
};

interface World {
  readonly applied?: number;
  readonly attempted?: number;
  readonly fetched?: number;
  readonly ref?: LiveObject;
  readonly apps?: Partial<ShortObject>;
  readonly source?: Partial<ShortObject>;
  readonly others?: readonly ShortObject[];
  readonly sourceKind?: 'GitRepository' | 'OCIRepository' | 'Bucket';
  /** The artifact of a source that is none of Git does not say what it was made of. */
  readonly isSilent?: boolean;
  readonly commit: number;
  /** Kinds of which nothing is heard. */
  readonly lost?: readonly string[];
}

const digest = `latest@sha256:${'a'.repeat(64)}`;

function ask(world: World): Promise<readonly [string, string]> {
  const { applied, fetched, attempted = applied, sourceKind = 'GitRepository', others = [] } = world;
  const isGit = sourceKind === 'GitRepository';
  const revision = (number: number | undefined): string | undefined =>
    number === undefined ? undefined : `main@sha1:${commit(number)}`;
  const store = new StatusStore(new FakeClock());
  const status: Record<string, string> = {};
  const [appliedAt, attemptedAt] = [revision(applied), revision(attempted)];
  if (appliedAt !== undefined) {
    status['lastAppliedRevision'] = isGit ? appliedAt : digest;
    if (!isGit && world.isSilent !== true) status['lastAppliedOriginRevision'] = appliedAt;
  }
  if (attemptedAt !== undefined) status['lastAttemptedRevision'] = isGit ? attemptedAt : digest;
  const artifactAt = revision(fetched);
  const artifact = isGit
    ? { revision: artifactAt ?? '' }
    : world.isSilent === true
      ? { revision: digest }
      : { revision: digest, metadata: { 'org.opencontainers.image.revision': artifactAt ?? '' } };
  feed(store, [
    fullObject({
      is: 'Kustomization f/apps',
      conditions: ['Ready True ReconciliationSucceeded x'],
      status,
      inventory: ['web/HelmRelease/web'],
      ...world.apps,
      spec: { wait: true, sourceRef: { kind: sourceKind, name: 'main' }, ...world.apps?.spec },
    }),
    fullObject({
      is: `${sourceKind} f/main`,
      conditions: ['Ready True Succeeded x'],
      spec: { ref: world.ref ?? { branch: 'main' }, ...world.source?.spec },
      status: { artifact },
      ...(world.source?.conditions === undefined ? {} : { conditions: world.source.conditions }),
    }),
    ...others.map(fullObject),
  ]);
  for (const kind of world.lost ?? []) {
    store.setState(scopeOf(kind), { name: 'disconnected', since: 1, message: 'lost' });
  }
  const question = {
    commit: commit(world.commit),
    context: 'bench',
    appliers: [idOf('Kustomization f/apps')],
    objects: others.map(({ is }) => idOf(is)),
  };
  return commitStatus(store, graph, question).then(({ state, object }) => [
    state,
    (object ?? '').split('/').slice(1).join('/'),
  ]);
}

const cases: readonly (readonly [string, World, readonly [string, string]])[] = [
  ['applied and healthy', { commit: 2, fetched: 3, applied: 3 }, ['live', 'Kustomization/f/apps']],
  [
    'applied, nothing checks',
    { commit: 3, fetched: 3, applied: 3, apps: { spec: { wait: false } } },
    ['applied-unchecked', 'Kustomization/f/apps'],
  ],
  ['fetched, not applied', { commit: 3, fetched: 3, applied: 2 }, ['fetched', 'Kustomization/f/apps']],
  ['never applied', { commit: 3, fetched: 3 }, ['fetched', 'Kustomization/f/apps']],
  ['on the branch, not fetched', { commit: 3, fetched: 2, applied: 2 }, ['not-fetched', 'GitRepository/f/main']],
  [
    'source suspended',
    { commit: 3, fetched: 2, applied: 2, source: { spec: { suspend: true } } },
    ['not-fetched', 'GitRepository/f/main'],
  ],
  [
    'source fails',
    { commit: 3, fetched: 2, applied: 2, source: { conditions: ['Ready False GitOperationFailed x'] } },
    ['failed', 'GitRepository/f/main'],
  ],
  ['on another branch', { commit: 9, fetched: 3, applied: 3 }, ['not-on-synced-ref', 'GitRepository/f/main']],
  [
    'behind the tag that is followed',
    { commit: 3, fetched: 2, applied: 2, ref: { tag: 'v1.2.0' } },
    ['not-on-synced-ref', 'GitRepository/f/main'],
  ],
  [
    'in the range of tags',
    { commit: 2, fetched: 1, applied: 1, ref: { semver: '1.x' } },
    ['not-fetched', 'GitRepository/f/main'],
  ],
  [
    'beyond the range of tags',
    { commit: 3, fetched: 1, applied: 1, ref: { semver: '1.x' } },
    ['not-on-synced-ref', 'GitRepository/f/main'],
  ],
  [
    'no branch given means master',
    { commit: 2, fetched: 1, applied: 1, ref: {} },
    ['not-on-synced-ref', 'GitRepository/f/main'],
  ],
  [
    'a full ref name',
    { commit: 3, fetched: 2, applied: 2, ref: { name: 'refs/heads/main' } },
    ['not-fetched', 'GitRepository/f/main'],
  ],
  [
    'a pinned commit',
    { commit: 3, fetched: 2, applied: 2, ref: { branch: 'main', commit: commit(2) } },
    ['not-on-synced-ref', 'GitRepository/f/main'],
  ],
  [
    'a branch Git does not know',
    { commit: 3, fetched: 2, applied: 2, ref: { branch: 'other' } },
    ['not-fetched', 'GitRepository/f/main'],
  ],
  ['a commit Git does not know', { commit: 8, fetched: 3, applied: 3 }, ['unknown', 'GitRepository/f/main']],
  [
    'fails to apply it',
    { commit: 3, fetched: 3, applied: 2, attempted: 3, apps: { conditions: ['Ready False BuildFailed x'] } },
    ['failed', 'Kustomization/f/apps'],
  ],
  [
    'failed before it came',
    { commit: 3, fetched: 3, applied: 1, attempted: 2, apps: { conditions: ['Ready False BuildFailed x'] } },
    ['fetched', 'Kustomization/f/apps'],
  ],
  [
    'applied, a later commit fails',
    { commit: 2, fetched: 3, applied: 2, attempted: 3, apps: { conditions: ['Ready False BuildFailed x'] } },
    ['failed', 'Kustomization/f/apps'],
  ],
  [
    'health fails because of a release',
    {
      commit: 3,
      fetched: 3,
      applied: 2,
      attempted: 3,
      apps: { conditions: ['Ready False HealthCheckFailed x'] },
      others: [{ is: 'HelmRelease web/web', conditions: ['Ready False InstallFailed x'] }],
    },
    ['failed', 'HelmRelease/web/web'],
  ],
  [
    'suspended',
    { commit: 3, fetched: 3, applied: 2, apps: { spec: { suspend: true } } },
    ['fetched', 'Kustomization/f/apps'],
  ],
  [
    'waits',
    { commit: 3, fetched: 3, applied: 2, apps: { conditions: ['Ready False DependencyNotReady x'] } },
    ['fetched', 'Kustomization/f/apps'],
  ],
  [
    'applied, a release below fails',
    {
      commit: 3,
      fetched: 3,
      applied: 3,
      others: [{ is: 'HelmRelease web/web', conditions: ['Ready False UpgradeFailed x'] }],
    },
    ['failed', 'HelmRelease/web/web'],
  ],
  [
    'applied, a release below upgrades',
    {
      commit: 3,
      fetched: 3,
      applied: 3,
      others: [{ is: 'HelmRelease web/web', generation: '2/1', conditions: ['Ready True InstallSucceeded x'] }],
    },
    ['fetched', 'HelmRelease/web/web'],
  ],
  [
    'by the origin of an OCI artifact',
    { commit: 2, fetched: 3, applied: 3, sourceKind: 'OCIRepository', ref: { tag: 'latest' } },
    ['live', 'Kustomization/f/apps'],
  ],
  [
    'an OCI artifact that is older',
    { commit: 3, fetched: 2, applied: 2, sourceKind: 'OCIRepository', ref: { tag: 'latest' } },
    ['not-fetched', 'OCIRepository/f/main'],
  ],
  [
    'an OCI artifact that does not say what it was made of',
    { commit: 3, fetched: 3, applied: 3, sourceKind: 'OCIRepository', isSilent: true },
    ['unknown', 'OCIRepository/f/main'],
  ],
  [
    'a bucket never says',
    { commit: 3, fetched: 3, applied: 3, sourceKind: 'Bucket', isSilent: true },
    ['unknown', 'Bucket/f/main'],
  ],
  [
    'applied, and suspended since: nobody looks at its health',
    { commit: 3, fetched: 3, applied: 3, apps: { spec: { suspend: true } } },
    ['applied-unchecked', 'Kustomization/f/apps'],
  ],
  [
    'nothing is heard',
    { commit: 2, fetched: 3, applied: 3, lost: ['Kustomization'] },
    ['unknown', 'Kustomization/f/apps'],
  ],
  [
    'nothing is heard of the source',
    { commit: 3, fetched: 2, applied: 2, lost: ['GitRepository'] },
    ['unknown', 'GitRepository/f/main'],
  ],
  [
    'nothing is heard of a release that it changes',
    {
      ...{ commit: 3, fetched: 3, applied: 3, lost: ['HelmRelease'] },
      others: [{ is: 'HelmRelease web/web', conditions: ['Ready True InstallSucceeded x'] }],
    },
    ['unknown', 'HelmRelease/web/web'],
  ],
];

for (const [name, world, expected] of cases) {
  test(`where a commit is: ${name}`, async () => assert.deepEqual(await ask(world), expected));
}

test('a commit that nothing applies, and an applier that is not there', async () => {
  const store = new StatusStore(new FakeClock());
  const question = { commit: commit(1), context: 'bench', appliers: [], objects: [] };
  assert.equal((await commitStatus(store, graph, question)).state, 'unknown');
  const missing = { ...question, appliers: [idOf('Kustomization f/x')] };
  const said = async (): Promise<string> => (await commitStatus(store, graph, missing)).text;
  assert.equal(await said(), 'Kustomization f/x is not known yet.');
  store.setState(scopeOf('Kustomization'), { name: 'forbidden', message: 'no' });
  assert.equal(await said(), 'Kustomization f/x may not be listed with this login.');
  store.setState(scopeOf('Kustomization'), { name: 'live' });
  assert.equal(await said(), 'Kustomization f/x is not in the cluster.');
});

test('ranges choose as source-controller does', () => {
  assert.equal(highestTag('>=1.0.0 <2', ['v1.0.0', 'v1.2.0', 'v2.0.0', 'x']), 'v1.2.0');
  assert.equal(highestTag('>=3', ['v1.0.0']), undefined);
  assert.equal(highestTag('nonsense', ['v1.0.0']), undefined);
});
