import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { secretKeyNames } from '../../client/status/difference/secret-key-names';
import { FollowedLog, type LineStream } from '../../client/status/followed-log';
import { type ResourceId } from '../../server/model/resource-id';
import { status } from './support/answers';
import { until } from './support/manual-clock';
import { type StoredObject } from './support/stored-object';
import { flux, id, ks, open, patches, stored } from './support/request-scene';

describe('objects', () => {
  test('a name cannot lead elsewhere', async (context) => {
    const scene = await open(context);
    for (const name of ['..', '../../secrets/x', 'a?watch=true', 'a/b']) await scene.requests.get({ ...ks, name });
    const paths = scene.server.seen.map(({ path }) => path).filter((path) => path.includes('/namespaces/'));
    assert.equal(paths.length, 4);
    for (const path of paths)
      assert.match(path, /^\/apis\/kustomize\.toolkit\.fluxcd\.io\/v1\/namespaces\/apps\/kustomizations\/[^/]+$/);
  });

  test('deleting names the object that was looked at, and how', async (context) => {
    const scene = await open(context);
    const { metadata } = scene.server.put(stored(ks, 'v1', {}));
    const wrong = await scene.requests.delete(ks, { propagation: 'Foreground', uid: 'another' });
    assert.equal(wrong.failure?.name, 'conflict');
    assert.equal(
      (await scene.requests.delete(ks, { propagation: 'Foreground', uid: metadata.uid ?? '', dryRun: true })).failure,
      undefined,
    );
    assert.equal(scene.server.objects.size, 1);
    assert.equal(
      (await scene.requests.delete(ks, { propagation: 'Foreground', uid: metadata.uid ?? '', resourceVersion: '1' }))
        .failure,
      undefined,
    );
    assert.equal(scene.server.objects.size, 0);
    assert.deepEqual(JSON.parse(scene.server.seen.findLast(({ method }) => method === 'DELETE')?.body ?? ''), {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: 'Foreground',
      preconditions: { uid: metadata.uid, resourceVersion: '1' },
    });
  });

  test('a Secret comes without values, and its keys are told by its managers', async (context) => {
    const scene = await open(context);
    const secret = id('Secret', '', 'token');
    scene.server.put({
      ...stored(secret, 'v1', {}),
      data: { password: 'cGxhbnRlZA==' },
      metadata: {
        name: 'token',
        namespace: 'apps',
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': 'cGxhbnRlZA==', kept: 'yes' },
        managedFields: [{ fieldsV1: { 'f:data': { '.': {}, 'f:password': {}, 'f:user': {} } } }],
      },
    });
    const { value } = await scene.requests.get(secret);
    assert.ok(value);
    assert.doesNotMatch(JSON.stringify(value), /cGxhbnRlZA|planted/);
    assert.deepEqual(secretKeyNames(value), ['password', 'user']);
    assert.match(
      scene.server.seen.find(({ path }) => path.endsWith('/secrets/token'))?.headers.accept ?? '',
      /^application\/json;as=PartialObjectMetadata;/,
    );
    assert.equal((await scene.requests.dryRun({ apiVersion: 'v1' }, secret, 'x')).failure?.name, 'refused');
  });

  test('a dry run is a server-side apply that does nothing', async (context) => {
    const scene = await open(context);
    scene.server.put(stored(ks, 'v1', { path: './x' }));
    const { value } = await scene.requests.dryRun(
      { apiVersion: `kustomize.${flux}/v1`, spec: { path: './y' } },
      ks,
      'kustomize-controller',
    );
    assert.deepEqual(value?.['spec'], { path: './y' });
    const [, type, query] = patches(scene)[0] as string[];
    assert.deepEqual(
      [type, query],
      ['application/apply-patch+yaml', 'dryRun=All&fieldManager=kustomize-controller&force=true'],
    );
    assert.deepEqual(scene.server.objects.get(`kustomize.${flux}/Kustomization/apps/app`)?.['spec'], { path: './x' });
  });

  test('what is not there, and kinds that are not', async (context) => {
    const scene = await open(context);
    const missing = await scene.requests.get(ks);
    assert.deepEqual(missing.failure, {
      name: 'absent',
      message: 'Could not read Kustomization apps/app of test: kustomizations "app" not found.',
    });
    const unknown = await scene.requests.get(id('Widget', 'example.org'));
    assert.equal(unknown.failure?.name, 'absent');
    scene.server.put({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'app', namespace: 'apps' } });
    assert.equal((await scene.requests.get(id('Deployment', 'apps'))).value?.['kind'], 'Deployment');
    scene.server.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'apps' } });
    assert.equal(
      (await scene.requests.get({ group: '', kind: 'Namespace', namespace: '', name: 'apps' })).value?.['kind'],
      'Namespace',
    );
  });
});

