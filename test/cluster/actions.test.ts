import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { parse } from 'yaml';
import { compareObject } from '../../client/commands/cluster/compare-object';
import { runPlan, type PlanStep } from '../../client/commands/object-action/run-plan';
import { type Contexts, type Requests } from '../../client/kube/kube';
import { deletionFacts, type DeletionFacts } from '../../client/status/deletion/deletion-facts';
import { protectedReason } from '../../client/status/deletion/protected';
import { compared } from '../../client/status/difference/compared';
import { machineClock } from '../../client/status/clock';
import { freezePlan } from '../../client/status/freeze/freeze-plan';
import { unfreezePlan } from '../../client/status/freeze/resume-plan';
import { undoOf, type SuspendStep } from '../../client/status/freeze/undo';
import { parseLiveId } from '../../client/status/live/live-id';
import { StatusStore } from '../../client/status/store/status-store';
import { trace } from '../../client/status/trace/trace';
import { traceText } from '../../client/status/trace/trace-text';
import { exported } from '../../client/status/yaml/exported';
import { printYaml } from '../../client/status/yaml/print-yaml';
import { describe as nameOf, parseResourceKey, resourceKey, type ResourceId } from '../../server/model/resource-id';
import { benchContexts } from './support/bench-client';
import { Bench, benchIsMissing, eventually } from './support/bench';

const missing = benchIsMissing();
if (missing !== undefined) console.log(`SKIPPED: commands on the real cluster. ${missing}. Nothing below was proved.`);
const skip = missing === undefined ? false : missing;

const id = (group: string, kind: string, namespace: string, name: string): ResourceId => ({
  group: group === '' ? '' : `${group}.toolkit.fluxcd.io`,
  kind,
  namespace,
  name,
});
const ks = (name: string, namespace = 'flux-system'): ResourceId => id('kustomize', 'Kustomization', namespace, name);

