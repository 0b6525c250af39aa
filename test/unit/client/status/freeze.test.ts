import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { freezePlan } from '../../../../client/status/freeze/freeze-plan';
import { heldNow, heldText, type HeldObject } from '../../../../client/status/freeze/held';
import { type RenderedFields } from '../../../../client/status/freeze/rendered-fields';
import { resumePlan, unfreezePlan } from '../../../../client/status/freeze/resume-plan';
import { undoOf } from '../../../../client/status/freeze/undo';
import { dependencyOrder } from '../../../../client/status/order';
import { StatusStore } from '../../../../client/status/store/status-store';
import { FakeClock } from '../../../support/fake-clock';
import { feed, fullObject, idOf, scopeOf, type ShortObject } from '../../../support/live-objects';

const nameOf = (id: string): string => id.split('/').slice(1).join('/');
const absent: RenderedFields = { field: () => ({ name: 'absent' }) };

const cluster: readonly ShortObject[] = [
  {
    is: 'Kustomization flux-system/flux-system',
    inventory: ['flux-system/Kustomization/apps', 'flux-system/Kustomization/infra', 'flux-system/Kustomization/off'],
  },
  {
    is: 'Kustomization flux-system/apps',
    spec: { dependsOn: [{ name: 'infra' }] },
    inventory: ['web/HelmRelease/web'],
  },
  { is: 'Kustomization flux-system/infra', inventory: [] },
  { is: 'Kustomization flux-system/off', spec: { suspend: true } },
  { is: 'Kustomization flux-system/going', metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } },
  { is: 'HelmRelease web/web', spec: { dependsOn: [{ name: 'db' }] } },
  { is: 'HelmRelease web/db' },
  { is: 'ImageUpdateAutomation flux-system/all', spec: { sourceRef: { kind: 'GitRepository', name: 'flux-system' } } },
  { is: 'GitRepository flux-system/flux-system' },
  { is: 'ResourceSet web/set', inventory: ['web/HelmRelease/db'] },
];

function storeOf(objects: readonly ShortObject[]): StatusStore {
  const store = new StatusStore(new FakeClock());
  feed(store, objects.map(fullObject));
  return store;
}

test('a freeze suspends what applies first, in all namespaces, and leaves alone what is not its own', () => {
  const plan = freezePlan(storeOf(cluster), 'bench', absent);
  assert.deepEqual(
    plan.steps.map(({ id, action }) => `${action} ${nameOf(id)}`),
    [
      'suspend Kustomization/flux-system/flux-system',
      'suspend Kustomization/flux-system/infra',
      'suspend Kustomization/flux-system/apps',
      'suspend HelmRelease/web/db',
      'suspend HelmRelease/web/web',
      'suspend ImageUpdateAutomation/flux-system/all',
    ],
  );
  assert.deepEqual(plan.alreadySuspended.map(nameOf), ['Kustomization/flux-system/off']);
  assert.deepEqual(plan.leftAlone.map(nameOf), ['Kustomization/flux-system/going']);
  assert.deepEqual(plan.notHolding, []);
});

test('of a freeze only the chosen kinds are suspended', () => {
  const store = storeOf(cluster);
  const plan = freezePlan(store, 'bench', absent, ['HelmRelease']);
  assert.deepEqual(
    plan.steps.map(({ id }) => nameOf(id)),
    ['HelmRelease/web/db', 'HelmRelease/web/web'],
  );
  assert.deepEqual([plan.alreadySuspended, plan.leftAlone], [[], []]);
  store.setState(scopeOf('Kustomization'), { name: 'forbidden', message: 'no' });
  assert.deepEqual(freezePlan(store, 'bench', absent, ['HelmRelease']).unknown, []);
});

test('whether a freeze holds is read off the objects, what does not hold first', () => {
  const at = (is: string, suspend: boolean, managers: readonly object[] = []) => {
    const object = fullObject({ is, spec: { suspend } });
    return {
      label: is,
      held: heldNow({ ...object, metadata: { ...(object['metadata'] as object), managedFields: managers } as never }),
    };
  };
  const writers = [
    { manager: 'flux', time: '2026-01-01T00:00:00Z' },
    { manager: 'kustomize-controller', time: '2026-01-01T00:05:00Z' },
    { manager: 'helm-controller', time: '2026-01-01T00:09:00Z', subresource: 'status' },
  ];
  const objects: HeldObject[] = [
    at('Kustomization f/apps', true, writers),
    at('HelmRelease web/web', false, writers),
    { label: 'HelmRelease web/old', held: { name: 'gone' } },
    { label: 'HelmRelease web/far', held: { name: 'unread', why: 'it does not answer' } },
  ];
  assert.equal(
    heldText('bench', 'incident 7', objects),
    [
      '1 of 4 objects are suspended in bench: incident 7',
      '',
      'Not suspended any more:',
      '  HelmRelease web/web: resumed since, last written by kustomize-controller',
      '  HelmRelease web/old: deleted since',
      '',
      'Not known:',
      '  HelmRelease web/far: it does not answer',
      '',
      'Suspended:',
      '  Kustomization f/apps',
      '',
    ].join('\n'),
  );
});