test('a version that an upgrade takes away is looked up again', async (context) => {
  const scene = await open(context, { kinds: ['Kustomization'] });
  scene.server.put(stored(ks, 'v1', {}));
  const asked = async (): Promise<string> => {
    const { value } = await scene.requests.get(ks);
    return value === undefined ? 'absent' : (scene.server.seen.at(-1)?.path.split('/')[3] ?? '');
  };
  assert.equal(await asked(), 'v1');
  scene.server.resources = scene.server.resources.map((one) =>
    one.kind === 'Kustomization' ? { ...one, version: 'v1beta2' } : one,
  );
  const before = scene.server.seen.length;
  await asked();
  assert.equal(scene.server.seen.length, before + 1, 'what was found is kept');
  scene.clock.sleep(10 * 60_000);
  assert.equal(await asked(), 'v1beta2');
});

describe('events and logs', () => {
  test('events of one object, newest first', async (context) => {
    const scene = await open(context);
    const event = (name: string, involved: ResourceId, last: string, more: object = {}): StoredObject => ({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {
        name,
        namespace: involved.namespace || 'default',
        annotations: { [`kustomize.${flux}/revision`]: 'main@sha1:1' },
      },
      involvedObject: { ...involved, apiVersion: `${involved.group}/v1` },
      type: 'Normal',
      reason: name,
      message: 'm',
      lastTimestamp: last,
      source: { component: 'kustomize-controller' },
      ...more,
    });
    scene.server.put(event('old', ks, '2026-01-01T00:00:00Z', { count: 3 }));
    scene.server.put(event('new', ks, '2026-01-02T00:00:00Z', { type: 'Warning' }));
    scene.server.put(
      event('series', ks, '', {
        lastTimestamp: null,
        eventTime: '2026-01-01T12:00:00Z',
        reportingComponent: 'x',
        source: {},
      }),
    );
    scene.server.put(event('other', { ...ks, name: 'b' }, '2026-01-03T00:00:00Z'));
    scene.server.put(event('namesake', { ...ks, group: 'example.org' }, '2026-01-03T00:00:00Z'));
    const { value } = await scene.requests.events(ks);
    assert.deepEqual(
      value?.map(({ reason, count, last, source, revision, type }) => [reason, count, last, source, revision, type]),
      [
        ['new', 1, '2026-01-02T00:00:00Z', 'kustomize-controller', 'main@sha1:1', 'Warning'],
        ['series', 1, '2026-01-01T12:00:00Z', 'x', 'main@sha1:1', 'Normal'],
        ['old', 3, '2026-01-01T00:00:00Z', 'kustomize-controller', 'main@sha1:1', 'Normal'],
      ],
    );
  });

  test('log lines of one object, of the controllers of its kind', async (context) => {
    const scene = await open(context);
    const pod = (name: string, app: string): StoredObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'flux-system', labels: { app } },
    });
    scene.server.put(pod('kustomize-controller-1', 'kustomize-controller'));
    scene.server.put(pod('helm-controller-1', 'helm-controller'));
    const line = (more: object): string =>
      JSON.stringify({
        level: 'info',
        ts: '2026-01-01T00:00:00Z',
        msg: 'm',
        controllerKind: 'Kustomization',
        name: 'app',
        namespace: 'apps',
        ...more,
      });
    const lines = [
      line({}),
      line({ level: 'error', msg: 'failed', error: 'why' }),
      line({ name: 'app2' }),
      line({ namespace: 'other' }),
      line({ controllerKind: 'HelmRelease' }),
      line({ name: undefined, namespace: undefined, Kustomization: { name: 'app', namespace: 'apps' }, msg: 'named' }),
      'not json app',
    ];
    scene.server.logs.set('kustomize-controller-1', `${lines.join('\n')}\n`);
    scene.server.logs.set('helm-controller-1', `${line({})}\n`);
    const found: string[] = [];
    const query = { namespace: 'flux-system', sinceSeconds: 600, follow: false };
    const { failure } = await scene.requests.logs(ks, query, ({ pod: from, message, error }) =>
      found.push(`${from} ${message} ${error}`),
    );
    assert.equal(failure, undefined);
    assert.deepEqual(
      found,
      ['m ', 'failed why', 'named '].map((text) => `kustomize-controller-1 ${text}`),
    );
  });
});