describe('commands on the real API server', { skip }, () => {
  let bench: Bench;
  let contexts: Contexts;
  let requests: Requests;
  const store = new StatusStore(machineClock);
  const read = async (one: ResourceId) => (await requests.get(one)).value;
  const phaseOf = (one: ResourceId): string | undefined => store.statusIn('admin', resourceKey(one))?.phase;

  before(async () => {
    bench = Bench.start();
    contexts = benchContexts(bench.kubeconfig, store);
    assert.deepEqual(await contexts.connect('admin'), { name: 'connected' });
    const found = contexts.requests('admin');
    assert.ok(found);
    requests = found;
    bench.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'compare' } });
    await eventually('the seed', () => phaseOf(ks('ready')) === 'ready' && phaseOf(ks('flux-system')) === 'ready', 120);
    const release = id('helm', 'HelmRelease', 'apps', 'hello');
    await eventually('a release', () => phaseOf(release) === 'ready', 120);
  });
  after(() => {
    contexts.dispose();
    store.dispose();
    bench.stop();
  });

  const exports: readonly (readonly [ResourceId, readonly string[]])[] = [
    [ks('ready'), ['kustomization']],
    [ks('flux-system'), ['kustomization']],
    [id('helm', 'HelmRelease', 'apps', 'hello'), ['helmrelease']],
    [id('source', 'GitRepository', 'flux-system', 'flux-system'), ['source', 'git']],
    [id('source', 'GitRepository', 'flux-system', 'private'), ['source', 'git']],
    [id('source', 'HelmRepository', 'flux-system', 'charts'), ['source', 'helm']],
    [id('source', 'HelmChart', 'flux-system', 'apps-hello'), ['source', 'chart']],
    [id('source', 'OCIRepository', 'flux-system', 'no-registry'), ['source', 'oci']],
  ];
  for (const [one, cli] of exports) {
    test(`export of ${nameOf(one)}: every field as the CLI of Flux prints it`, async () => {
      const object = await read(one);
      assert.ok(object);
      const theirs = await bench.fluxPrints('export', ...cli, one.name, '-n', one.namespace);
      assert.deepEqual(normal(parse(printYaml(exported(object)))), normal(parse(theirs)));
    });
  }

  const traced: readonly (readonly [ResourceId, string])[] = [
    [ks('ready'), 'kustomization'],
    [id('helm', 'HelmRelease', 'apps', 'hello'), 'helmrelease'],
    [{ group: 'apps', kind: 'Deployment', namespace: 'apps', name: 'hello' }, 'deployment'],
  ];
  for (const [one, kind] of traced) {
    test(`trace of ${nameOf(one)}: every line as the CLI of Flux prints it`, async () => {
      const object = await read(one);
      assert.ok(object, 'the object');
      const blocks = await trace(object, read);
      assert.ok(typeof blocks !== 'string', 'not managed');
      const theirs = await bench.fluxPrints('trace', kind, one.name, '-n', one.namespace);
      assert.deepEqual(linesOf(traceText(blocks)), linesOf(theirs));
    });
  }

  test('force and reset: helm-controller handles both with the token of the request', async () => {
    const release = id('helm', 'HelmRelease', 'apps', 'hello');
    const options = { withSource: false, force: true, reset: true, timeout: 60_000 };
    const { value, failure } = await requests.reconcile(release, options, () => undefined);
    assert.equal(failure, undefined);
    assert.equal(value.name, 'ready');
    const { status = {} } = (await read(release)) as { status?: Record<string, unknown> };
    assert.equal(status['lastHandledForceAt'], status['lastHandledReconcileAt']);
    assert.equal(status['lastHandledResetAt'], status['lastHandledReconcileAt']);
  });

  async function made(name: string, spec: object): Promise<{ one: ResourceId; facts: DeletionFacts; uid: string }> {
    const one = ks(name, 'compare');
    bench.apply({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name, namespace: 'compare' },
      spec: {
        interval: '10m',
        path: './apps/base',
        targetNamespace: 'compare',
        namePrefix: `${name}-`,
        sourceRef: { kind: 'GitRepository', name: 'flux-system', namespace: 'flux-system' },
        ...spec,
      },
    });
    await eventually(`${name} is ready`, () => phaseOf(one) === 'ready' || phaseOf(one) === 'suspended', 60);
    const object = await read(one);
    assert.ok(object);
    const facts = await deletionFacts(store, 'admin', one, object, read);
    return { one, facts, uid: (object['metadata'] as { uid: string }).uid };
  }

  test('what the dialog of a deletion says is what the controller does', async () => {
    const { one, facts, uid } = await made('gone', { prune: true });
    assert.equal(facts.consequence.name, 'pruned');
    assert.ok(facts.deleted.length > 0);
    for (const child of facts.deleted) assert.ok(await read(child), nameOf(child));
    assert.equal((await requests.delete(one, { propagation: 'Background', uid })).failure, undefined);
    for (const child of facts.deleted) {
      await eventually(`${nameOf(child)} goes`, async () => (await read(child)) === undefined, 60);
    }
  });

  for (const [name, spec, why] of [
    ['kept', { prune: false }, 'its spec.prune is not true'],
    ['orphan', { prune: true, deletionPolicy: 'Orphan' }, 'its spec.deletionPolicy is Orphan'],
    ['asleep', { prune: true }, 'it is suspended'],
  ] as const) {
    test(`a deletion that leaves objects says why: ${why}`, async () => {
      const { one, uid } = await made(name, spec);
      if (name === 'asleep') assert.equal((await requests.suspend(one, { by: '', reason: '' })).failure, undefined);
      const object = await read(one);
      assert.ok(object);
      const facts = await deletionFacts(store, 'admin', one, object, read);
      assert.deepEqual(facts.consequence, { name: 'orphaned', why });
      assert.deepEqual(facts.deleted, []);
      const inventory = store.statusIn('admin', resourceKey(one))?.inventory ?? [];
      assert.ok(inventory.length > 0);
      assert.equal((await requests.delete(one, { propagation: 'Background', uid })).failure, undefined);
      await eventually('it goes', async () => (await read(one)) === undefined, 60);
      const child: ResourceId = { group: '', kind: 'ConfigMap', namespace: 'compare', name: `${name}-base` };
      assert.ok(inventory.some((entry) => entry.startsWith('compare_')));
      const left = await bench.kubectl('get', 'configmap', '-n', 'compare', '-o', 'name');
      assert.match(left, new RegExp(`configmap/${child.name.slice(0, name.length + 1)}`));
    });
  }

  test('the root sync and its source are never offered', () => {
    assert.match(protectedReason(store, 'admin', ks('flux-system')) ?? '', /is the root sync/);
    const source = id('source', 'GitRepository', 'flux-system', 'flux-system');
    assert.match(protectedReason(store, 'admin', source) ?? '', /is the source of the root sync/);
    assert.equal(protectedReason(store, 'admin', ks('ready')), undefined);
  });

  test('a comparison after a dry run shows the field that drifted, and nothing that the server sets', async () => {
    const one: ResourceId = { group: '', kind: 'ConfigMap', namespace: 'compare', name: 'compared' };
    const rendered = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'compared', namespace: 'compare' },
      data: { a: '1', b: '1' },
    };
    bench.apply(rendered);
    const equal = await requests.dryRun(rendered, one, 'kustomize-controller');
    const side = { rendered, note: '', owner: undefined };
    assert.equal(compared({ ...side, live: await read(one), dryRun: equal.value }).isEqual, true);
    await bench.kubectl(
      'patch',
      'configmap',
      'compared',
      '-n',
      'compare',
      '--type',
      'merge',
      '-p',
      '{"data":{"a":"2"}}',
    );
    const { value } = await requests.dryRun(rendered, one, 'kustomize-controller');
    const drifted = compared({ ...side, live: await read(one), dryRun: value });
    const [live, git] = [drifted.live.split('\n'), drifted.rendered.split('\n')];
    assert.deepEqual(
      live.flatMap((line, index) => (line === git[index] ? [] : [`${line} ↔ ${git[index]}`])),
      ['  a: "2" ↔   a: "1"'],
    );
  });

  test('what a comparison says that Flux takes back goes with the next reconciliation', async () => {
    const one: ResourceId = { group: '', kind: 'ConfigMap', namespace: 'apps', name: 'ready' };
    const git = await read(one);
    assert.ok(git);
    const rendered = exported(git);
    const compare = async () => {
      const { value } = await compareObject(
        requests,
        { id: one, rendered, owner: undefined },
        new AbortController().signal,
      );
      assert.ok(value);
      return value;
    };
    assert.deepEqual([(await compare()).isEqual, (await compare()).notes], [true, []]);
    const patch = '{"data":{"added":"by-hand"}}';
    await bench.kubectl('patch', 'configmap', 'ready', '-n', 'apps', '--type', 'merge', '-p', patch);
    const { isEqual, notes } = await compare();
    assert.equal(isEqual, false);
    assert.deepEqual(notes, ['Flux takes back what kubectl-patch has set and Git does not: /data/added.']);
    const options = { withSource: false, force: false, reset: false, timeout: 60_000 };
    const { value, failure } = await requests.reconcile(ks('ready'), options, () => undefined);
    assert.equal(value?.name, 'ready', failure?.message);
    assert.deepEqual((await read(one))?.['data'], git['data']);
    assert.equal((await compare()).isEqual, true);
  });

  test('a freeze suspends all in order, holds, and is undone in order', async () => {
    const before = new Set(await suspended());
    const plan = freezePlan(store, 'admin', { field: () => ({ name: 'absent' }) });
    const signal = new AbortController().signal;
    const carryOut = (steps: readonly SuspendStep[]) =>
      runPlan(
        requests,
        stepsOf(steps),
        { context: 'admin', note: { by: 'me', reason: 'a test' }, timeout: 1, stopsAtFailure: false },
        () => undefined,
        signal,
      );
    const frozen = await carryOut(plan.steps);
    assert.deepEqual(frozen.failed, []);
    assert.equal(frozen.done.length, plan.steps.length);
    const all = JSON.parse(await bench.kubectl('get', 'kustomizations,helmreleases', '-A', '-o', 'json')) as {
      items: { spec: { suspend?: boolean } }[];
    };
    assert.ok(all.items.length > 10);
    assert.ok(all.items.every(({ spec }) => spec.suspend === true));
    await eventually(
      'the watch tells',
      () => freezePlan(store, 'admin', { field: () => ({ name: 'absent' }) }).steps.length === 0,
    );
    const back = unfreezePlan(store, undoOf(frozen.done, 0, 'me', 'a test'));
    assert.equal(back.steps.length, frozen.done.length);
    const names = back.steps.map(({ id: live }) => parseLiveId(live)?.key);
    const at = (one: ResourceId): number => names.indexOf(resourceKey(one));
    assert.ok(at(ks('flux-system')) < at(ks('ready')), 'who applies comes first');
    assert.ok(at(ks('ready')) < at(ks('dependent-ready')), 'what is needed comes first');
    assert.deepEqual((await carryOut(back.steps)).failed, []);
    assert.deepEqual(await suspended(), [...before].sort());
  });

  async function suspended(): Promise<string[]> {
    const { items } = JSON.parse(await bench.kubectl('get', 'kustomizations,helmreleases', '-A', '-o', 'json')) as {
      items: { kind: string; metadata: { namespace: string; name: string }; spec: { suspend?: boolean } }[];
    };
    return items
      .filter(({ spec }) => spec.suspend === true)
      .map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)
      .sort();
  }
});

