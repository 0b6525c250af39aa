import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { compareObject } from '../../client/commands/cluster/compare-object';
import { eachOf } from '../../client/commands/cluster/each-of';
import { type LiveObject } from '../../client/status/object-sink';
import { type ResourceId } from '../../server/model/resource-id';
import { status } from './support/answers';
import { id, open, patches, stored } from './support/request-scene';

const settings = id('ConfigMap', '', 'settings');
const rendered = (data: object, metadata: object = {}): LiveObject => ({
  ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'apps', ...metadata } },
  data: { ...data },
});

async function scene(context: TestContext) {
  const opened = await open(context);
  const compare = async (object: LiveObject, what: ResourceId = settings, owner?: LiveObject) =>
    compareObject(opened.requests, { id: what, rendered: object, owner }, new AbortController().signal);
  return Object.assign(opened, { compare });
}

test('both sides are those of the server where the login may apply, and nothing is written', async (context) => {
  const { server, compare, ...opened } = await scene(context);
  server.put({ ...stored(settings, 'v1', {}), data: { a: '1', added: 'by-others' } });
  const { value } = await compare(rendered({ a: '2' }));
  assert.ok(value);
  assert.deepEqual([value.isEqual, value.notes], [false, []]);
  assert.match(value.rendered, /added: by-others/);
  assert.deepEqual(
    patches({ server, ...opened }).map((patch) => (patch as unknown[]).slice(0, 3)),
    [
      [
        'configmaps/settings',
        'application/apply-patch+yaml',
        'dryRun=All&fieldManager=kustomize-controller&force=true',
      ],
    ],
  );
  assert.deepEqual(server.objects.get('/ConfigMap/apps/settings')?.['data'], { a: '1', added: 'by-others' });
});

test('a login that may change this name only has its dry run; another compares without', async (context) => {
  const notesOf = async (allowed: string): Promise<string> => {
    const { server, compare } = await scene(context);
    server.put({ ...stored(settings, 'v1', {}), data: { a: '1' } });
    server.allows = (_, verb) => verb !== 'patch';
    server.allowsName = (_, __, ___, ____, name) => name === allowed;
    return (await compare(rendered({ a: '1' }))).value?.notes.join() ?? 'failed';
  };
  assert.equal(await notesOf('settings'), '');
  assert.match(await notesOf('other'), /^Your login may not apply it\. Compared without a dry run/);
});

test('nothing of a Secret is sent or read, whatever its owner says', async (context) => {
  const { server, compare } = await scene(context);
  const secret = id('Secret', '', 'token');
  server.put({
    ...{ apiVersion: 'v1', kind: 'Secret', data: { password: 'cGxhbnRlZA==' } },
    metadata: { name: 'token', namespace: 'apps', managedFields: [{ fieldsV1: { 'f:data': { 'f:password': {} } } }] },
  });
  const { value } = await compare(
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'token', namespace: 'apps' }, data: { user: '(hidden)' } },
    secret,
    { spec: { force: true } },
  );
  assert.match(`${value?.live ?? ''}${value?.rendered ?? ''}`, /password: \(hidden\)[\s\S]*user: \(hidden\)/);
  assert.doesNotMatch(JSON.stringify(value), /cGxhbnRlZA|planted/);
  assert.deepEqual(
    server.seen
      .filter(({ method, path }) => method === 'PATCH' || path.includes('accessreview'))
      .map(({ path }) => path),
    [],
  );
});

test('objects with encrypted values and those that are missing are not sent', async (context) => {
  const { server, compare } = await scene(context);
  assert.deepEqual((await compare(rendered({ a: '1' }))).value?.notes, ['The cluster does not have it yet.']);
  server.put({ ...stored(settings, 'v1', {}), data: { a: 'open' } });
  const { value } = await compare(rendered({ a: 'ENC[AES256_GCM,data:x]' }));
  assert.match(value?.notes.join() ?? '', /^It holds encrypted values/);
  assert.equal(server.seen.filter(({ method }) => method === 'PATCH').length, 0);
});

test('what the server does not take is made anew where force is on', async (context) => {
  const { server, compare } = await scene(context);
  server.put({ ...stored(settings, 'v1', {}), data: { a: '1' }, immutable: true });
  server.intercept = ({ method }) =>
    method === 'PATCH'
      ? status(422, 'Invalid', 'data: Forbidden: field is immutable when `immutable` is set')
      : undefined;
  const noteOf = async (metadata: object, owner?: LiveObject): Promise<string> =>
    (await compare(rendered({ a: '2' }, metadata), settings, owner)).value?.notes.join() ?? '';
  assert.match(await noteOf({}), /^The server refused a dry run: .*immutable/);
  const anew = /force is on: Flux deletes the object and makes it anew\. Compared without/;
  assert.match(await noteOf({}, { spec: { force: true } }), anew);
  assert.match(await noteOf({ annotations: { 'kustomize.toolkit.fluxcd.io/force': 'Enabled' } }), anew);
  assert.doesNotMatch(await noteOf({}, { spec: { force: false } }), anew);
});

test('several are worked on at one time, in order, until the signal fires', async () => {
  const end = new AbortController();
  let running = 0;
  let most = 0;
  const work = async (item: number): Promise<number> => {
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running--;
    if (item === 5) end.abort();
    return item * 2;
  };
  assert.deepEqual(await eachOf([1, 2, 3], 2, end.signal, work), [2, 4, 6]);
  assert.equal(most, 2);
  const found = await eachOf([3, 4, 5, 6, 7, 8, 9], 2, end.signal, work);
  assert.ok(found.length < 7 && found[0] === 6, found.join());
  assert.deepEqual(await eachOf([], 4, end.signal, work), []);
});
