import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { mayAll } from '../../client/commands/object-action/may-all';
import { AskedRights, type WriteVerb } from '../../client/views/live/rights';
import { type ResourceId } from '../../server/model/resource-id';
import { turn } from './support/manual-clock';
import { flux, id, ks, open } from './support/request-scene';

const group = `kustomize.${flux}`;
const apps = (name: string, namespace = 'apps'): ResourceId => id('Kustomization', group, name, namespace);
const rule = (resourceNames: readonly string[], more: object = {}): object => ({
  ...{ verbs: ['get', 'patch'], apiGroups: [group], resources: ['kustomizations'], resourceNames },
  ...more,
});

/** A login of which the server allows single names only, and what its buttons ask. */
async function named(context: TestContext, names: readonly string[], incomplete = false) {
  const scene = await open(context);
  scene.server.allows = (_, verb) => verb !== 'patch' && verb !== 'delete';
  scene.server.allowsName = (_, verb, { kind }, namespace, name) =>
    verb === 'patch' && kind === 'Kustomization' && namespace === 'apps' && names.includes(name);
  scene.server.rulesOf = (_, namespace) => ({ rules: namespace === 'apps' ? [rule(names)] : [], incomplete });
  scene.server.seen.length = 0;
  const changes: string[] = [];
  const rights = new AskedRights({
    requests: () => scene.requests,
    isReadOnly: () => false,
    clock: scene.clock,
    changed: ({ namespace, name }) => changes.push(`${namespace || '*'}/${name || '*'}`),
  });
  const reviews = (): string[] =>
    scene.server.seen.flatMap(({ path, body }) => {
      const plural = path.split('/').at(-1) ?? '';
      if (!plural.startsWith('selfsubject')) return [];
      const { spec } = JSON.parse(body) as {
        spec: { namespace?: string; resourceAttributes?: Record<string, string> };
      };
      const { verb = '', namespace = '', name = '' } = spec.resourceAttributes ?? {};
      return plural.includes('rules')
        ? [`rules of ${spec.namespace ?? ''}`]
        : [`${verb} ${namespace || '*'}/${name || '*'}`];
    });
  /** What is offered after the rows were told of each answer and asked again. */
  const look = async (ids: readonly ResourceId[], how: 'may' | 'mayOne' = 'may', verb: WriteVerb = 'patch') => {
    let last: readonly boolean[] = [];
    for (let before = -1; before !== changes.length;) {
      before = changes.length;
      last = ids.map((one) => rights[how]('test', verb, one));
      for (let count = 0; count < 20; count++) await turn();
    }
    return ids.filter((_, at) => last[at]).map(({ name }) => name);
  };
  return { scene, changes, reviews, look };
}

test('a right to single names is found by the rules of the namespace, asked for once for all rows', async (context) => {
  const { look, reviews } = await named(context, ['app-3', 'app-7']);
  const rows = Array.from({ length: 200 }, (_, at) => apps(`app-${at}`));
  assert.deepEqual(await look(rows), ['app-3', 'app-7']);
  assert.deepEqual(reviews(), ['patch */*', 'patch apps/*', 'rules of apps']);
  assert.deepEqual(await look([apps('app-3', 'other')]), [], 'the names are those of one namespace');
  assert.deepEqual(await look(rows, 'may', 'delete'), []);
  assert.deepEqual(await look([apps('app-5')], 'mayOne'), [], 'all rules are known: nothing is asked for by name');
  assert.deepEqual(reviews().slice(3), ['patch other/*', 'rules of other', 'delete */*', 'delete apps/*']);
});

test('where not all rules are listed, one object that somebody looks at is asked for by its name', async (context) => {
  const { scene, look, reviews, changes } = await named(context, ['app-3'], true);
  scene.server.rulesOf = () => ({ rules: [], incomplete: true });
  const rows = Array.from({ length: 50 }, (_, at) => apps(`app-${at}`));
  assert.deepEqual(await look(rows), []);
  assert.deepEqual(await look([apps('app-3'), apps('app-4')], 'mayOne'), ['app-3']);
  assert.deepEqual(changes, ['*/*', 'apps/*', 'apps/*', 'apps/app-3', 'apps/app-4']);
  assert.deepEqual(await look(rows), ['app-3'], 'it stays when the pointer goes on');
  assert.deepEqual(reviews(), ['patch */*', 'patch apps/*', 'rules of apps', 'patch apps/app-3', 'patch apps/app-4']);
});

test('rules that are listed hold although others are not; rules that are refused are like none', async (context) => {
  const { scene, look } = await named(context, ['app-3'], true);
  assert.deepEqual(await look([apps('app-3'), apps('app-4')]), ['app-3']);
  scene.server.intercept = ({ path }) => (path.endsWith('rulesreviews') ? { status: 403, body: {} } : undefined);
  await scene.clock.advance(10 * 60_000);
  await look([apps('app-3')]);
  assert.deepEqual(await look([apps('app-3')]), []);
  assert.deepEqual(await look([apps('app-3')], 'mayOne'), ['app-3']);
});

test('what a rule is about', async (context) => {
  const { scene } = await named(context, []);
  const namesOf = async (...rules: object[]): Promise<string> => {
    scene.server.rulesOf = () => ({ rules });
    await scene.clock.advance(61_000);
    const { value } = await scene.requests.namesIMay({ verb: 'patch', id: ks });
    return [...(value?.names ?? [])].join();
  };
  assert.equal(await namesOf(rule(['a']), rule(['b', 'a'])), 'a,b');
  assert.equal(await namesOf(rule(['a'], { verbs: ['*'], apiGroups: ['*'], resources: ['*'] })), 'a');
  assert.equal(await namesOf(rule(['a'], { verbs: ['get', 'update'] })), '');
  assert.equal(await namesOf(rule(['a'], { apiGroups: ['', 'apps'] })), '');
  assert.equal(await namesOf(rule(['a'], { resources: ['kustomizations/status', '*/scale'] })), '');
  assert.equal(await namesOf(rule([]), { verbs: ['patch'] }), '');
});

test('a command on several objects asks for all of them, and by name only where that is denied', async (context) => {
  const { scene, reviews } = await named(context, ['a', 'b']);
  const may = async (...names: string[]): Promise<boolean | undefined> =>
    (
      await mayAll(
        scene.requests,
        'patch',
        names.map((name) => apps(name)),
      )
    ).value;
  assert.equal(await may('a', 'b'), true);
  assert.equal(await may('a'), true);
  assert.equal(await may('b', 'c', 'd'), false);
  assert.deepEqual(reviews(), ['patch apps/*', 'patch apps/a', 'patch apps/b', 'patch apps/c']);
  scene.server.allows = () => true;
  await scene.clock.advance(61_000);
  assert.equal(await may('a', 'b', 'c', 'd'), true);
  assert.deepEqual(reviews().slice(4), ['patch apps/*']);
});
