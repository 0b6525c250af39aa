import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runPlan, type PlanOptions, type PlanStep } from '../../client/commands/object-action/run-plan';
import { checklistText, type CheckItem } from '../../client/status/texts/checklist';
import { hr, id, ks, obey, open, patches, stored } from './support/request-scene';
import { type Scene } from './support/scene';

const source = id('GitRepository', 'source.toolkit.fluxcd.io', 'src');
const options: PlanOptions = {
  context: 'test',
  note: { by: 'me', reason: 'a look' },
  timeout: 60_000,
  stopsAtFailure: true,
};

type Opened = Awaited<ReturnType<typeof open>>;

async function run(
  scene: Opened,
  steps: readonly PlanStep[],
  more: Partial<PlanOptions> = {},
  signal = new AbortController().signal,
) {
  const seen: string[] = [];
  const show = (items: readonly CheckItem[]): void => {
    const states = items.map(({ state }) => state).join(' ');
    if (seen.at(-1) !== states) seen.push(states);
  };
  let result: Awaited<ReturnType<typeof runPlan>> | undefined;
  void runPlan(scene.requests, steps, { ...options, ...more }, show, signal).then((ended) => (result = ended));
  await scene.clock.advanceUntil(() => result !== undefined, 300_000);
  assert.ok(result);
  return { seen, result };
}

const names = (scene: Scene): unknown[] => patches(scene).map((patch) => (patch as unknown[])[0]);

test('a chain is asked in order, each awaited, force for the object alone', async (context) => {
  const scene = await open(context);
  scene.server.put(stored(source, 'v1', {}));
  scene.server.put(stored(hr, 'v2', {}));
  obey(scene);
  const steps: PlanStep[] = [source, hr].map((one) => ({ id: one, action: 'reconcile' }));
  const { seen, result } = await run(scene, steps, { force: true });
  assert.deepEqual(seen, ['open open', 'working open', 'done open', 'done working', 'done done']);
  assert.deepEqual(names(scene), ['gitrepositories/src', 'helmreleases/app']);
  assert.deepEqual(
    scene.server.seen.filter(({ body }) => body.includes('forceAt')).map(({ path }) => path.split('/').at(-1)),
    ['app'],
  );
  assert.deepEqual(result.failed, []);
  assert.deepEqual(result.done, [], 'a reconciliation is nothing to take back');
});

test('what comes after a failure in a chain is left out, and says so', async (context) => {
  const scene = await open(context);
  scene.server.put(stored(source, 'v1', {}));
  scene.server.put(stored(ks, 'v1', {}));
  obey(scene, 'False', 'ProgressingWithRetry');
  const steps: PlanStep[] = [source, ks].map((one) => ({ id: one, action: 'reconcile' }));
  const { result } = await run(scene, steps);
  assert.deepEqual(names(scene), ['gitrepositories/src']);
  assert.equal(
    checklistText('Chain', result.items),
    'Chain\n\nFailed first: GitRepository apps/src\n    applied revision main@sha1:1\n\n[✗] GitRepository apps/src – applied revision main@sha1:1\n[–] Kustomization apps/app – what it needs has failed\n',
  );
});

test('many are suspended with who and why; one that fails does not stop the others', async (context) => {
  const scene = await open(context);
  scene.server.put(stored(ks, 'v1', {}));
  scene.server.put(stored(hr, 'v2', {}));
  const gone = id('Kustomization', ks.group, 'gone');
  const steps: PlanStep[] = [ks, gone, hr].map((one) => ({ id: one, action: 'suspend' }));
  const { result } = await run(scene, steps, { stopsAtFailure: false });
  assert.deepEqual(
    result.done.map(({ id: live, action }) => `${action} ${live}`),
    [`suspend test|${ks.group}/Kustomization/apps/app`, `suspend test|${hr.group}/HelmRelease/apps/app`],
  );
  assert.deepEqual(result.failed, ['Kustomization apps/gone']);
  const annotations = scene.server.objects.get(`${hr.group}/HelmRelease/apps/app`)?.metadata.annotations;
  assert.deepEqual(annotations, {
    'fluxcd.controlplane.io/suspendedBy': 'me',
    'fluxwright.dev/suspend-reason': 'a look',
  });
  const back = await run(
    scene,
    [hr, ks].map((one) => ({ id: one, action: 'resume' })),
  );
  assert.equal(back.result.done.length, 2);
  assert.equal(scene.server.objects.get(`${ks.group}/Kustomization/apps/app`)?.['spec'] !== undefined, true);
});