const stepsOf = (steps: readonly SuspendStep[]): PlanStep[] =>
  steps.flatMap(({ id: live, action }) => {
    const one = parseResourceKey(parseLiveId(live)?.key ?? '');
    return one === undefined ? [] : [{ id: one, action }];
  });

/** Durations in one form, which the CLI's types write as Go does (`1m0s`), and without kubectl's copy. */
function normal(value: unknown): unknown {
  if (typeof value === 'string') return secondsOf(value) ?? value;
  if (Array.isArray(value)) return value.map(normal);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'kubectl.kubernetes.io/last-applied-configuration');
  const isEmptied = entries.length === 0 && Object.keys(value).length > 0;
  return isEmptied
    ? undefined
    : Object.fromEntries(
        entries.flatMap(([key, one]) => {
          const found = normal(one);
          return found === undefined ? [] : [[key, found]];
        }),
      );
}

function secondsOf(text: string): number | undefined {
  const [, hours, minutes, seconds] = /^(?=\d)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text) ?? [];
  if ((hours ?? minutes ?? seconds) === undefined) return undefined;
  return Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}

/** Lines of a trace without what only aligns them; times in one form. */
function linesOf(text: string): string[] {
  return text
    .trim()
    .split('\n')
    .map((line) => line.replace(/^([^:]+):\s*/, '$1: ').trim())
    .map((line) =>
      line.replace(
        /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d) \w+/,
        (_, day: string, time: string, h: string, m: string) =>
          new Date(`${day}T${time}${h}:${m}`).toISOString().replace('.000Z', 'Z'),
      ),
    );
}