test('log lines of the operator, whose pods have no label app', async (context) => {
  const scene = await open(context);
  const labels = { 'app.kubernetes.io/name': 'flux-operator' };
  const metadata = { name: 'flux-operator-1', namespace: 'flux-system', labels };
  scene.server.put({ apiVersion: 'v1', kind: 'Pod', metadata });
  const line = { level: 'info', msg: 'm', controllerKind: 'ResourceSet', name: 'app', namespace: 'apps' };
  scene.server.logs.set('flux-operator-1', `${JSON.stringify(line)}\n`);
  const found: string[] = [];
  const query = { namespace: 'flux-system', sinceSeconds: 600, follow: false };
  await scene.requests.logs(id('ResourceSet', 'fluxcd.controlplane.io'), query, ({ pod, message }) =>
    found.push(`${pod} ${message}`),
  );
  assert.deepEqual(found, ['flux-operator-1 m']);
});

describe('following a log', () => {
  const pod = (name: string): StoredObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'flux-system', labels: { app: 'kustomize-controller' } },
  });
  const line = (msg: string, name = 'app'): string =>
    `${JSON.stringify({ ts: '2026-01-01T00:00:00Z', msg, controllerKind: 'Kustomization', name, namespace: 'apps' })}\n`;
  const query = { namespace: 'flux-system', sinceSeconds: 60, follow: true };

  test('lines come as they are written, until the signal fires, and nothing is left open', async (context) => {
    const scene = await open(context);
    scene.server.put(pod('kc-1'));
    scene.server.writeLog('kc-1', line('before'));
    const found: string[] = [];
    const end = new AbortController();
    const over = scene.requests.logs(ks, query, ({ message }) => void found.push(message), end.signal);
    await until(() => found.length === 1 && scene.server.followersOf('kc-1') === 1);
    scene.server.writeLog('kc-1', line('of another', 'other') + line('after'));
    await until(() => found.length === 2);
    // A silent stream is no dead one.
    await scene.clock.advance(600_000);
    scene.server.writeLog('kc-1', line('late'));
    await until(() => found.length === 3);
    end.abort();
    assert.equal((await over).failure?.name, 'cancelled');
    await until(() => scene.server.followersOf('kc-1') === 0);
    assert.deepEqual(found, ['before', 'after', 'late']);
  });

  test('what one pod refuses ends the streams of the others', async (context) => {
    const scene = await open(context);
    scene.server.put(pod('kc-1'));
    scene.server.put(pod('kc-2'));
    scene.server.intercept = ({ path }) => (path.includes('/kc-2/') ? status(403, 'Forbidden', 'no') : undefined);
    const { failure } = await scene.requests.logs(ks, query, () => undefined);
    assert.equal(failure?.name, 'forbidden');
    await until(() => scene.server.followersOf('kc-1') === 0);
  });

  test('a controller that is started anew is followed again, and no line is shown twice', async (context) => {
    const scene = await open(context);
    scene.server.put(pod('kc-1'));
    scene.server.writeLog('kc-1', line('one'));
    const end = new AbortController();
    let changes = 0;
    const stream: LineStream = async (sinceSeconds, onLine, signal) =>
      (await scene.requests.logs(ks, { ...query, sinceSeconds }, onLine, signal)).failure;
    const log = new FollowedLog(scene.clock, stream, [], () => changes++);
    const over = log.follow(end.signal);
    await scene.clock.advanceUntil(() => log.lines.length === 1, 5_000);
    scene.server.endLog('kc-1');
    scene.server.remove(pod('kc-1'));
    scene.server.put(pod('kc-2'));
    scene.server.writeLog('kc-2', line('two'));
    await scene.clock.advanceUntil(() => log.lines.length === 2, 10_000);
    scene.server.endLog('kc-2');
    await scene.clock.advanceUntil(() => scene.server.followersOf('kc-2') === 0, 5_000);
    await scene.clock.advanceUntil(() => scene.server.followersOf('kc-2') === 1, 10_000);
    scene.server.writeLog('kc-2', line('three'));
    await scene.clock.advanceUntil(() => log.lines.length === 3, 5_000);
    end.abort();
    assert.equal(await over, undefined);
    assert.deepEqual(
      log.lines.map(({ message }) => message),
      ['one', 'two', 'three'],
    );
    assert.ok(changes > 0 && changes <= 3, 'at most one change a second');
  });

  test('a login that may not read logs is told, and not asked again', async (context) => {
    const scene = await open(context);
    scene.server.put(pod('kc-1'));
    scene.server.allows = (_, verb, { plural }) => verb === 'list' || plural !== 'pods';
    const log = new FollowedLog(
      scene.clock,
      async (sinceSeconds, onLine, signal) =>
        (await scene.requests.logs(ks, { ...query, sinceSeconds }, onLine, signal)).failure,
      [],
      () => undefined,
    );
    assert.match((await log.follow(new AbortController().signal)) ?? '', /forbidden/);
  });
});