test('cancelling ends the step that runs and leaves the rest open', async (context) => {
  const scene = await open(context);
  scene.server.put(stored(source, 'v1', {}));
  scene.server.put(stored(ks, 'v1', {}));
  const cancel = new AbortController();
  // Nobody answers the request.
  scene.server.controller = () => {
    cancel.abort();
    return undefined;
  };
  const steps: PlanStep[] = [source, ks].map((one) => ({ id: one, action: 'reconcile' }));
  const { result } = await run(scene, steps, {}, cancel.signal);
  assert.equal(result.isCancelled, true);
  assert.deepEqual(
    result.items.map(({ state }) => state),
    ['open', 'open'],
  );
  assert.deepEqual(names(scene), ['gitrepositories/src']);
});

test('a write whose answer did not come counts as made, so that it can be taken back', async (context) => {
  const scene = await open(context);
  scene.server.put(stored(ks, 'v1', {}));
  scene.server.put(stored(hr, 'v2', {}));
  const cancel = new AbortController();
  // The server has written it when the user cancels.
  scene.server.controller = () => {
    cancel.abort();
    return undefined;
  };
  const steps: PlanStep[] = [ks, hr].map((one) => ({ id: one, action: 'suspend' }));
  const { result } = await run(scene, steps, { stopsAtFailure: false }, cancel.signal);
  assert.deepEqual(scene.server.objects.get(`${ks.group}/Kustomization/apps/app`)?.['spec'], { suspend: true });
  assert.deepEqual(
    result.done.map(({ id: live, action }) => `${action} ${live}`),
    [`suspend test|${ks.group}/Kustomization/apps/app`],
  );
  assert.deepEqual(
    result.items.map(({ state, message }) => `${state} ${message}`),
    ['open cancelled, and perhaps suspended', 'open '],
  );
});

test('a login that is over ends the plan, and is not tried again for what is left', async (context) => {
  const scene = await open(context);
  const names = ['a', 'b', 'c', 'd'].map((name) => id('Kustomization', ks.group, name));
  for (const one of names) scene.server.put(stored(one, 'v1', {}));
  let written = 0;
  scene.server.controller = () => {
    if (++written === 2) scene.server.users.set('another', 'me');
    return undefined;
  };
  const steps: PlanStep[] = names.map((one) => ({ id: one, action: 'suspend' }));
  const { result } = await run(scene, steps, { stopsAtFailure: false });
  assert.deepEqual(
    result.items.map(({ state }) => state),
    ['done', 'done', 'failed', 'skipped'],
  );
  assert.equal(result.items[3]?.message, 'the connection is over');
  assert.equal(result.done.length, 2);
  const refused = scene.server.seen.filter(({ method }) => method === 'PATCH').length - written;
  assert.ok(refused <= 2, `${refused} requests with a login that is not let in`);
  // Whoever kept hold of the connection sends nothing either.
  const sent = scene.server.seen.length;
  assert.equal((await scene.requests.get(ks)).failure?.name, 'login-failed');
  assert.equal(scene.server.seen.length, sent);
});

test('a connection that is closed under a plan ends it', async (context) => {
  const scene = await open(context);
  const names = ['a', 'b', 'c'].map((name) => id('Kustomization', ks.group, name));
  for (const one of names) scene.server.put(stored(one, 'v1', {}));
  scene.server.controller = () => {
    // The context is taken out of the kubeconfig while the second is written.
    if (patches(scene).length === 2) void scene.contexts.disconnect('test');
    return undefined;
  };
  const steps: PlanStep[] = names.map((one) => ({ id: one, action: 'suspend' }));
  const { result } = await run(scene, steps, { stopsAtFailure: false });
  assert.equal(patches(scene).length, 2);
  assert.deepEqual(
    result.items.map(({ state }) => state),
    ['done', 'failed', 'skipped'],
  );
  assert.equal(result.done.length, 2, 'the second may have been written');
});

test('a read-only context refuses every step', async (context) => {
  const scene = await open(context, { readOnly: true });
  scene.server.put(stored(ks, 'v1', {}));
  const { result } = await run(
    scene,
    [
      { id: ks, action: 'suspend' },
      { id: ks, action: 'reconcile' },
    ],
    { stopsAtFailure: false },
  );
  assert.equal(result.failed.length, 2);
  assert.deepEqual(patches(scene), []);
});