test('children whose parent sets spec.suspend to false do not hold', () => {
  const rendered: RenderedFields = {
    field: (_, { key }) => {
      if (key.endsWith('/apps') || key.endsWith('/db')) return { name: 'value', value: false };
      if (key.endsWith('/infra')) return { name: 'value', value: true };
      return { name: 'absent' };
    },
  };
  const { notHolding } = freezePlan(storeOf(cluster), 'bench', rendered);
  assert.deepEqual(
    notHolding.map(({ id, parent, undone, isGuess }) => [nameOf(id), nameOf(parent), undone, isGuess]),
    [
      ['Kustomization/flux-system/apps', 'Kustomization/flux-system/flux-system', 'when-resumed', false],
      // A ResourceSet is not frozen, so it takes the suspension back at once.
      ['HelmRelease/web/db', 'ResourceSet/web/set', 'now', false],
    ],
  );
  assert.equal(
    notHolding[1]?.text,
    'ResourceSet web/set sets spec.suspend to false for HelmRelease web/db. It resumes it with its next apply.',
  );
});

test('where Git was not read, only parents that stay active are named, as a guess', () => {
  const { notHolding } = freezePlan(storeOf(cluster), 'bench', { field: () => ({ name: 'unknown' }) });
  assert.deepEqual(
    notHolding.map(({ id, isGuess }) => [nameOf(id), isGuess]),
    [['HelmRelease/web/db', true]],
  );
});

test('a freeze is undone for what it did itself, dependencies first', () => {
  const store = storeOf(cluster);
  const { steps } = freezePlan(store, 'bench', absent);
  // The last step failed: it is not undone.
  const undo = undoOf(steps.slice(0, -1), 5, 'ada', 'migration');
  assert.deepEqual(
    undo.steps.map(({ action }) => action),
    Array(5).fill('resume'),
  );
  assert.deepEqual(
    undo.steps.map(({ id }) => id),
    steps
      .slice(0, -1)
      .map(({ id }) => id)
      .reverse(),
  );
  const frozen = cluster.map((object): ShortObject =>
    steps.some(({ id }) => id === idOf(object.is)) ? { ...object, spec: { ...object.spec, suspend: true } } : object,
  );
  const now = storeOf(frozen);
  now.put(scopeOf('HelmRelease'), fullObject({ is: 'HelmRelease web/db' }));
  now.remove(scopeOf('Kustomization'), fullObject({ is: 'Kustomization flux-system/infra' }));
  const plan = unfreezePlan(now, undo);
  assert.deepEqual(
    plan.steps.map(({ id }) => nameOf(id)),
    ['Kustomization/flux-system/flux-system', 'Kustomization/flux-system/apps', 'HelmRelease/web/web'],
  );
  assert.deepEqual(plan.alreadyResumed.map(nameOf), ['HelmRelease/web/db']);
  assert.deepEqual(plan.gone.map(nameOf), ['Kustomization/flux-system/infra']);
});

test('circles are cut, and named', () => {
  const on = (name: string) => ({ suspend: true, dependsOn: [{ name }] });
  const store = storeOf([
    { is: 'Kustomization f/a', spec: on('b') },
    { is: 'Kustomization f/b', spec: on('a') },
    { is: 'Kustomization f/c', spec: on('a') },
  ]);
  const plan = resumePlan(
    store,
    ['a', 'b', 'c'].map((name) => idOf(`Kustomization f/${name}`)),
  );
  assert.equal(plan.steps.length, 3);
  assert.deepEqual(plan.inCircles.map(nameOf).sort(), ['Kustomization/f/a', 'Kustomization/f/b']);
});

test('an order holds every object once, after all it needs', () => {
  const edge = fc.record({ from: fc.nat(11), to: fc.nat(11) });
  fc.assert(
    fc.property(
      fc.array(edge, { maxLength: 25 }),
      fc.shuffledSubarray(Array.from({ length: 12 }, (_, at) => at)),
      (edges, chosen) => {
        // Edges lead to smaller numbers only, so that there is no circle.
        const needs = (from: number): number[] =>
          edges.filter((one) => one.from === from && one.to < from).map(({ to }) => to);
        const id = (number: number): string => idOf(`Kustomization f/k${number}`);
        const store = storeOf(
          Array.from({ length: 12 }, (_, from) => ({
            is: `Kustomization f/k${from}`,
            spec: { dependsOn: needs(from).map((to) => ({ name: `k${to}` })) },
          })),
        );
        const { ordered, inCircles } = dependencyOrder(store, chosen.map(id));
        assert.deepEqual([...ordered].sort(), chosen.map(id).sort());
        assert.deepEqual(inCircles, []);
        for (const from of chosen) {
          for (const to of needs(from)) {
            if (chosen.includes(to)) assert.ok(ordered.indexOf(id(to)) < ordered.indexOf(id(from)));
          }
        }
      },
    ),
    { numRuns: 200, seed: 1 },
  );
});

test('a chain of ten thousand is ordered without running out of stack', () => {
  const length = 10_000;
  const store = storeOf(
    Array.from({ length }, (_, at) => ({
      is: `Kustomization f/k${at}`,
      spec: { dependsOn: [{ name: `k${at + 1}` }] },
    })),
  );
  const { ordered } = dependencyOrder(
    store,
    Array.from({ length }, (_, at) => idOf(`Kustomization f/k${at}`)),
  );
  assert.equal(ordered[0], idOf(`Kustomization f/k${length - 1}`));
  assert.equal(ordered.length, length);
});