describe('what the user may do', () => {
  test('is asked once a minute, and once for equal questions at one time', async (context) => {
    const scene = await open(context);
    scene.server.allows = (_, verb) => verb === 'patch';
    const asked = (): number => scene.server.seen.filter(({ path }) => path.endsWith('reviews')).length;
    const ask = async (verb: string): Promise<unknown> => (await scene.requests.mayI({ verb, id: ks })).value;
    assert.deepEqual(await Promise.all([ask('patch'), ask('patch'), ask('delete')]), [true, true, false]);
    assert.equal(asked(), 2);
    await scene.clock.advance(59_000);
    await ask('patch');
    assert.equal(asked(), 2);
    await scene.clock.advance(2_000);
    await ask('patch');
    assert.equal(asked(), 3);
    assert.equal((await scene.requests.whoAmI()).value, 'anyone');
  });

  test('of many kinds at one time the server is asked for its kinds once', async (context) => {
    const scene = await open(context);
    const before = scene.server.seen.length;
    const kinds = ['Kustomization', 'HelmRelease', 'GitRepository', 'HelmChart', 'Canary'];
    const groups = [`kustomize.${flux}`, `helm.${flux}`, `source.${flux}`, `source.${flux}`, 'flagger.app'];
    await Promise.all(
      kinds.map((kind, at) => scene.requests.mayI({ verb: 'patch', id: id(kind, groups[at] ?? '', '', '') })),
    );
    const asked = scene.server.seen.slice(before).map(({ path }) => path);
    assert.equal(asked.filter((path) => path === '/apis').length, 1);
    assert.equal(asked.filter((path) => path.endsWith('/selfsubjectaccessreviews')).length, 5);
  });

  test('a failure is not kept', async (context) => {
    const scene = await open(context);
    await scene.requests.get(ks);
    scene.server.intercept = () => status(500, 'X', 'no');
    assert.equal((await scene.requests.mayI({ verb: 'patch', id: ks })).failure?.name, 'server-error');
    scene.server.intercept = () => undefined;
    assert.equal((await scene.requests.mayI({ verb: 'patch', id: ks })).value, true);
  });
});
