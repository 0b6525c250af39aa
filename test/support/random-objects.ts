import * as fc from 'fast-check';
import { type LiveObject, type WatchScope } from '../../client/status/object-sink';
import { fullObject, scopeOf } from './live-objects';

// A small world, so that random objects hit each other often.
export const contexts = ['hub', 'spoke'] as const;
const names = ['a', 'b', 'c'] as const;
const namespaces = ['one', 'two'] as const;
export const randomKinds = ['Kustomization', 'HelmRelease', 'GitRepository', 'HelmChart', 'Deployment'] as const;
type RandomKind = (typeof randomKinds)[number];

const revisions = [
  'main@sha1:1111111111111111111111111111111111111111',
  'main/2222222222222222222222222222222222222222',
];
const conditions = [
  [],
  ['Ready True ReconciliationSucceeded ok'],
  ['Ready False BuildFailed no'],
  ['Ready False HealthCheckFailed no'],
  ['Ready False DependencyNotReady no'],
  ['Ready False ArtifactFailed no'],
  ['Stalled True X no', 'Ready False X no'],
] as const;

const place = fc.record({ name: fc.constantFrom(...names), namespace: fc.constantFrom(...namespaces) });

/** `Kind namespace/name` of any object of the small world. */
export const randomName = fc
  .record({ kind: fc.constantFrom(...randomKinds), place })
  .map(({ kind, place: { namespace, name } }) => `${kind} ${namespace}/${name}`);

const entry = fc.oneof(
  randomName.map((is) =>
    is.replace(/^(\S+) (\S+)\/(\S+)$/, (_, kind: string, ns: string, name: string) => {
      return `${ns}/${kind === 'Deployment' ? 'Deployment.apps' : kind}/${name}`;
    }),
  ),
  place.map(({ namespace, name }) => `${namespace}/ConfigMap/${name}`),
);

const owner = fc.option(place, { nil: undefined });

/** Any object of the small world, as the API server says it. */
export const randomObject: fc.Arbitrary<LiveObject> = fc
  .record({
    kind: fc.constantFrom<RandomKind>('Kustomization', 'Kustomization', 'HelmRelease', 'GitRepository', 'HelmChart'),
    place,
    conditions: fc.constantFrom(...conditions),
    lags: fc.boolean(),
    suspend: fc.constantFrom(false, false, false, true),
    wait: fc.boolean(),
    dependsOn: fc.array(place, { maxLength: 2 }),
    source: place,
    applied: fc.constantFrom(...revisions),
    artifact: fc.constantFrom(...revisions),
    inventory: fc.option(fc.array(entry, { maxLength: 4 }), { nil: undefined }),
    isRemote: fc.constantFrom(false, false, false, true),
    owner,
    helmOwner: owner,
  })
  .map((made) => {
    const isApplier = made.kind === 'Kustomization' || made.kind === 'HelmRelease';
    const labels: Record<string, string> = {};
    if (made.owner !== undefined) {
      labels['kustomize.toolkit.fluxcd.io/name'] = made.owner.name;
      labels['kustomize.toolkit.fluxcd.io/namespace'] = made.owner.namespace;
    }
    if (made.helmOwner !== undefined) {
      labels['helm.toolkit.fluxcd.io/name'] = made.helmOwner.name;
      labels['helm.toolkit.fluxcd.io/namespace'] = made.helmOwner.namespace;
    }
    const source = { kind: 'GitRepository', ...made.source };
    return fullObject({
      is: `${made.kind} ${made.place.namespace}/${made.place.name}`,
      generation: made.lags ? '2/1' : '1/1',
      conditions: made.conditions,
      metadata: { labels },
      spec: {
        suspend: made.suspend,
        wait: made.wait,
        dependsOn: made.dependsOn,
        ...(made.kind === 'HelmRelease' ? { chart: { spec: { sourceRef: source } } } : { sourceRef: source }),
        ...(made.isRemote && isApplier ? { kubeConfig: { secretRef: { name: 'spoke' } } } : {}),
      },
      status: {
        lastAppliedRevision: made.applied,
        observedSourceArtifactRevision: made.applied,
        ...(isApplier ? {} : { artifact: { revision: made.artifact } }),
      },
      ...(isApplier && made.inventory !== undefined ? { inventory: made.inventory } : {}),
    });
  });

/** Something a watch says. `list`: a complete one, with what it holds. */
export type RandomEvent =
  | { readonly type: 'put' | 'remove'; readonly context: string; readonly object: LiveObject }
  | { readonly type: 'list' | 'broken-list'; readonly scope: WatchScope; readonly objects: readonly LiveObject[] }
  | {
      readonly type: 'state';
      readonly scope: WatchScope;
      readonly state: 'live' | 'disconnected' | 'forbidden' | 'paused';
    }
  | { readonly type: 'forget'; readonly context: string }
  | { readonly type: 'bind'; readonly isBound: boolean }
  | { readonly type: 'wait'; readonly milliseconds: number };

const context = fc.constantFrom<(typeof contexts)[number]>('hub', 'hub', 'spoke');
const scope = fc
  .record({ kind: fc.constantFrom(...randomKinds), context })
  .map((made) => scopeOf(made.kind, made.context));

/** Events in proportions in which much stays, so that there is something to relate. */
export const randomEvent: fc.Arbitrary<RandomEvent> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ type: fc.constant('put' as const), context, object: randomObject }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('remove' as const), context, object: randomObject }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constantFrom('list' as const, 'broken-list' as const),
      scope,
      objects: fc.array(randomObject, { maxLength: 8 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('state' as const),
      scope,
      state: fc.constantFrom(
        'live' as const,
        'live' as const,
        'disconnected' as const,
        'forbidden' as const,
        'paused' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('forget' as const), context }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('bind' as const), isBound: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('wait' as const), milliseconds: fc.constantFrom(50, 220, 5000) }),
  },
);
