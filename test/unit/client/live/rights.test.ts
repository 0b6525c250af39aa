import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ResourceId } from '../../../../server/model/resource-id';
import { treeNode, type NodeCapability } from '../../../../client/status/tree/tree-node';
import { isTouchedBy, offeredBy } from '../../../../client/views/live/offered';
import { AskedRights, type RightsChange } from '../../../../client/views/live/rights';
import { FakeClock } from '../../../support/fake-clock';

const group = 'kustomize.toolkit.fluxcd.io';
const id = (namespace: string, name = 'apps'): ResourceId => ({ group, kind: 'Kustomization', namespace, name });

type Asked = { readonly verb: string; readonly id: ResourceId };

/** Rights over a server that allows what `allows` says; undefined: it cannot say. */
function open(allows: (question: Asked) => boolean | undefined, readOnly: readonly string[] = []) {
  const clock = new FakeClock();
  const asked: string[] = [];
  const changes: RightsChange[] = [];
  const server = {
    login: {
      mayI: (question: Asked) => {
        asked.push(`${question.verb} ${question.id.kind} ${question.id.namespace || '*'} ${question.id.name || '*'}`);
        const value = allows(question);
        return Promise.resolve(
          value === undefined ? { failure: { name: 'unreachable', message: '' } as const } : { value },
        );
      },
      namesIMay: ({ verb, id: { namespace } }: Asked) => {
        asked.push(`${verb} names of ${namespace}`);
        return Promise.resolve({ value: { names: new Set<string>(), isComplete: true } });
      },
    } as object | undefined,
  };
  const rights = new AskedRights({
    requests: (context) => (context === 'c' ? (server.login as never) : undefined),
    isReadOnly: (context) => readOnly.includes(context),
    clock,
    changed: (change) => changes.push(change),
  });
  return { rights, clock, asked, changes, server };
}

const turns = async (): Promise<void> => {
  for (let count = 0; count < 3; count++) await new Promise(setImmediate);
};

test('nothing is offered before the server has said yes, and all namespaces of a kind are one question', async () => {
  const { rights, asked, changes } = open(() => true);
  for (let at = 0; at < 20; at++) assert.equal(rights.may('c', 'patch', id(`n${at}`)), false);
  await turns();
  assert.deepEqual(asked, ['patch Kustomization * *']);
  assert.deepEqual(changes, [{ context: 'c', group, kind: 'Kustomization', namespace: '', name: '' }]);
  assert.equal(rights.may('c', 'patch', id('n7')), true);
  assert.equal(rights.may('other', 'patch', id('n7')), false, 'not connected');
  assert.equal(asked.length, 1);
});

test('where all namespaces are denied, each that is looked at is asked for', async () => {
  const { rights, asked, changes } = open(({ id: { namespace } }) => namespace === 'team-a');
  const look = (): boolean[] => ['team-a', 'team-b'].map((namespace) => rights.may('c', 'patch', id(namespace)));
  assert.deepEqual(look(), [false, false]);
  await turns();
  // The rows are told of the first answer, and look again.
  assert.deepEqual(look(), [false, false]);
  await turns();
  assert.deepEqual(look(), [true, false]);
  await turns();
  assert.deepEqual(asked, [
    'patch Kustomization * *',
    'patch Kustomization team-a *',
    'patch Kustomization team-b *',
    'patch names of team-b',
  ]);
  assert.deepEqual(
    changes.map(({ namespace }) => namespace),
    ['', 'team-a', 'team-b', 'team-b'],
  );
});

test('an answer is asked for again after five minutes and stands until then; no answer after half a minute', async () => {
  let says: boolean | undefined = true;
  const { rights, clock, asked, changes } = open(() => says);
  const look = async (): Promise<boolean> => {
    const now = rights.may('c', 'patch', id('', ''));
    await turns();
    return now;
  };
  await look();
  says = false;
  assert.equal(await look(), true);
  clock.advance(5 * 60_000);
  assert.equal(await look(), true, 'until the new answer is there');
  assert.equal(await look(), false);
  assert.equal(asked.length, 2);
  assert.equal(changes.length, 2);
  says = undefined;
  clock.advance(5 * 60_000);
  await look();
  assert.equal(await look(), false, 'what was known stands');
});

test('another login is asked anew, and a read-only context is not asked at all', async () => {
  const { rights, server, asked } = open(() => true, ['never']);
  rights.may('c', 'patch', id('a'));
  await turns();
  assert.equal(rights.may('c', 'patch', id('a')), true);
  server.login = { mayI: () => Promise.resolve({ value: false }) };
  assert.equal(rights.may('c', 'patch', id('a')), false);
  server.login = undefined;
  assert.equal(rights.may('c', 'patch', id('a')), false);
  const closed = open(() => true, ['c']);
  assert.equal(closed.rights.may('c', 'patch', id('a')), false);
  assert.deepEqual([asked.length, closed.asked.length], [1, 0]);
});

test('a row offers what the login may do; deleting is asked for only where it is switched on', () => {
  const capabilities: NodeCapability[] = ['favorite', 'suspend', 'reconcile', 'history', 'delete'];
  const node = treeNode({
    ...{ path: 'x', kind: 'object', label: 'apps', capabilities },
    target: `c|${group}/Kustomization/f/apps`,
  });
  const seen: string[] = [];
  const only = (...verbs: readonly string[]) => {
    const may = (_: string, verb: string): boolean => {
      seen.push(verb);
      return verbs.includes(verb);
    };
    return { may, mayOne: may };
  };
  assert.deepEqual(offeredBy(node, only('patch', 'delete'), true), capabilities);
  assert.deepEqual(offeredBy(node, only('delete'), true), ['favorite', 'history', 'delete']);
  seen.length = 0;
  assert.deepEqual(offeredBy(node, only('patch', 'delete'), false), ['favorite', 'suspend', 'reconcile', 'history']);
  assert.ok(!seen.includes('delete'));
  const change = { context: 'c', group, kind: 'Kustomization', name: '' };
  assert.ok(isTouchedBy(node, { ...change, namespace: '' }) && isTouchedBy(node, { ...change, namespace: 'f' }));
  assert.ok(
    !isTouchedBy(node, { ...change, namespace: 'g' }) && !isTouchedBy(node, { ...change, context: 'd', namespace: '' }),
  );
  assert.ok(isTouchedBy(node, { ...change, namespace: 'f', name: 'apps' }));
  assert.ok(!isTouchedBy(node, { ...change, namespace: 'f', name: 'other' }));
  // The row of a kind has its rights asked for before it is opened.
  seen.length = 0;
  offeredBy(treeNode({ path: `context:c/kind:${group}%2FKustomization`, kind: 'group', label: 'x' }), only(), true);
  assert.deepEqual(seen, ['patch']);
});
